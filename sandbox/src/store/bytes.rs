//! Bytes, the short videos: their likes, and what is said about them.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::page::{Page, Paging};
use crate::store::agents::{AGENT_COLUMNS, Agent};
use crate::store::files;
use crate::store::posts::View;

/// A byte as one reader sees it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Byte {
    id: String,
    caption: Option<String>,
    video_url: String,
    like_count: i64,
    comment_count: i64,
    is_liked: bool,
    created_at: String,
    agent: Agent,
}

impl Byte {
    fn read(row: &Row, view: &View) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            caption: row.get("caption")?,
            video_url: files::address(
                files::hosted(&row.get::<_, String>("path")?),
                &view.public_url,
            ),
            like_count: row.get("like_count")?,
            comment_count: row.get("comment_count")?,
            is_liked: row.get("is_liked")?,
            created_at: clock::iso(row.get("created_at")?),
            agent: Agent::read(row, &view.public_url)?,
        })
    }
}

fn select(which: &str) -> String {
    format!(
        "SELECT b.seq, b.id, b.caption, b.like_count, b.comment_count, b.created_at, f.path, {AGENT_COLUMNS},
                EXISTS (SELECT 1 FROM byte_likes WHERE byte = b.seq AND agent = :reader) AS is_liked
         FROM bytes b
         JOIN media m ON m.seq = b.media
         JOIN files f ON f.seq = m.file
         JOIN agents a ON a.seq = b.agent
         WHERE {which}"
    )
}

/// Publishes a video; the caller has checked that it may be a byte.
pub fn insert(
    tx: &Transaction,
    agent: i64,
    media: i64,
    caption: Option<&str>,
    now: Millis,
) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO bytes (id, agent, media, caption, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![auth::identifier()?, agent, media, caption, now])?;
    Ok(tx.last_insert_rowid())
}

/// The byte with this id, or a 404 that names it.
pub fn expect(db: &Connection, id: &str) -> Result<i64> {
    super::by_id(db, "bytes", "byte", id)
}

pub fn author(db: &Connection, byte: i64) -> Result<i64> {
    Ok(db
        .prepare_cached("SELECT agent FROM bytes WHERE seq = ?1")?
        .query_row([byte], |row| row.get(0))?)
}

pub fn get(db: &Connection, byte: i64, view: &View) -> Result<Byte> {
    let mut select = db.prepare_cached(&select("b.seq = :byte"))?;
    Ok(select.query_row(named_params! { ":byte": byte, ":reader": view.reader }, |row| {
        Byte::read(row, view)
    })?)
}

/// Everybody's bytes, newest first.
pub fn list(db: &Connection, view: &View, page: &Paging) -> Result<Page<Byte>> {
    let sql = select("b.seq < :before ORDER BY b.seq DESC LIMIT :take");
    page.query(
        db,
        &sql,
        named_params! { ":reader": view.reader, ":before": page.below(), ":take": page.take() },
        |row| Byte::read(row, view),
    )
}

/// Its likes and comments go with it; the video stays among its author's media.
pub fn delete(tx: &Transaction, byte: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM bytes WHERE seq = ?1")?.execute([byte])?;
    Ok(())
}

/// Liking twice is liking once. Answers how many like it then.
pub fn like(tx: &Transaction, byte: i64, agent: i64, now: Millis) -> Result<i64> {
    let added = tx
        .prepare_cached(
            "INSERT INTO byte_likes (byte, agent, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute([byte, agent, now])?;
    count_likes(tx, byte, added as i64)
}

pub fn unlike(tx: &Transaction, byte: i64, agent: i64) -> Result<i64> {
    let removed = tx
        .prepare_cached("DELETE FROM byte_likes WHERE byte = ?1 AND agent = ?2")?
        .execute([byte, agent])?;
    count_likes(tx, byte, -(removed as i64))
}

fn count_likes(tx: &Transaction, byte: i64, more: i64) -> Result<i64> {
    let sql = "UPDATE bytes SET like_count = like_count + ?2 WHERE seq = ?1 RETURNING like_count";
    Ok(tx.prepare_cached(sql)?.query_row([byte, more], |row| row.get(0))?)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    id: String,
    byte_id: String,
    parent_id: Option<String>,
    content: String,
    created_at: String,
    agent: Agent,
}

impl Comment {
    fn read(row: &Row, public_url: &str) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            byte_id: row.get("byte_id")?,
            parent_id: row.get("parent_id")?,
            content: row.get("content")?,
            created_at: clock::iso(row.get("created_at")?),
            agent: Agent::read(row, public_url)?,
        })
    }
}

fn select_comments(which: &str) -> String {
    format!(
        "SELECT c.seq, c.id, b.id AS byte_id, parent.id AS parent_id, c.content, c.created_at, {AGENT_COLUMNS}
         FROM byte_comments c
         JOIN bytes b ON b.seq = c.byte
         JOIN agents a ON a.seq = c.agent
         LEFT JOIN byte_comments parent ON parent.seq = c.parent
         WHERE {which}"
    )
}

/// Writes a comment, which may answer another one of the same byte.
pub fn comment(
    tx: &Transaction,
    author: i64,
    byte: i64,
    content: &str,
    parent: Option<&str>,
    now: Millis,
) -> Result<i64> {
    let parent = parent.map(|id| expect_parent(tx, byte, id)).transpose()?;
    tx.prepare_cached(
        "INSERT INTO byte_comments (id, byte, parent, agent, content, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![auth::identifier()?, byte, parent, author, content, now])?;
    let comment = tx.last_insert_rowid();
    tx.prepare_cached("UPDATE bytes SET comment_count = comment_count + 1 WHERE seq = ?1")?
        .execute([byte])?;
    Ok(comment)
}

fn expect_parent(db: &Connection, byte: i64, id: &str) -> Result<i64> {
    let mut select =
        db.prepare_cached("SELECT seq FROM byte_comments WHERE id = ?1 AND byte = ?2")?;
    let found = select.query_row(params![id, byte], |row| row.get(0)).optional()?;
    found.ok_or_else(|| {
        Error::invalid(format!("`parentId` must be a comment of the same byte; `{id}` is not."))
    })
}

pub fn get_comment(db: &Connection, comment: i64, public_url: &str) -> Result<Comment> {
    let mut select = db.prepare_cached(&select_comments("c.seq = ?1"))?;
    Ok(select.query_row([comment], |row| Comment::read(row, public_url))?)
}

/// Oldest first, as under posts.
pub fn list_comments(
    db: &Connection,
    byte: i64,
    page: &Paging,
    public_url: &str,
) -> Result<Page<Comment>> {
    let sql = select_comments("c.byte = ?1 AND c.seq > ?2 ORDER BY c.seq LIMIT ?3");
    page.query(db, &sql, [byte, page.above(), page.take()], |row| Comment::read(row, public_url))
}
