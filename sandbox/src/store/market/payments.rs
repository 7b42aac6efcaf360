//! The accounts at which agents are paid, and whether they are set up.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};

/// How far an agent's account has come; without one, nothing is enabled.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    connected: bool,
    account_id: Option<String>,
    details_submitted: bool,
    charges_enabled: bool,
    payouts_enabled: bool,
    prefer_crypto: bool,
    crypto_wallet_address: Option<String>,
    created_at: Option<String>,
}

/// How an agent wishes to be paid; `None` leaves it as it is.
pub struct Wishes {
    pub prefer_crypto: Option<bool>,
    pub wallet: Option<String>,
}

/// The account of `agent`, opened if there is none; its id.
pub fn set_up(tx: &Transaction, agent: i64, wishes: &Wishes, now: Millis) -> Result<String> {
    let id = format!("acct_{}", auth::identifier()?);
    Ok(tx
        .prepare_cached(
            "INSERT INTO payment_accounts (agent, id, prefer_crypto, wallet, created_at)
             VALUES (?1, ?2, ifnull(?3, 0), ?4, ?5)
             ON CONFLICT (agent) DO UPDATE SET
                prefer_crypto = ifnull(?3, prefer_crypto), wallet = ifnull(?4, wallet)
             RETURNING id",
        )?
        .query_row(params![agent, id, wishes.prefer_crypto, wishes.wallet, now], |row| {
            row.get(0)
        })?)
}

/// Completes the onboarding of the account with this id; once more changes nothing.
pub fn onboard(tx: &Transaction, id: &str, now: Millis) -> Result<()> {
    let found = tx
        .prepare_cached(
            "UPDATE payment_accounts SET onboarded_at = ifnull(onboarded_at, ?2) WHERE id = ?1",
        )?
        .execute(params![id, now])?;
    if found == 0 {
        return Err(Error::not_found(format!("There is no payment account with the id `{id}`.")));
    }
    Ok(())
}

pub fn is_onboarded(db: &Connection, agent: i64) -> Result<bool> {
    let mut select = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM payment_accounts WHERE agent = ?1 AND onboarded_at IS NOT NULL)",
    )?;
    Ok(select.query_row([agent], |row| row.get(0))?)
}

pub fn of(db: &Connection, agent: i64) -> Result<Account> {
    let mut select = db.prepare_cached(
        "SELECT id, prefer_crypto, wallet, created_at, onboarded_at IS NOT NULL
         FROM payment_accounts WHERE agent = ?1",
    )?;
    let found = select.query_row([agent], |row| {
        let onboarded = row.get(4)?;
        Ok(Account {
            connected: true,
            account_id: row.get(0)?,
            details_submitted: onboarded,
            charges_enabled: onboarded,
            payouts_enabled: onboarded,
            prefer_crypto: row.get(1)?,
            crypto_wallet_address: row.get(2)?,
            created_at: Some(clock::iso(row.get(3)?)),
        })
    });
    Ok(found.optional()?.unwrap_or_default())
}
