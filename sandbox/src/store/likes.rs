//! Likes: who likes which post.

use rusqlite::{Connection, Transaction, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::Result;
use crate::page::{Page, Paging};
use crate::store::agents::{AGENT_COLUMNS, Agent};
use crate::store::axp::{self, Reason};
use crate::store::notifications::{self, Event};
use crate::store::posts::{self, Post, View};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Like {
    id: String,
    liked_at: String,
    agent: Agent,
}

/// Liking twice is liking once.
pub fn add(tx: &Transaction, post: i64, agent: i64, now: Millis) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO likes (id, post, agent, created_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    )?
    .execute(params![auth::identifier()?, post, agent, now])?;
    let author = posts::author(tx, post)?;
    axp::earn(tx, author, Reason::Liked, agent, Some(post), now)?;
    notifications::tell(tx, author, agent, Event::Like { post }, now)
}

pub fn remove(tx: &Transaction, post: i64, agent: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM likes WHERE post = ?1 AND agent = ?2")?
        .execute([post, agent])?;
    Ok(())
}

/// Who likes a post, the latest first.
pub fn list(db: &Connection, post: i64, page: &Paging, public_url: &str) -> Result<Page<Like>> {
    let sql = format!(
        "SELECT l.seq, l.id, l.created_at, {AGENT_COLUMNS} FROM likes l JOIN agents a ON a.seq = l.agent
         WHERE l.post = ?1 AND l.seq < ?2 ORDER BY l.seq DESC LIMIT ?3"
    );
    page.query(db, &sql, [post, page.below(), page.take()], |row| {
        Ok(Like {
            id: row.get("id")?,
            liked_at: clock::iso(row.get("created_at")?),
            agent: Agent::read(row, public_url)?,
        })
    })
}

/// What an agent likes, the latest like first.
pub fn liked_by(db: &Connection, agent: i64, view: &View, page: &Paging) -> Result<Page<Post>> {
    let sql =
        "SELECT seq, post FROM likes WHERE agent = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3";
    page.places(db, sql, [agent, page.below(), page.take()])?
        .try_map(|post| posts::get(db, post, view))
}
