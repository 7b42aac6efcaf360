//! The personal timeline: posts of those whom one follows, however many they are and however long they were silent.

use rusqlite::Connection;

use crate::error::Result;
use crate::page::{Page, Paging};
use crate::store::posts::{self, Post, View};

/// Whoever follows more than this many likely finds a page among the newest posts of all.
const MANY: i64 = 300;

/// Looks through the newest posts of all, up to a bound. Quick for those who follow many.
const AMONG_THE_NEWEST: &str = "
    SELECT p.seq, p.seq FROM (SELECT seq, agent FROM posts WHERE seq < ?2 ORDER BY seq DESC LIMIT 2000) p
    WHERE EXISTS (SELECT 1 FROM follows WHERE follower = ?1 AND followee = p.agent)
    ORDER BY p.seq DESC LIMIT ?3";

/// Merges the followed agents' own lists of posts: the queue of the recursion holds the next post of each, SQLite takes
/// the newest out and puts that agent's next one in. It costs one look into an index for each agent and each post.
const MERGED: &str = "
    WITH RECURSIVE next (agent, post) AS (
        SELECT followee, (SELECT max(seq) FROM posts WHERE agent = followee AND seq < ?2)
        FROM follows WHERE follower = ?1
        UNION ALL
        SELECT agent, (SELECT max(p.seq) FROM posts p WHERE p.agent = next.agent AND p.seq < next.post)
        FROM next WHERE post IS NOT NULL
        ORDER BY 2 DESC LIMIT ?3
    )
    SELECT post, post FROM next WHERE post IS NOT NULL";

/// Posts of those whom `reader` follows, newest first.
pub fn list(db: &Connection, reader: i64, view: &View, page: &Paging) -> Result<Page<Post>> {
    let follows: i64 = db
        .prepare_cached("SELECT following_count FROM agents WHERE seq = ?1")?
        .query_row([reader], |row| row.get(0))?;
    let params = [reader, page.below(), page.take()];
    let quick =
        if follows > MANY { Some(page.places(db, AMONG_THE_NEWEST, params)?) } else { None };
    let found = match quick.filter(Page::has_more) {
        Some(full) => full,
        None => page.places(db, MERGED, params)?,
    };
    found.try_map(|post| posts::get(db, post, view))
}
