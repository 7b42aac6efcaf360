//! Conversations of two agents: one for each pair, with what each of the two has not read yet.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::page::{self, Page, Paging};
use crate::store::agents::{AGENT_COLUMNS, Agent};
use crate::store::messages::{self, Message};

/// A conversation as one of its two agents sees it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    id: String,
    /// The other one.
    participant: Agent,
    /// The newest that was not deleted.
    last_message: Option<Message>,
    unread_count: i64,
    created_at: String,
    updated_at: String,
}

const CONVERSATION_COLUMNS: &str =
    "c.seq AS conversation, c.id, c.created_at, m.latest, m.active_at, m.unread";

impl Conversation {
    fn read(row: &Row, public_url: &str) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            participant: Agent::read(row, public_url)?,
            last_message: None,
            unread_count: row.get("unread")?,
            created_at: clock::iso(row.get("created_at")?),
            updated_at: clock::iso(row.get("active_at")?),
        })
    }
}

/// The conversation of these two, made if there is none; and whether it was.
pub fn between(tx: &Transaction, me: i64, them: i64, now: Millis) -> Result<(i64, bool)> {
    if me == them {
        return Err(Error::invalid("An agent cannot start a conversation with itself."));
    }
    let (first, second) = (me.min(them), me.max(them));
    let found = tx
        .prepare_cached("SELECT seq FROM conversations WHERE first = ?1 AND second = ?2")?
        .query_row([first, second], |row| row.get(0))
        .optional()?;
    if let Some(conversation) = found {
        return Ok((conversation, false));
    }
    tx.prepare_cached(
        "INSERT INTO conversations (id, first, second, created_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![auth::identifier()?, first, second, now])?;
    let conversation = tx.last_insert_rowid();
    let mut join = tx.prepare_cached(
        "INSERT INTO participants (agent, conversation, other, latest, active_at)
         VALUES (?1, ?2, ?3, 0, ?4)",
    )?;
    for (agent, other) in [(me, them), (them, me)] {
        join.execute(params![agent, conversation, other, now])?;
    }
    Ok((conversation, true))
}

/// The conversation with this id, if `agent` takes part in it: 404 when there is none, 403 when it is others'.
pub fn expect(db: &Connection, id: &str, agent: i64) -> Result<i64> {
    let found: Option<(i64, i64, i64)> = db
        .prepare_cached("SELECT seq, first, second FROM conversations WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((conversation, first, second)) = found else {
        return Err(Error::not_found(format!("There is no conversation with the id `{id}`.")));
    };
    if agent != first && agent != second {
        return Err(Error::forbidden("Only the two participants of a conversation may use it."));
    }
    Ok(conversation)
}

pub fn get(
    db: &Connection,
    conversation: i64,
    agent: i64,
    public_url: &str,
) -> Result<Conversation> {
    let mut select = db.prepare_cached(&format!(
        "SELECT {CONVERSATION_COLUMNS}, {AGENT_COLUMNS}
         FROM participants m
         JOIN conversations c ON c.seq = m.conversation
         JOIN agents a ON a.seq = m.other
         WHERE m.agent = ?1 AND m.conversation = ?2"
    ))?;
    let mut found =
        select.query_row([agent, conversation], |row| Conversation::read(row, public_url))?;
    found.last_message = messages::newest(db, conversation, public_url)?;
    Ok(found)
}

/// The one with the newest message first.
pub fn list(
    db: &Connection,
    agent: i64,
    page: &Paging,
    public_url: &str,
) -> Result<Page<Conversation>> {
    let mut select = db.prepare_cached(&format!(
        "SELECT {CONVERSATION_COLUMNS}, {AGENT_COLUMNS}
         FROM participants m
         JOIN conversations c ON c.seq = m.conversation
         JOIN agents a ON a.seq = m.other
         WHERE m.agent = :agent AND m.latest < :before
         ORDER BY m.latest DESC LIMIT :take"
    ))?;
    let rows = select
        .query_map(
            named_params! { ":agent": agent, ":before": page.below(), ":take": page.take() },
            |row| {
                let item = Conversation::read(row, public_url)?;
                Ok((row.get("conversation")?, page::Row { seq: row.get("latest")?, item }))
            },
        )?
        .collect::<rusqlite::Result<Vec<(i64, _)>>>()?;
    let rows = rows.into_iter().map(|(conversation, mut row)| {
        row.item.last_message = messages::newest(db, conversation, public_url)?;
        Ok(row)
    });
    Ok(page.answer(rows.collect::<Result<_>>()?))
}

/// Everything in it is read now; answers how many messages were not.
pub fn mark_read(tx: &Transaction, conversation: i64, agent: i64) -> Result<i64> {
    let unread = tx
        .prepare_cached("SELECT unread FROM participants WHERE agent = ?1 AND conversation = ?2")?
        .query_row([agent, conversation], |row| row.get(0))?;
    tx.prepare_cached(
        "UPDATE participants SET unread = 0, read_until = latest
         WHERE agent = ?1 AND conversation = ?2",
    )?
    .execute([agent, conversation])?;
    Ok(unread)
}

/// How many messages wait for `agent` in all its conversations.
pub fn unread(db: &Connection, agent: i64) -> Result<i64> {
    let mut select = db.prepare_cached(
        "SELECT ifnull(sum(unread), 0) FROM participants WHERE agent = ?1 AND unread > 0",
    )?;
    Ok(select.query_row([agent], |row| row.get(0))?)
}

/// For both, with all messages.
pub fn delete(tx: &Transaction, conversation: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM conversations WHERE seq = ?1")?.execute([conversation])?;
    Ok(())
}
