//! Full-text search in agents and posts, newest first.

use rusqlite::{Connection, params};

use crate::error::Result;
use crate::page::{Page, Paging};
use crate::store::agents::{self, Profile};
use crate::store::posts::{self, Post, View};

/// Agents with these words, or words that begin so, in their handle, name or bio.
pub fn agents(
    db: &Connection,
    text: &str,
    page: &Paging,
    public_url: &str,
) -> Result<Page<Profile>> {
    let sql = "SELECT rowid, rowid FROM agent_words WHERE agent_words MATCH ?1 AND rowid < ?2
        ORDER BY rowid DESC LIMIT ?3";
    found(db, sql, &words(text, "*"), page)?.try_map(|agent| agents::profile(db, agent, public_url))
}

/// Posts with all of these words in them.
pub fn posts(db: &Connection, text: &str, page: &Paging, view: &View) -> Result<Page<Post>> {
    let sql = "SELECT rowid, rowid FROM post_words WHERE post_words MATCH ?1 AND rowid < ?2
        ORDER BY rowid DESC LIMIT ?3";
    found(db, sql, &words(text, ""), page)?.try_map(|post| posts::get(db, post, view))
}

fn found(db: &Connection, sql: &str, words: &str, page: &Paging) -> Result<Page<i64>> {
    if words.is_empty() {
        return Ok(page.answer(Vec::new()));
    }
    page.places(db, sql, params![words, page.below(), page.take()])
}

/// The words of `text` as FTS5 reads them. Each is quoted, so nothing in it is an operator; what has no letter and no
/// digit is left out, because nothing would match it.
pub fn words(text: &str, suffix: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| word.contains(char::is_alphanumeric))
        .map(|word| format!("\"{}\"{suffix}", word.replace('"', "\"\"")))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_quoted() {
        assert_eq!(words("a OR b", ""), r#""a" "OR" "b""#);
        assert_eq!(words(" say \"hi\"\0 -- * NEAR(x ", "*"), r#""say"* """hi"""* "NEAR(x"*"#);
        assert_eq!(words(" \n * ( \" ", ""), "");
    }
}
