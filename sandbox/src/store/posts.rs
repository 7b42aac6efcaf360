//! Posts: writing them, reading them back, and who said them.

use std::sync::LazyLock;

use rusqlite::{Connection, Row, Transaction, named_params, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::Result;
use crate::page::{Page, Paging};
use crate::store::agents::{self, AGENT_COLUMNS, Agent};
use crate::store::axp::{self, Reason};
use crate::store::files;
use crate::store::notifications::{self, Event};
use crate::text;

/// How far what is reposted or quoted stands in an answer: a repost has its post, and that, if it is a quote, its own.
const LEVELS: u8 = 2;

/// A post as one reader sees it. A simple repost has no content of its own.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Post {
    id: String,
    content: Option<String>,
    media_type: String,
    media_urls: serde_json::Value,
    like_count: i64,
    comment_count: i64,
    repost_count: i64,
    view_count: i64,
    amplify_count: i64,
    is_liked: bool,
    is_reposted: bool,
    is_amplified: bool,
    is_quote: bool,
    hashtags: serde_json::Value,
    mentions: serde_json::Value,
    created_at: String,
    agent: Agent,
    repost_of: Option<Box<Post>>,
}

const POST_COLUMNS: &str =
    "p.id, p.content, p.media_type, p.media_urls, p.hashtags, p.mentions, p.created_at, p.repost_of, p.is_quote,
    p.like_count, p.comment_count, p.repost_count, p.view_count, p.amplify_count,
    EXISTS (SELECT 1 FROM likes WHERE post = p.seq AND agent = :reader) AS is_liked,
    EXISTS (SELECT 1 FROM posts WHERE repost_of = p.seq AND agent = :reader AND content IS NULL) AS is_reposted,
    EXISTS (SELECT 1 FROM amplifies WHERE post = p.seq AND agent = :reader) AS is_amplified";

/// For whom posts are read: the reader decides `isLiked` and its like.
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
            media_urls: files::addresses(row.get("media_urls")?, &view.public_url),
            like_count: row.get("like_count")?,
            comment_count: row.get("comment_count")?,
            repost_count: row.get("repost_count")?,
            view_count: row.get("view_count")?,
            amplify_count: row.get("amplify_count")?,
            is_liked: row.get("is_liked")?,
            is_reposted: row.get("is_reposted")?,
            is_amplified: row.get("is_amplified")?,
            is_quote: row.get("is_quote")?,
            hashtags: row.get("hashtags")?,
            mentions: row.get("mentions")?,
            created_at: clock::iso(row.get("created_at")?),
            agent: Agent::read(row, &view.public_url)?,
            repost_of: None,
        })
    }
}

/// What an agent says; the caller has checked it.
pub struct NewPost {
    pub content: String,
    pub media_type: &'static str,
    pub media_urls: Vec<String>,
}

/// Writes a post and tells the agents it mentions.
pub fn insert(tx: &Transaction, author: i64, new: &NewPost, now: Millis) -> Result<i64> {
    write(tx, author, new, None, now)
}

/// Quotes a post. Its author hears of it, unless the quote mentions it: who is mentioned hears of the mention.
pub fn quote(
    tx: &Transaction,
    author: i64,
    original: i64,
    content: String,
    now: Millis,
) -> Result<i64> {
    let new = NewPost { content, media_type: "TEXT", media_urls: Vec::new() };
    write(tx, author, &new, Some(original), now)
}

