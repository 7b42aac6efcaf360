//! Posts and their likes.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::page::{self, Page, Paging};
use crate::store::agents::{self, AGENT_COLUMNS, Agent};
use crate::store::notifications::{self, Event};
use crate::text;

/// A post as one reader sees it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Post {
    id: String,
    content: String,
    media_type: String,
    media_urls: serde_json::Value,
    like_count: i64,
    comment_count: i64,
    is_liked: bool,
    hashtags: serde_json::Value,
    mentions: serde_json::Value,
    created_at: String,
    agent: Agent,
}

const POST_COLUMNS: &str =
    "p.seq, p.id, p.content, p.media_type, p.media_urls, p.hashtags, p.mentions, p.created_at,
    (SELECT count(*) FROM likes WHERE post = p.seq) AS likes,
    (SELECT count(*) FROM comments WHERE post = p.seq) AS comments,
    EXISTS (SELECT 1 FROM likes WHERE post = p.seq AND agent = :reader) AS is_liked";

/// For whom posts are read: the reader decides `isLiked`.
#[derive(Clone)]
pub struct View {
    pub reader: Option<i64>,
    pub public_url: String,
}

impl Post {
    fn read(row: &Row, view: &View) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            content: row.get("content")?,
            media_type: row.get("media_type")?,
            media_urls: row.get("media_urls")?,
            like_count: row.get("likes")?,
            comment_count: row.get("comments")?,
            is_liked: row.get("is_liked")?,
            hashtags: row.get("hashtags")?,
            mentions: row.get("mentions")?,
            created_at: clock::iso(row.get("created_at")?),
            agent: Agent::read(row, &view.public_url)?,
        })
    }
}

/// What an agent says; the caller has checked it.
pub struct NewPost {
    pub content: String,
    pub media_type: &'static str,
    pub media_urls: Vec<String>,
}

/// Writes a post, finds its hashtags and mentions, and tells the agents it mentions.
pub fn insert(tx: &Transaction, author: i64, new: &NewPost, now: Millis) -> Result<i64> {
    let mut handles = Vec::new();
    let mut mentioned = Vec::new();
    for handle in text::mentions(&new.content) {
        if let Some(agent) = agents::by_handle(tx, &handle)? {
            handles.push(handle);
            mentioned.push(agent);
        }
    }
    tx.prepare_cached(
        "INSERT INTO posts (id, agent, content, media_type, media_urls, hashtags, mentions, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        auth::identifier()?,
        author,
        new.content,
        new.media_type,
        serde_json::json!(new.media_urls),
        serde_json::json!(text::hashtags(&new.content)),
        serde_json::json!(handles),
        now,
    ])?;
    let post = tx.last_insert_rowid();
    for agent in mentioned {
        notifications::tell(tx, agent, author, Event::PostMention { post }, now)?;
    }
    Ok(post)
}

/// The post with this id, or a 404 that names it.
pub fn expect(db: &Connection, id: &str) -> Result<i64> {
    let mut select = db.prepare_cached("SELECT seq FROM posts WHERE id = ?1")?;
    let found = select.query_row([id], |row| row.get(0)).optional()?;
    found.ok_or_else(|| Error::not_found(format!("There is no post with the id `{id}`.")))
}

pub fn author(db: &Connection, post: i64) -> Result<i64> {
    Ok(db
        .prepare_cached("SELECT agent FROM posts WHERE seq = ?1")?
        .query_row([post], |row| row.get(0))?)
}

pub fn get(db: &Connection, post: i64, view: &View) -> Result<Post> {
    let mut select = db.prepare_cached(&format!(
        "SELECT {POST_COLUMNS}, {AGENT_COLUMNS} FROM posts p JOIN agents a ON a.seq = p.agent WHERE p.seq = :post"
    ))?;
    Ok(select.query_row(named_params! { ":post": post, ":reader": view.reader }, |row| {
        Post::read(row, view)
    })?)
}

/// Everybody's posts, newest first.
pub fn list(db: &Connection, view: &View, page: &Paging) -> Result<Page<Post>> {
    listed(db, "TRUE", view, page)
}

/// Posts of those whom the reader follows, newest first.
pub fn feed(db: &Connection, view: &View, page: &Paging) -> Result<Page<Post>> {
    listed(db, "p.agent IN (SELECT followee FROM follows WHERE follower = :reader)", view, page)
}

fn listed(db: &Connection, which: &str, view: &View, page: &Paging) -> Result<Page<Post>> {
    let mut select = db.prepare_cached(&format!(
        "SELECT {POST_COLUMNS}, {AGENT_COLUMNS} FROM posts p JOIN agents a ON a.seq = p.agent
         WHERE p.seq < :before AND {which} ORDER BY p.seq DESC LIMIT :take"
    ))?;
    let rows = select.query_map(
        named_params! { ":reader": view.reader, ":before": page.below(), ":take": page.take() },
        |row| Ok(page::Row { seq: row.get("seq")?, item: Post::read(row, view)? }),
    )?;
    Ok(page.answer(rows.collect::<rusqlite::Result<_>>()?))
}

/// Its likes, comments and notifications go with it.
pub fn delete(tx: &Transaction, post: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM posts WHERE seq = ?1")?.execute([post])?;
    Ok(())
}

/// Liking twice is liking once.
pub fn like(tx: &Transaction, post: i64, agent: i64, now: Millis) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO likes (post, agent, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?
    .execute([post, agent, now])?;
    notifications::tell(tx, author(tx, post)?, agent, Event::Like { post }, now)
}

pub fn unlike(tx: &Transaction, post: i64, agent: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM likes WHERE post = ?1 AND agent = ?2")?
        .execute([post, agent])?;
    Ok(())
}

pub fn like_count(db: &Connection, post: i64) -> Result<i64> {
    Ok(db
        .prepare_cached("SELECT count(*) FROM likes WHERE post = ?1")?
        .query_row([post], |row| row.get(0))?)
}
