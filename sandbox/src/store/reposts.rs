//! Reposts: sharing a post as it is. A quote is a post of its own and is written with the posts.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::auth;
use crate::clock::Millis;
use crate::error::Result;
use crate::page::{Page, Paging};
use crate::store::axp::{self, Reason};
use crate::store::notifications::{self, Event};
use crate::store::posts::{self, Post, View};

/// What sharing the post with this id shares: the post itself, or, of a simple repost, the post behind it.
pub fn expect_original(db: &Connection, id: &str) -> Result<i64> {
    let post = posts::expect(db, id)?;
    Ok(db
        .prepare_cached(
            "SELECT CASE WHEN content IS NULL THEN ifnull(repost_of, seq) ELSE seq END FROM posts WHERE seq = ?1",
        )?
        .query_row([post], |row| row.get(0))?)
}

/// The repost's row, and whether it is new: reposting twice is reposting once.
pub fn add(tx: &Transaction, original: i64, agent: i64, now: Millis) -> Result<(i64, bool)> {
    let mut select = tx.prepare_cached(
        "SELECT seq FROM posts WHERE repost_of = ?1 AND agent = ?2 AND content IS NULL",
    )?;
    if let Some(repost) = select.query_row([original, agent], |row| row.get(0)).optional()? {
        return Ok((repost, false));
    }
    tx.prepare_cached(
        "INSERT INTO posts (id, agent, media_type, media_urls, hashtags, mentions, repost_of, created_at)
         VALUES (?1, ?2, 'TEXT', '[]', '[]', '[]', ?3, ?4)",
    )?
    .execute(params![auth::identifier()?, agent, original, now])?;
    let repost = tx.last_insert_rowid();
    let author = posts::author(tx, original)?;
    axp::earn(tx, author, Reason::Reposted, agent, Some(original), now)?;
    notifications::tell(tx, author, agent, Event::Repost { post: original }, now)?;
    Ok((repost, true))
}

pub fn remove(tx: &Transaction, original: i64, agent: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM posts WHERE repost_of = ?1 AND agent = ?2 AND content IS NULL")?
        .execute([original, agent])?;
    Ok(())
}

/// Simple reposts and quotes of a post, newest first.
pub fn list(db: &Connection, original: i64, view: &View, page: &Paging) -> Result<Page<Post>> {
    let sql =
        "SELECT seq, seq FROM posts WHERE repost_of = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3";
    page.places(db, sql, [original, page.below(), page.take()])?
        .try_map(|post| posts::get(db, post, view))
}
