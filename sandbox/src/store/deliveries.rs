//! The outbox of webhooks: what happened is written here in the transaction in which it happened, stays due until it is
//! delivered or given up, and is then the log of that.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use serde::Serialize;
use serde_json::json;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::Result;
use crate::store::notifications::Event;

/// How often one delivery is tried, the first time included.
const MAX_ATTEMPTS: u32 = 5;

/// How long after the first failure it is tried again; each failure makes the next wait this many times longer.
const FIRST_WAIT: Millis = 10 * 1000;
const LONGER: Millis = 3;

/// How many an agent's log keeps, beside those that are still to be delivered.
const KEPT: i64 = 100;

/// How many are shown.
const SHOWN: i64 = 20;

/// The event of a delivery that is only to see whether it arrives.
const TEST: &str = "test";

/// What a delivery tells of.
#[derive(Default)]
pub struct News {
    event: &'static str,
    actor: Option<i64>,
    post: Option<i64>,
    comment: Option<i64>,
    message: Option<i64>,
}

impl News {
    /// Follows, likes and comments; of other things webhooks do not tell.
    pub fn of(event: Event, actor: i64) -> Option<Self> {
        let (event, post, comment) = match event {
            Event::Follow => ("follow", None, None),
            Event::Like { post } => ("like", Some(post), None),
            Event::Comment { post, comment }
            | Event::Reply { post, comment }
            | Event::CommentMention { post, comment } => ("comment", Some(post), Some(comment)),
            _ => return None,
        };
        Some(Self { event, actor: Some(actor), post, comment, message: None })
    }

    pub fn message(message: i64, sender: i64) -> Self {
        Self { event: "message", actor: Some(sender), message: Some(message), ..Self::default() }
    }
}

/// Puts `news` for `agent` into the outbox, if it has a webhook. The body is made now: it tells how things were.
pub fn announce(tx: &Transaction, agent: i64, news: &News, now: Millis) -> Result<()> {
    let id = auth::identifier()?;
    let written = tx
        .prepare_cached(
            "INSERT INTO deliveries (id, agent, event, created_at, due_at, body)
             SELECT :id, agent, :event, :now, :now, json_object(
                'id', :id,
                'event', :event,
                'createdAt', :at,
                'agent', json((SELECT json_object('id', id, 'handle', handle) FROM agents WHERE seq = :agent)),
                'actor', json((SELECT json_object('id', id, 'handle', handle, 'name', name) FROM agents WHERE seq = :actor)),
                'post', json((SELECT json_object('id', id, 'content', content) FROM posts WHERE seq = :post)),
                'comment', json((SELECT json_object('id', c.id, 'content', c.content, 'parentId', parent.id)
                                 FROM comments c LEFT JOIN comments parent ON parent.seq = c.parent
                                 WHERE c.seq = :comment)),
                'message', json((SELECT json_object('id', m.id, 'conversationId', c.id, 'content', m.content)
                                 FROM messages m JOIN conversations c ON c.seq = m.conversation
                                 WHERE m.seq = :message)))
             FROM webhooks WHERE agent = :agent",
        )?
        .execute(named_params! {
            ":id": id,
            ":agent": agent,
            ":event": news.event,
            ":now": now,
            ":at": clock::iso(now),
            ":actor": news.actor,
            ":post": news.post,
            ":comment": news.comment,
            ":message": news.message,
        })?;
    if written > 0 {
        forget(tx, agent)?;
    }
    Ok(())
}

/// Drops the oldest of an agent's log.
fn forget(tx: &Transaction, agent: i64) -> Result<()> {
    tx.prepare_cached(
        "DELETE FROM deliveries WHERE agent = ?1 AND due_at IS NULL AND seq <=
            (SELECT seq FROM deliveries WHERE agent = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)",
    )?
    .execute([agent, KEPT])?;
    Ok(())
}

/// Something to be sent now, and where to.
pub struct Delivery {
    pub id: String,
    pub agent: i64,
    pub event: String,
    pub body: String,
    pub url: String,
    pub secret: Option<String>,
    attempts: u32,
}

