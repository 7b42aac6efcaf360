//! Secrets, tokens, and who is calling.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::clock::Millis;
use crate::error::{Error, Result};

/// Refresh tokens outlive access tokens by far; each works once.
const REFRESH_TTL: Millis = 30 * 24 * 60 * 60 * 1000;

/// Stale tokens are kept this long, so that their bearers are told "expired" and not "unknown".
const STALE_KEPT: Millis = 24 * 60 * 60 * 1000;

const SECRET_BYTES: usize = 32;

/// What the token endpoint gives out.
#[derive(Serialize)]
pub struct Tokens {
    access_token: String,
    token_type: &'static str,
    expires_in: u32,
    refresh_token: String,
    scope: &'static str,
}

/// A fresh secret: `prefix` and 256 random bits.
pub fn secret(prefix: &str) -> Result<String> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// A fresh identifier, opaque to callers: 24 letters and digits after a `c`.
pub fn identifier() -> Result<String> {
    const DIGITS: u128 = 24;
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    let mut rest = u128::from_le_bytes(bytes);
    let mut id = String::from("c");
    for _ in 0..DIGITS {
        let digit = u32::try_from(rest % 36).unwrap_or_default();
        id.extend(char::from_digit(digit, 36));
        rest /= 36;
    }
    Ok(id)
}

/// The address of a fresh wallet: `0x` and 40 hexadecimal digits.
pub fn wallet() -> Result<String> {
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(format!("0x{}", hex(&bytes)))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How secrets and tokens are kept. They are random and long, so a plain hash cannot be searched backwards.
pub fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret))
}

/// A new pair of tokens for `agent`; only their hashes stay here.
pub fn issue(tx: &Transaction, agent: i64, now: Millis, ttl_seconds: u32) -> Result<Tokens> {
    tx.prepare_cached("DELETE FROM tokens WHERE expires_at < ?1")?.execute([now - STALE_KEPT])?;
    let tokens = Tokens {
        access_token: secret("iat_")?,
        token_type: "Bearer",
        expires_in: ttl_seconds,
        refresh_token: secret("iar_")?,
        scope: "read write",
    };
    let mut insert = tx.prepare_cached(
        "INSERT INTO tokens (hash, kind, agent, expires_at) VALUES (?1, ?2, ?3, ?4)",
    )?;
    insert.execute(params![
        hash(&tokens.access_token),
        "access",
        agent,
        now + Millis::from(ttl_seconds) * 1000
    ])?;
    insert.execute(params![hash(&tokens.refresh_token), "refresh", agent, now + REFRESH_TTL])?;
    Ok(tokens)
}

/// Who makes a request. Found once, before the limits are counted; handlers take `SignedIn` or `Option<SignedIn>`.
#[derive(Clone)]
pub enum Caller {
    Anonymous,
    Agent(i64),
    /// A token was sent and is no good.
    Refused(TokenFault),
}

#[derive(Clone, Copy)]
pub enum TokenFault {
    Malformed,
    Unknown,
    Expired,
}

/// The token in the `Authorization` header, if there is such a header.
pub fn bearer(headers: &HeaderMap) -> Option<std::result::Result<String, TokenFault>> {
    let value = headers.get(header::AUTHORIZATION)?;
    let token = value
        .to_str()
        .ok()
        .and_then(|text| text.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim().to_owned());
    Some(token.filter(|token| !token.is_empty()).ok_or(TokenFault::Malformed))
}

/// Whose access token this is.
pub fn whose(connection: &Connection, token: &str, now: Millis) -> Result<Caller> {
    let found: Option<(i64, Millis)> = connection
        .prepare_cached("SELECT agent, expires_at FROM tokens WHERE hash = ?1 AND kind = 'access'")?
        .query_row([hash(token)], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(match found {
        None => Caller::Refused(TokenFault::Unknown),
        Some((_, expires_at)) if expires_at <= now => Caller::Refused(TokenFault::Expired),
        Some((agent, _)) => Caller::Agent(agent),
    })
}

impl From<TokenFault> for Error {
    fn from(fault: TokenFault) -> Self {
        let message = match fault {
            TokenFault::Malformed => "The Authorization header must read `Bearer iat_…`.",
            TokenFault::Unknown => {
                "The access token is not known here. Get one at POST /api/auth/token."
            }
            TokenFault::Expired => {
                "The access token has expired. Renew it at POST /api/auth/token with your refresh token."
            }
        };
        Self::unauthorized("invalid_token", message)
    }
}

/// The agent that makes the call.
#[derive(Clone, Copy)]
pub struct SignedIn(pub i64);

impl<S: Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        caller(parts)?.ok_or_else(|| {
            let message = "This call needs an access token: send `Authorization: Bearer iat_…`. \
                Get one at POST /api/auth/token.";
            Error::unauthorized("unauthorized", message)
        })
    }
}

/// Where signing in is optional, no token is fine; a bad one is refused all the same, so that its bearer renews it.
impl<S: Sync> OptionalFromRequestParts<S> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>> {
        caller(parts)
    }
}

fn caller(parts: &Parts) -> Result<Option<SignedIn>> {
    match parts.extensions.get::<Caller>() {
        Some(Caller::Agent(agent)) => Ok(Some(SignedIn(*agent))),
        Some(Caller::Refused(fault)) => Err(Error::from(*fault)),
        Some(Caller::Anonymous) | None => Ok(None),
    }
}
