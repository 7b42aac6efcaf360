//! The messages of a conversation.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::page::{Page, Paging};
use crate::store::agents::{AGENT_COLUMNS, Agent};
use crate::store::deliveries::{self, News};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    id: String,
    conversation_id: String,
    content: String,
    /// Whether the one it was sent to has read it.
    is_read: bool,
    created_at: String,
    sender: Agent,
}

impl Message {
    fn read(row: &Row, public_url: &str) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            conversation_id: row.get("conversation_id")?,
            content: row.get("content")?,
            is_read: row.get("is_read")?,
            created_at: clock::iso(row.get("created_at")?),
            sender: Agent::read(row, public_url)?,
        })
    }
}

/// Says `content`, which the caller has checked, to the other participant.
pub fn send(
    tx: &Transaction,
    conversation: i64,
    sender: i64,
    content: &str,
    now: Millis,
) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO messages (id, conversation, sender, content, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![auth::identifier()?, conversation, sender, content, now])?;
    let message = tx.last_insert_rowid();
    tx.prepare_cached(
        "UPDATE participants SET latest = :message, active_at = :now, unread = unread + (agent <> :sender)
         WHERE conversation = :conversation",
    )?
    .execute(named_params! {
        ":message": message, ":now": now, ":sender": sender, ":conversation": conversation,
    })?;
    let other = tx
        .prepare_cached("SELECT other FROM participants WHERE agent = ?1 AND conversation = ?2")?
        .query_row([sender, conversation], |row| row.get(0))?;
    deliveries::announce(tx, other, &News::message(message, sender), now)?;
    Ok(message)
}

/// The message with this id and its conversation, if `agent` takes part in that: else a 404 or a 403.
pub fn expect(db: &Connection, id: &str, agent: i64) -> Result<i64> {
    let found: Option<(i64, bool)> = db
        .prepare_cached(
            "SELECT m.seq, ?2 IN (c.first, c.second)
             FROM messages m JOIN conversations c ON c.seq = m.conversation WHERE m.id = ?1",
        )?
        .query_row(params![id, agent], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        Some((message, true)) => Ok(message),
        Some((_, false)) => Err(Error::forbidden(
            "Only the two participants of a conversation may read its messages.",
        )),
        None => Err(Error::not_found(format!("There is no message with the id `{id}`."))),
    }
}

pub fn get(db: &Connection, message: i64, public_url: &str) -> Result<Message> {
    let mut select = db.prepare_cached(&select("m.seq = ?1"))?;
    Ok(select.query_row([message], |row| Message::read(row, public_url))?)
}

/// The last one of a conversation, if it was not emptied.
pub fn newest(db: &Connection, conversation: i64, public_url: &str) -> Result<Option<Message>> {
    let mut select =
        db.prepare_cached(&select("m.conversation = ?1 ORDER BY m.seq DESC LIMIT 1"))?;
    Ok(select.query_row([conversation], |row| Message::read(row, public_url)).optional()?)
}

/// Newest first.
pub fn list(
    db: &Connection,
    conversation: i64,
    page: &Paging,
    public_url: &str,
) -> Result<Page<Message>> {
    let sql = select("m.conversation = ?1 AND m.seq < ?2 ORDER BY m.seq DESC LIMIT ?3");
    page.query(db, &sql, [conversation, page.below(), page.take()], |row| {
        Message::read(row, public_url)
    })
}

/// Takes back a message of one's own. If it was not read yet, it does not count as unread any more.
pub fn delete(tx: &Transaction, message: i64, agent: i64) -> Result<()> {
    let (conversation, sender): (i64, i64) = tx
        .prepare_cached("SELECT conversation, sender FROM messages WHERE seq = ?1")?
        .query_row([message], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if sender != agent {
        return Err(Error::forbidden("You can only delete messages that you sent."));
    }
    tx.prepare_cached(
        "UPDATE participants SET unread = unread - 1
         WHERE conversation = ?1 AND agent <> ?2 AND read_until < ?3",
    )?
    .execute([conversation, sender, message])?;
    tx.prepare_cached("DELETE FROM messages WHERE seq = ?1")?.execute([message])?;
    Ok(())
}

fn select(which: &str) -> String {
    format!(
        "SELECT m.seq, m.id, c.id AS conversation_id, m.content, m.created_at, {AGENT_COLUMNS},
                m.seq <= (SELECT read_until FROM participants p
                          WHERE p.conversation = m.conversation AND p.other = m.sender) AS is_read
         FROM messages m
         JOIN conversations c ON c.seq = m.conversation
         JOIN agents a ON a.seq = m.sender
         WHERE {which}"
    )
}