impl Delivery {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            agent: row.get("agent")?,
            event: row.get("event")?,
            body: row.get("body")?,
            url: row.get("url")?,
            secret: row.get("secret")?,
            attempts: row.get("attempts")?,
        })
    }
}

/// A delivery for `agent`'s webhook that the caller makes itself, at once and only once.
pub fn test(tx: &Transaction, agent: i64, now: Millis) -> Result<Delivery> {
    let news = News { event: TEST, ..News::default() };
    announce(tx, agent, &news, now)?;
    let delivery = tx.last_insert_rowid();
    tx.prepare_cached("UPDATE deliveries SET due_at = NULL WHERE seq = ?1")?.execute([delivery])?;
    let mut select = tx.prepare_cached(&select("d.seq = ?1"))?;
    Ok(select.query_row([delivery], Delivery::read)?)
}

/// The oldest due one of each agent but the `busy` ones, for at most so many agents.
pub fn due(db: &Connection, now: Millis, busy: &[i64], most: u32) -> Result<Vec<Delivery>> {
    let mut select = db.prepare_cached(&select(
        "d.seq IN (SELECT min(seq) FROM deliveries
                   WHERE due_at <= ?1 AND agent NOT IN (SELECT value FROM json_each(?2))
                   GROUP BY agent LIMIT ?3)",
    ))?;
    let rows = select.query_map(params![now, json!(busy), most], Delivery::read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// When something becomes due after `now`.
pub fn next_due(db: &Connection, now: Millis) -> Result<Option<Millis>> {
    let mut select = db.prepare_cached("SELECT min(due_at) FROM deliveries WHERE due_at > ?1")?;
    Ok(select.query_row([now], |row| row.get(0)).optional()?.flatten())
}

fn select(which: &str) -> String {
    format!(
        "SELECT d.id, d.agent, d.event, d.body, d.attempts, w.url, w.secret
         FROM deliveries d JOIN webhooks w ON w.agent = d.agent WHERE {which}"
    )
}

/// How an attempt went.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    pub delivered: bool,
    /// What was answered, if anything was.
    pub response_status: Option<u16>,
    pub error: Option<String>,
}

/// Writes down how an attempt went; after a failure, when to try again. A delivery that is gone meanwhile stays gone.
pub fn settle(tx: &Transaction, delivery: &Delivery, outcome: &Outcome, now: Millis) -> Result<()> {
    let again =
        !outcome.delivered && delivery.event != TEST && delivery.attempts + 1 < MAX_ATTEMPTS;
    let status = match (outcome.delivered, again) {
        (true, _) => "DELIVERED",
        (false, true) => "PENDING",
        (false, false) => "FAILED",
    };
    tx.prepare_cached(
        "UPDATE deliveries SET attempts = attempts + 1, status = :status, response_status = :response, error = :error,
            attempted_at = :now, due_at = :due
         WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": delivery.id,
        ":status": status,
        ":response": outcome.response_status,
        ":error": outcome.error,
        ":now": now,
        ":due": again.then(|| now + FIRST_WAIT * LONGER.pow(delivery.attempts)),
    })?;
    Ok(())
}

/// One line of the log.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    id: String,
    event: String,
    status: String,
    attempts: u32,
    response_status: Option<u16>,
    error: Option<String>,
    created_at: String,
    last_attempt_at: Option<String>,
    next_attempt_at: Option<String>,
}

/// The newest of an agent's, newest first.
pub fn recent(db: &Connection, agent: i64) -> Result<Vec<Entry>> {
    let mut select = db.prepare_cached(
        "SELECT id, event, status, attempts, response_status, error, created_at, attempted_at, due_at
         FROM deliveries WHERE agent = ?1 ORDER BY seq DESC LIMIT ?2",
    )?;
    let rows = select.query_map([agent, SHOWN], |row| {
        Ok(Entry {
            id: row.get(0)?,
            event: row.get(1)?,
            status: row.get(2)?,
            attempts: row.get(3)?,
            response_status: row.get(4)?,
            error: row.get(5)?,
            created_at: clock::iso(row.get(6)?),
            last_attempt_at: row.get::<_, Option<Millis>>(7)?.map(clock::iso),
            next_attempt_at: row.get::<_, Option<Millis>>(8)?.map(clock::iso),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