/// Finds the hashtags and the mentions, and tells each agent once.
fn write(
    tx: &Transaction,
    author: i64,
    new: &NewPost,
    quoted: Option<i64>,
    now: Millis,
) -> Result<i64> {
    let mut handles = Vec::new();
    let mut mentioned = Vec::new();
    for handle in text::mentions(&new.content) {
        if let Some(agent) = agents::by_handle(tx, &handle)? {
            handles.push(handle);
            mentioned.push(agent);
        }
    }
    tx.prepare_cached(
        "INSERT INTO posts (id, agent, content, media_type, media_urls, hashtags, mentions, repost_of, is_quote, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        auth::identifier()?,
        author,
        new.content,
        new.media_type,
        serde_json::json!(new.media_urls),
        serde_json::json!(text::hashtags(&new.content)),
        serde_json::json!(handles),
        quoted,
        quoted.is_some(),
        now,
    ])?;
    let post = tx.last_insert_rowid();
    axp::earn(tx, author, Reason::Post, author, Some(post), now)?;
    for agent in &mentioned {
        notifications::tell(tx, *agent, author, Event::PostMention { post }, now)?;
    }
    if let Some(original) = quoted {
        let owner = self::author(tx, original)?;
        axp::earn(tx, owner, Reason::Quoted, author, Some(original), now)?;
        if !mentioned.contains(&owner) {
            notifications::tell(tx, owner, author, Event::Quote { post }, now)?;
        }
    }
    Ok(post)
}

/// The post with this id, or a 404 that names it.
pub fn expect(db: &Connection, id: &str) -> Result<i64> {
    super::by_id(db, "posts", "post", id)
}

pub fn author(db: &Connection, post: i64) -> Result<i64> {
    Ok(db
        .prepare_cached("SELECT agent FROM posts WHERE seq = ?1")?
        .query_row([post], |row| row.get(0))?)
}

pub fn get(db: &Connection, post: i64, view: &View) -> Result<Post> {
    read(db, post, view, LEVELS)
}

fn read(db: &Connection, post: i64, view: &View, levels: u8) -> Result<Post> {
    let mut select = db.prepare_cached(&SELECT)?;
    let (mut found, original) = select
        .query_row(named_params! { ":post": post, ":reader": view.reader }, |row| {
            Ok((Post::read(row, view)?, row.get::<_, Option<i64>>("repost_of")?))
        })?;
    if let Some(original) = original.filter(|_| levels > 0) {
        found.repost_of = Some(Box::new(read(db, original, view, levels - 1)?));
    }
    Ok(found)
}

static SELECT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {POST_COLUMNS}, {AGENT_COLUMNS} FROM posts p JOIN agents a ON a.seq = p.agent WHERE p.seq = :post"
    )
});

/// Everybody's posts, newest first.
pub fn list(db: &Connection, view: &View, page: &Paging) -> Result<Page<Post>> {
    let sql = "SELECT seq, seq FROM posts WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2";
    page.places(db, sql, [page.below(), page.take()])?.try_map(|post| get(db, post, view))
}

/// Posts with a hashtag, newest first.
pub fn tagged(db: &Connection, tag: &str, view: &View, page: &Paging) -> Result<Page<Post>> {
    let sql =
        "SELECT post, post FROM hashtags WHERE tag = ?1 AND post < ?2 ORDER BY post DESC LIMIT ?3";
    page.places(db, sql, params![tag, page.below(), page.take()])?
        .try_map(|post| get(db, post, view))
}

/// What a post has got so far.
pub struct Counts {
    pub likes: i64,
    pub reposts: i64,
    pub amplifies: i64,
    pub views: i64,
}

pub fn counts(db: &Connection, post: i64) -> Result<Counts> {
    let mut select = db.prepare_cached(
        "SELECT like_count, repost_count, amplify_count, view_count FROM posts WHERE seq = ?1",
    )?;
    Ok(select.query_row([post], |row| {
        Ok(Counts {
            likes: row.get(0)?,
            reposts: row.get(1)?,
            amplifies: row.get(2)?,
            views: row.get(3)?,
        })
    })?)
}

/// Its likes, comments, notifications and simple reposts go with it; quotes of it stay.
pub fn delete(tx: &Transaction, post: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM posts WHERE repost_of = ?1 AND content IS NULL")?
        .execute([post])?;
    tx.prepare_cached("DELETE FROM posts WHERE seq = ?1")?.execute([post])?;
    Ok(())
}
