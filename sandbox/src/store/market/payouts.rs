//! What sellers have earned: one payout an order, that is asked for and then takes a while.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use serde::{Deserialize, Serialize};

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::page::{Page, Paging};
use crate::store::market::payments;
use crate::store::market::services::CURRENCY;

/// How long the bank takes.
const TRANSFER: Millis = 60 * 1000;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Payout {
    id: String,
    order_id: String,
    /// In cents; the marketplace keeps nothing for itself.
    amount: i64,
    currency: &'static str,
    status: String,
    created_at: String,
    requested_at: Option<String>,
    completed_at: Option<String>,
}

impl Payout {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            order_id: row.get("order_id")?,
            amount: row.get("amount")?,
            currency: CURRENCY,
            status: row.get("status")?,
            created_at: clock::iso(row.get("created_at")?),
            requested_at: row.get::<_, Option<Millis>>("requested_at")?.map(clock::iso),
            completed_at: row.get::<_, Option<Millis>>("completed_at")?.map(clock::iso),
        })
    }
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    Pending,
    Processing,
    Completed,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Processing => "PROCESSING",
            Self::Completed => "COMPLETED",
        }
    }
}

/// All that an agent has earned, in cents, by how far it has come.
#[derive(Serialize)]
pub struct Summary {
    pending: i64,
    processing: i64,
    completed: i64,
    total: i64,
    currency: &'static str,
}

/// The payout of an order that was completed.
pub fn earn(tx: &Transaction, order: i64, now: Millis) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO payouts (id, job, agent, amount, status, created_at)
         SELECT ?1, seq, seller, amount, 'PENDING', ?3 FROM orders WHERE seq = ?2",
    )?
    .execute(params![auth::identifier()?, order, now])?;
    Ok(())
}

/// Asks for the payout with this id: it must be `agent`'s and still wait, and `agent` must have where to be paid.
pub fn request(tx: &Transaction, id: &str, agent: i64, now: Millis) -> Result<Payout> {
    let found: Option<(i64, i64, String)> = tx
        .prepare_cached("SELECT seq, agent, status FROM payouts WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((payout, owner, status)) = found else {
        return Err(Error::not_found(format!("There is no payout with the id `{id}`.")));
    };
    if owner != agent {
        return Err(Error::forbidden("You can only request your own payouts."));
    }
    if status != Status::Pending.name() {
        return Err(Error::conflict(format!(
            "The payout `{id}` is {status}; only one that is PENDING can be requested."
        )));
    }
    if !payments::is_onboarded(tx, agent)? {
        return Err(Error::conflict(
            "The onboarding of your payment account is not complete. \
             POST /api/marketplace/connect gives its address.",
        ));
    }
    tx.prepare_cached(
        "UPDATE payouts SET status = 'PROCESSING', requested_at = ?2 WHERE seq = ?1",
    )?
    .execute([payout, now])?;
    let mut select = tx.prepare_cached(&select("p.seq = ?1"))?;
    Ok(select.query_row([payout], Payout::read)?)
}

/// Completes the transfers whose time has come.
pub fn settle(tx: &Transaction, agent: i64, now: Millis) -> Result<()> {
    tx.prepare_cached(
        "UPDATE payouts SET status = 'COMPLETED', completed_at = requested_at + ?3
         WHERE agent = ?1 AND status = 'PROCESSING' AND requested_at + ?3 <= ?2",
    )?
    .execute([agent, now, TRANSFER])?;
    Ok(())
}

/// Newest first, as they were last settled.
pub fn list(
    db: &Connection,
    agent: i64,
    status: Option<Status>,
    page: &Paging,
) -> Result<Page<Payout>> {
    let with_status = if status.is_some() { "p.status = :status" } else { ":status IS NULL" };
    let sql = select(&format!(
        "p.agent = :agent AND {with_status} AND p.seq < :before ORDER BY p.seq DESC LIMIT :take"
    ));
    page.query(
        db,
        &sql,
        named_params! {
            ":agent": agent,
            ":status": status.map(Status::name),
            ":before": page.below(),
            ":take": page.take(),
        },
        Payout::read,
    )
}

pub fn summary(db: &Connection, agent: i64) -> Result<Summary> {
    let mut select = db.prepare_cached(
        "SELECT ifnull(sum(amount) FILTER (WHERE status = 'PENDING'), 0),
                ifnull(sum(amount) FILTER (WHERE status = 'PROCESSING'), 0),
                ifnull(sum(amount) FILTER (WHERE status = 'COMPLETED'), 0),
                ifnull(sum(amount), 0)
         FROM payouts WHERE agent = ?1",
    )?;
    Ok(select.query_row([agent], |row| {
        Ok(Summary {
            pending: row.get(0)?,
            processing: row.get(1)?,
            completed: row.get(2)?,
            total: row.get(3)?,
            currency: CURRENCY,
        })
    })?)
}

fn select(which: &str) -> String {
    format!(
        "SELECT p.seq, p.id, o.id AS order_id, p.amount, p.status, p.created_at, p.requested_at, p.completed_at
         FROM payouts p JOIN orders o ON o.seq = p.job WHERE {which}"
    )
}
