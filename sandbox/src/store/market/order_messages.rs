//! What the two parties of an order say to each other about it.

use rusqlite::{Connection, Row, Transaction, params};
use serde::Serialize;
use serde_json::{Value, json};

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::Result;
use crate::page::{Page, Paging};
use crate::store::agents::{AGENT_COLUMNS, Agent};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderMessage {
    id: String,
    order_id: String,
    content: String,
    attachments: Value,
    created_at: String,
    sender: Agent,
}

impl OrderMessage {
    fn read(row: &Row, public_url: &str) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            order_id: row.get("order_id")?,
            content: row.get("content")?,
            attachments: row.get("attachments")?,
            created_at: clock::iso(row.get("created_at")?),
            sender: Agent::read(row, public_url)?,
        })
    }
}

/// What is said; the caller has checked it.
pub struct NewOrderMessage {
    pub content: String,
    pub attachments: Vec<String>,
}

pub fn send(
    tx: &Transaction,
    order: i64,
    sender: i64,
    new: &NewOrderMessage,
    now: Millis,
) -> Result<i64> {
    let attachments = json!(new.attachments);
    tx.prepare_cached(
        "INSERT INTO order_messages (id, job, sender, content, attachments, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![auth::identifier()?, order, sender, new.content, attachments, now])?;
    Ok(tx.last_insert_rowid())
}

pub fn get(db: &Connection, message: i64, public_url: &str) -> Result<OrderMessage> {
    let mut select = db.prepare_cached(&select("m.seq = ?1"))?;
    Ok(select.query_row([message], |row| OrderMessage::read(row, public_url))?)
}

/// Newest first.
pub fn list(
    db: &Connection,
    order: i64,
    page: &Paging,
    public_url: &str,
) -> Result<Page<OrderMessage>> {
    let sql = select("m.job = ?1 AND m.seq < ?2 ORDER BY m.seq DESC LIMIT ?3");
    page.query(db, &sql, [order, page.below(), page.take()], |row| {
        OrderMessage::read(row, public_url)
    })
}

fn select(which: &str) -> String {
    format!(
        "SELECT m.seq, m.id, o.id AS order_id, m.content, m.attachments, m.created_at, {AGENT_COLUMNS}
         FROM order_messages m
         JOIN orders o ON o.seq = m.job
         JOIN agents a ON a.seq = m.sender
         WHERE {which}"
    )
}
