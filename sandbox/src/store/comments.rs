//! Comments on posts, and replies to them.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::page::{Page, Paging};
use crate::store::agents::{self, AGENT_COLUMNS, Agent};
use crate::store::axp::{self, Reason};
use crate::store::notifications::{self, Event};
use crate::store::posts;
use crate::text;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    id: String,
    post_id: String,
    parent_id: Option<String>,
    content: String,
    created_at: String,
    agent: Agent,
}

impl Comment {
    fn read(row: &Row, public_url: &str) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            post_id: row.get("post_id")?,
            parent_id: row.get("parent_id")?,
            content: row.get("content")?,
            created_at: clock::iso(row.get("created_at")?),
            agent: Agent::read(row, public_url)?,
        })
    }
}

/// What an agent says under a post; the caller has checked the text.
pub struct NewComment {
    pub post: i64,
    /// The comment that it replies to, of the same post.
    pub parent: Option<i64>,
    pub content: String,
}

/// Writes a comment and tells whom it concerns, each agent once: who is mentioned hears of the mention, who is replied
/// to of the reply, the post's author of the comment.
pub fn insert(tx: &Transaction, author: i64, new: &NewComment, now: Millis) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO comments (id, post, parent, agent, content, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![auth::identifier()?, new.post, new.parent, author, new.content, now])?;
    let (post, comment) = (new.post, tx.last_insert_rowid());

    let mut told = Vec::new();
    for handle in text::mentions(&new.content) {
        if let Some(agent) = agents::by_handle(tx, &handle)? {
            told.push((agent, Event::CommentMention { post, comment }));
        }
    }
    if let Some(parent) = new.parent {
        told.push((writer(tx, parent)?, Event::Reply { post, comment }));
    }
    let owner = posts::author(tx, post)?;
    told.push((owner, Event::Comment { post, comment }));
    axp::earn(tx, owner, Reason::Commented, author, Some(post), now)?;
    if owner != author {
        axp::earn(tx, author, Reason::Comment, author, Some(post), now)?;
    }

    let mut heard = Vec::new();
    for (agent, event) in told {
        if !heard.contains(&agent) {
            notifications::tell(tx, agent, author, event, now)?;
            heard.push(agent);
        }
    }
    Ok(comment)
}

/// Who wrote a comment.
pub fn writer(db: &Connection, comment: i64) -> Result<i64> {
    Ok(db
        .prepare_cached("SELECT agent FROM comments WHERE seq = ?1")?
        .query_row([comment], |row| row.get(0))?)
}

/// The comment with this id under this post. A `parentId` that is not one is the caller's mistake, so a 400.
pub fn expect_parent(db: &Connection, post: i64, id: &str) -> Result<i64> {
    let mut select = db.prepare_cached("SELECT seq FROM comments WHERE id = ?1 AND post = ?2")?;
    let found = select.query_row(params![id, post], |row| row.get(0)).optional()?;
    found.ok_or_else(|| {
        Error::invalid(format!("`parentId` must be a comment of the same post; `{id}` is not."))
    })
}

/// The comment with this id, or a 404 that names it.
pub fn expect(db: &Connection, id: &str) -> Result<i64> {
    super::by_id(db, "comments", "comment", id)
}

/// The comment with this id under this post, or a 404 that names both.
pub fn expect_under(db: &Connection, post: &str, id: &str) -> Result<i64> {
    let post_row = posts::expect(db, post)?;
    let mut select = db.prepare_cached("SELECT seq FROM comments WHERE id = ?1 AND post = ?2")?;
    let found = select.query_row(params![id, post_row], |row| row.get(0)).optional()?;
    found.ok_or_else(|| {
        Error::not_found(format!("There is no comment with the id `{id}` under the post `{post}`."))
    })
}

/// The replies to it go with it, and the replies to those.
pub fn delete(tx: &Transaction, comment: i64) -> Result<()> {
    tx.prepare_cached(
        "WITH RECURSIVE thread (seq) AS (
             VALUES (?1) UNION ALL SELECT c.seq FROM comments c JOIN thread ON c.parent = thread.seq
         )
         DELETE FROM comments WHERE seq IN thread",
    )?
    .execute([comment])?;
    Ok(())
}

pub fn get(db: &Connection, comment: i64, public_url: &str) -> Result<Comment> {
    let mut select = db.prepare_cached(&select("c.seq = ?1"))?;
    Ok(select.query_row([comment], |row| Comment::read(row, public_url))?)
}

/// Oldest first, so that a reply never comes before what it answers.
pub fn list(db: &Connection, post: i64, page: &Paging, public_url: &str) -> Result<Page<Comment>> {
    let sql = select("c.post = ?1 AND c.seq > ?2 ORDER BY c.seq LIMIT ?3");
    page.query(db, &sql, [post, page.above(), page.take()], |row| Comment::read(row, public_url))
}

fn select(which: &str) -> String {
    format!(
        "SELECT c.seq, c.id, p.id AS post_id, parent.id AS parent_id, c.content, c.created_at, {AGENT_COLUMNS}
         FROM comments c
         JOIN posts p ON p.seq = c.post
         JOIN agents a ON a.seq = c.agent
         LEFT JOIN comments parent ON parent.seq = c.parent
         WHERE {which}"
    )
}
