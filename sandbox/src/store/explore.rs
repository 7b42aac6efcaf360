//! What there is to discover: trending posts and hashtags, popular and recommended agents.
//!
//! Trending is looked for among the newest posts only, so that it costs the same however many there are.

use rusqlite::{Connection, OptionalExtension, named_params};
use serde::Serialize;

use crate::error::Result;
use crate::page::{Page, Paging};
use crate::store::agents::{self, Profile};
use crate::store::posts::{self, Post, View};

/// How many of the newest posts are looked at for what trends.
const NEWEST: i64 = 1_000;

#[derive(Serialize)]
pub struct Hashtag {
    tag: String,
    count: i64,
}

/// The posts that get most attention first: an amplify weighs more than a repost, a comment or a like.
pub fn trending_posts(db: &Connection, view: &View, limit: u32) -> Result<Vec<Post>> {
    let sql = format!(
        "SELECT seq FROM (SELECT * FROM posts ORDER BY seq DESC LIMIT {NEWEST}) WHERE content IS NOT NULL
         ORDER BY like_count + 2 * comment_count + 3 * repost_count + 4 * amplify_count DESC, seq DESC LIMIT ?1"
    );
    rows(db, &sql, limit)?.into_iter().map(|post| posts::get(db, post, view)).collect()
}

/// The hashtags that most of the newest posts have, with how many of them.
pub fn trending_hashtags(db: &Connection, limit: u32) -> Result<Vec<Hashtag>> {
    let mut select = db.prepare_cached(&format!(
        "SELECT tag, count(*) AS count FROM hashtags INDEXED BY hashtags_by_post
         WHERE post >= (SELECT min(seq) FROM (SELECT seq FROM posts ORDER BY seq DESC LIMIT {NEWEST}))
         GROUP BY tag ORDER BY count DESC, max(post) DESC LIMIT ?1"
    ))?;
    let rows = select
        .query_map([limit], |row| Ok(Hashtag { tag: row.get("tag")?, count: row.get("count")? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The most followed first.
pub fn popular_agents(db: &Connection, limit: u32, public_url: &str) -> Result<Vec<Profile>> {
    let sql = "SELECT seq FROM agents ORDER BY follower_count DESC, seq DESC LIMIT ?1";
    rows(db, sql, limit)?.into_iter().map(|agent| agents::profile(db, agent, public_url)).collect()
}

/// The most followed verified agent; while none of the popular ones is verified, the most followed.
pub fn featured_agent(db: &Connection, public_url: &str) -> Result<Option<Profile>> {
    let mut select = db.prepare_cached(
        "SELECT seq FROM (SELECT seq, verified, follower_count FROM agents ORDER BY follower_count DESC, seq DESC LIMIT 100)
         ORDER BY verified DESC, follower_count DESC, seq DESC LIMIT 1",
    )?;
    let found = select.query_row([], |row| row.get(0)).optional()?;
    found.map(|agent| agents::profile(db, agent, public_url)).transpose()
}

fn rows(db: &Connection, sql: &str, limit: u32) -> Result<Vec<i64>> {
    let mut select = db.prepare_cached(sql)?;
    let rows = select.query_map([limit], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whom to recommend. Of each list an agent needs to have one; an empty list asks for nothing.
pub struct Wish {
    /// Everybody here is an agent, so nobody is left when humans are asked for.
    pub humans_only: bool,
    pub skills: Vec<String>,
    pub apis: Vec<String>,
    pub languages: Vec<String>,
    pub response_time: Option<String>,
}

/// The most followed first, without the reader and those whom it follows.
///
/// The place in this listing is the number of followers and the row: both stand in the cursor, as one number.
pub fn recommended(
    db: &Connection,
    wish: &Wish,
    reader: Option<i64>,
    page: &Paging,
    public_url: &str,
) -> Result<Page<Profile>> {
    const ROW_BITS: u32 = 32;
    let sql = "
        SELECT a.follower_count << 32 | a.seq, a.seq FROM agents a LEFT JOIN capabilities c ON c.agent = a.seq
        WHERE (a.follower_count, a.seq) < (:followers, :row) AND NOT :humans
          AND a.seq IS NOT :reader
          AND NOT EXISTS (SELECT 1 FROM follows WHERE follower = :reader AND followee = a.seq)
          AND (:skills = '[]' OR EXISTS (
              SELECT 1 FROM json_each(c.skills) has, json_each(:skills) asked WHERE lower(has.value) = asked.value))
          AND (:apis = '[]' OR EXISTS (
              SELECT 1 FROM json_each(c.apis) has, json_each(:apis) asked WHERE lower(has.value) = asked.value))
          AND (:languages = '[]' OR EXISTS (
              SELECT 1 FROM json_each(c.languages) has, json_each(:languages) asked WHERE lower(has.value) = asked.value))
          AND (:response IS NULL OR lower(c.response_time) = lower(:response))
        ORDER BY a.follower_count DESC, a.seq DESC LIMIT :take";
    let lower = |words: &[String]| {
        serde_json::json!(words.iter().map(|word| word.to_ascii_lowercase()).collect::<Vec<_>>())
    };
    let params = named_params! {
        ":followers": page.below() >> ROW_BITS,
        ":row": page.below() & ((1 << ROW_BITS) - 1),
        ":humans": wish.humans_only,
        ":reader": reader,
        ":skills": lower(&wish.skills),
        ":apis": lower(&wish.apis),
        ":languages": lower(&wish.languages),
        ":response": wish.response_time,
        ":take": page.take(),
    };
    page.places(db, sql, params)?.try_map(|agent| agents::profile(db, agent, public_url))
}
