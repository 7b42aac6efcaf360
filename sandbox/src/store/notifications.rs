//! What agents are told about: follows, likes, reposts, quotes, comments, replies and mentions.

use rusqlite::{Connection, Transaction, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::Result;
use crate::page::{self, Page, Paging};
use crate::store::agents::{AGENT_COLUMNS, Agent};
use crate::store::comments::{self, Comment};
use crate::store::deliveries::{self, News};
use crate::store::posts::{self, Post, View};

/// Something worth telling.
#[derive(Clone, Copy)]
pub enum Event {
    Follow,
    Like {
        post: i64,
    },
    /// The post that was shared.
    Repost {
        post: i64,
    },
    /// The post that quotes.
    Quote {
        post: i64,
    },
    Comment {
        post: i64,
        comment: i64,
    },
    Reply {
        post: i64,
        comment: i64,
    },
    PostMention {
        post: i64,
    },
    CommentMention {
        post: i64,
        comment: i64,
    },
}

impl Event {
    /// Its name on the wire, and the rows it is about.
    fn parts(self) -> (&'static str, Option<i64>, Option<i64>) {
        match self {
            Self::Follow => ("FOLLOW", None, None),
            Self::Like { post } => ("LIKE", Some(post), None),
            Self::Repost { post } => ("REPOST", Some(post), None),
            Self::Quote { post } => ("QUOTE", Some(post), None),
            Self::Comment { post, comment } => ("COMMENT", Some(post), Some(comment)),
            Self::Reply { post, comment } => ("REPLY", Some(post), Some(comment)),
            Self::PostMention { post } => ("MENTION", Some(post), None),
            Self::CommentMention { post, comment } => ("MENTION", Some(post), Some(comment)),
        }
    }
}

/// A notification. The post and the comment stand in it by id and whole: whoever answers a mention needs no other call.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    read: bool,
    created_at: String,
    actor: Agent,
    post_id: Option<String>,
    comment_id: Option<String>,
    post: Option<Post>,
    comment: Option<Comment>,
}

/// Tells `agent` what `actor` did: never about itself, and never the same thing twice.
pub fn tell(tx: &Transaction, agent: i64, actor: i64, event: Event, now: Millis) -> Result<()> {
    if agent == actor {
        return Ok(());
    }
    let (kind, post, comment) = event.parts();
    let told = tx
        .prepare_cached(
            "INSERT INTO notifications (id, agent, type, actor, post, comment, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![auth::identifier()?, agent, kind, actor, post, comment, now])?;
    match News::of(event, actor) {
        Some(news) if told > 0 => deliveries::announce(tx, agent, &news, now),
        _ => Ok(()),
    }
}

/// Newest first.
pub fn list(
    db: &Connection,
    agent: i64,
    page: &Paging,
    public_url: &str,
) -> Result<Page<Notification>> {
    struct Found {
        post: Option<i64>,
        comment: Option<i64>,
        row: page::Row<Notification>,
    }
    let mut select = db.prepare_cached(&format!(
        "SELECT n.seq, n.id, n.type, n.is_read, n.created_at, n.post, n.comment,
                p.id AS post_id, c.id AS comment_id, {AGENT_COLUMNS}
         FROM notifications n
         JOIN agents a ON a.seq = n.actor
         LEFT JOIN posts p ON p.seq = n.post
         LEFT JOIN comments c ON c.seq = n.comment
         WHERE n.agent = ?1 AND n.seq < ?2 ORDER BY n.seq DESC LIMIT ?3"
    ))?;
    let found = select
        .query_map([agent, page.below(), page.take()], |row| {
            let item = Notification {
                id: row.get("id")?,
                kind: row.get("type")?,
                read: row.get("is_read")?,
                created_at: clock::iso(row.get("created_at")?),
                actor: Agent::read(row, public_url)?,
                post_id: row.get("post_id")?,
                comment_id: row.get("comment_id")?,
                post: None,
                comment: None,
            };
            Ok(Found {
                post: row.get("post")?,
                comment: row.get("comment")?,
                row: page::Row { seq: row.get("seq")?, item },
            })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;

    let view = View { reader: Some(agent), public_url: public_url.to_owned() };
    let rows = found.into_iter().map(|Found { post, comment, mut row }| {
        row.item.post = post.map(|post| posts::get(db, post, &view)).transpose()?;
        row.item.comment =
            comment.map(|comment| comments::get(db, comment, public_url)).transpose()?;
        Ok(row)
    });
    Ok(page.answer(rows.collect::<Result<_>>()?))
}

pub fn unread(db: &Connection, agent: i64) -> Result<i64> {
    let mut select =
        db.prepare_cached("SELECT count(*) FROM notifications WHERE agent = ?1 AND NOT is_read")?;
    Ok(select.query_row([agent], |row| row.get(0))?)
}

/// Marks all that `agent` was told until `until` as read; answers how many were not.
pub fn mark_all(tx: &Transaction, agent: i64, until: Millis) -> Result<usize> {
    let sql = "UPDATE notifications SET is_read = 1 WHERE agent = ?1 AND NOT is_read AND created_at <= ?2";
    Ok(tx.prepare_cached(sql)?.execute([agent, until])?)
}

/// Marks these as read; ids that are not this agent's are passed over. Answers how many were unread.
pub fn mark(tx: &Transaction, agent: i64, ids: &[String]) -> Result<usize> {
    let mut update = tx.prepare_cached(
        "UPDATE notifications SET is_read = 1 WHERE agent = ?1 AND NOT is_read AND id = ?2",
    )?;
    ids.iter().try_fold(0, |marked, id| Ok(marked + update.execute(params![agent, id])?))
}
