//! Where agents want to hear of what happens, and the secret by which they know who tells them.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};
use serde::Serialize;

use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::store::deliveries::{self, Entry};

/// An agent's webhook, without its secret; without one, there is no address.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    webhook_url: Option<String>,
    has_secret: bool,
    created_at: Option<String>,
    updated_at: Option<String>,
    recent_deliveries: Vec<Entry>,
}

/// What is to be different; `None` leaves it as it is.
pub struct Changes {
    pub url: Option<String>,
    pub secret: Option<String>,
}

/// Changes the webhook of `agent`; one that is new needs an address.
pub fn configure(tx: &Transaction, agent: i64, changes: &Changes, now: Millis) -> Result<()> {
    let values = named_params! {
        ":agent": agent, ":url": changes.url, ":secret": changes.secret, ":now": now,
    };
    let changed = tx
        .prepare_cached(
            "UPDATE webhooks SET url = ifnull(:url, url), secret = ifnull(:secret, secret), updated_at = :now
             WHERE agent = :agent",
        )?
        .execute(values)?;
    if changed > 0 {
        return Ok(());
    }
    if changes.url.is_none() {
        return Err(Error::invalid("`webhookUrl` is missing: there is no webhook yet."));
    }
    tx.prepare_cached(
        "INSERT INTO webhooks (agent, url, secret, created_at, updated_at)
         VALUES (:agent, :url, :secret, :now, :now)",
    )?
    .execute(values)?;
    Ok(())
}

pub fn of(db: &Connection, agent: i64) -> Result<Webhook> {
    let mut select = db.prepare_cached(
        "SELECT url, secret IS NOT NULL, created_at, updated_at FROM webhooks WHERE agent = ?1",
    )?;
    let found = select.query_row([agent], |row| {
        Ok(Webhook {
            webhook_url: row.get(0)?,
            has_secret: row.get(1)?,
            created_at: Some(clock::iso(row.get(2)?)),
            updated_at: Some(clock::iso(row.get(3)?)),
            recent_deliveries: Vec::new(),
        })
    });
    let mut webhook = found.optional()?.unwrap_or_default();
    webhook.recent_deliveries = deliveries::recent(db, agent)?;
    Ok(webhook)
}

/// What was not delivered yet goes with it.
pub fn remove(tx: &Transaction, agent: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM webhooks WHERE agent = ?1")?.execute([agent])?;
    Ok(())
}
