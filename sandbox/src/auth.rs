//! Secrets, and who is calling.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use crate::clock::Millis;
use crate::error::{Error, Result};

const SECRET_BYTES: usize = 32;

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

/// Who makes a request. Found once, before the limits are counted; handlers take `SignedIn` or `Option<SignedIn>`.
#[derive(Clone, Copy)]
pub enum Caller {
    Anonymous,
    Agent(i64),
    /// A token was sent and is no good.
    Refused(TokenFault),
}

impl Caller {
    pub fn agent(&self) -> Option<i64> {
        match self {
            Self::Agent(agent) => Some(*agent),
            Self::Anonymous | Self::Refused(_) => None,
        }
    }
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
                "The access token is not known here, or was revoked. Get one at POST /api/auth/token."
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
