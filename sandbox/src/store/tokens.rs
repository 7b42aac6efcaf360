//! Tokens: given out, renewed, and taken back. Only their hashes are kept.

use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::{OptionalExtension, Transaction, params};
use serde::Serialize;

use crate::auth::{self, hash};
use crate::clock::Millis;
use crate::error::Result;

/// Refresh tokens outlive access tokens by far.
const REFRESH_TTL: Millis = 30 * 24 * 60 * 60 * 1000;

/// Stale tokens are kept this long, so that their bearers are told "expired" and not "unknown".
const STALE_KEPT: Millis = 24 * 60 * 60 * 1000;

/// What the token endpoint gives out.
#[derive(Serialize)]
pub struct Tokens {
    access_token: String,
    token_type: &'static str,
    expires_in: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    scope: &'static str,
}

/// Whether a refresh token works once. It can be turned while the service runs.
pub struct Rotation {
    at_start: bool,
    now: AtomicBool,
}

impl Rotation {
    pub fn new(on: bool) -> Self {
        Self { at_start: on, now: AtomicBool::new(on) }
    }

    pub fn is_on(&self) -> bool {
        self.now.load(Ordering::SeqCst)
    }

    pub fn turn(&self, on: bool) {
        self.now.store(on, Ordering::SeqCst);
    }

    pub fn reset(&self) {
        self.turn(self.at_start);
    }
}

/// A pair of tokens for an agent that has shown its credentials. All that is renewed from it is one family.
pub fn grant(tx: &Transaction, agent: i64, now: Millis, ttl_seconds: u32) -> Result<Tokens> {
    tx.prepare_cached("DELETE FROM tokens WHERE expires_at < ?1")?.execute([now - STALE_KEPT])?;
    let family = auth::identifier()?;
    let access_token = access(tx, agent, &family, now, ttl_seconds)?;
    let refresh_token = Some(refresh(tx, agent, &family, now)?);
    Ok(tokens(access_token, refresh_token, ttl_seconds))
}

/// What becomes of a refresh token that is sent in.
pub enum Renewal {
    Renewed(Tokens),
    /// It was used before. Who sends it may have stolen it, so its whole family is revoked.
    Replayed,
    Unknown,
}

/// With rotation the token is used up, and another one comes with the answer.
pub fn renew(
    tx: &Transaction,
    token: &str,
    rotate: bool,
    now: Millis,
    ttl_seconds: u32,
) -> Result<Renewal> {
    let found: Option<(i64, String, bool)> = tx
        .prepare_cached(
            "SELECT agent, family, is_used FROM tokens
             WHERE hash = ?1 AND kind = 'refresh' AND expires_at > ?2",
        )?
        .query_row(params![hash(token), now], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((agent, family, is_used)) = found else { return Ok(Renewal::Unknown) };
    if is_used {
        tx.prepare_cached("DELETE FROM tokens WHERE family = ?1")?.execute([family])?;
        return Ok(Renewal::Replayed);
    }
    let access_token = access(tx, agent, &family, now, ttl_seconds)?;
    let mut refresh_token = None;
    if rotate {
        tx.prepare_cached("UPDATE tokens SET is_used = TRUE WHERE hash = ?1")?
            .execute([hash(token)])?;
        refresh_token = Some(refresh(tx, agent, &family, now)?);
    }
    Ok(Renewal::Renewed(tokens(access_token, refresh_token, ttl_seconds)))
}

fn tokens(access_token: String, refresh_token: Option<String>, expires_in: u32) -> Tokens {
    Tokens { access_token, token_type: "Bearer", expires_in, refresh_token, scope: "read write" }
}

fn access(
    tx: &Transaction,
    agent: i64,
    family: &str,
    now: Millis,
    ttl_seconds: u32,
) -> Result<String> {
    let token = auth::secret("iat_")?;
    keep(tx, &token, "access", agent, family, now + Millis::from(ttl_seconds) * 1000)?;
    Ok(token)
}

fn refresh(tx: &Transaction, agent: i64, family: &str, now: Millis) -> Result<String> {
    let token = auth::secret("iar_")?;
    keep(tx, &token, "refresh", agent, family, now + REFRESH_TTL)?;
    Ok(token)
}

fn keep(
    tx: &Transaction,
    token: &str,
    kind: &str,
    agent: i64,
    family: &str,
    expires_at: Millis,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO tokens (hash, kind, agent, family, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![hash(token), kind, agent, family, expires_at])?;
    Ok(())
}
