//! Tokens: when they are good, how to get new ones, how they are kept. Nothing here sends.

use std::fmt;

use crate::value::{Text, Value};

/// A token this close to its end is renewed first: the call has yet to travel.
const MARGIN_MS: f64 = 60_000.0;

/// How a client proves who it is.
#[derive(Clone, Default)]
pub enum Credentials {
    /// It does not: only what everybody may read.
    #[default]
    None,
    /// The client credentials that registration gave. The secret is never stored.
    Client { id: String, secret: String },
    /// A client id alone: goes on with the tokens that the storage holds.
    Stored { id: String },
    /// An access token that somebody else looks after; it is not renewed.
    Token(String),
}

/// The tokens of a session.
#[derive(Clone, PartialEq)]
pub struct Tokens {
    pub access: String,
    pub refresh: Option<String>,
    /// When the access token ends, in milliseconds since 1970.
    pub expires_at: f64,
}

/// What a call does about its token.
#[derive(Debug, PartialEq)]
pub enum Need {
    /// Send this one.
    Use(Tokens),
    /// Get a new one first.
    Renew,
}

/// A way to get new tokens.
#[derive(PartialEq)]
pub enum Grant {
    RefreshToken(String),
    ClientCredentials { id: String, secret: String },
}

/// Whether a header can carry a token: visible ASCII, and no line break to begin another header.
pub fn is_bearer(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic())
}

/// Whether `held` will do, when the service refused `refused`.
pub fn need(held: Option<&Tokens>, refused: Option<&str>, now: f64) -> Need {
    match held {
        Some(tokens) if now + MARGIN_MS < tokens.expires_at && refused != Some(&tokens.access) => {
            Need::Use(tokens.clone())
        }
        _ => Need::Renew,
    }
}

/// The ways to new tokens, best first.
pub fn grants(credentials: &Credentials, held: Option<&Tokens>) -> Vec<Grant> {
    refresh_grant(held).into_iter().chain(client_grant(credentials)).collect()
}

/// The grant by refresh token, if one is held.
pub fn refresh_grant(held: Option<&Tokens>) -> Option<Grant> {
    held.and_then(|tokens| tokens.refresh.clone()).map(Grant::RefreshToken)
}

/// The grant by client credentials, if there are any.
pub fn client_grant(credentials: &Credentials) -> Option<Grant> {
    match credentials {
        Credentials::Client { id, secret } => {
            Some(Grant::ClientCredentials { id: id.clone(), secret: secret.clone() })
        }
        _ => None,
    }
}

impl Grant {
    /// What nobody else may see: the refresh token, or the client secret.
    pub fn secret(&self) -> &str {
        match self {
            Grant::RefreshToken(token) => token,
            Grant::ClientCredentials { secret, .. } => secret,
        }
    }

    /// The body of `POST /api/auth/token`.
    pub fn body(&self) -> Value {
        match self {
            Grant::RefreshToken(token) => Value::object(&[
                ("grant_type", "refresh_token".into()),
                ("refresh_token", token.as_str().into()),
            ]),
            Grant::ClientCredentials { id, secret } => Value::object(&[
                ("grant_type", "client_credentials".into()),
                ("client_id", id.as_str().into()),
                ("client_secret", secret.as_str().into()),
            ]),
        }
    }
}

impl Credentials {
    /// The key that the tokens are stored under; `None` when there is nothing to store.
    pub fn storage_key(&self, base_url: &str) -> Option<String> {
        match self {
            Credentials::Client { id, .. } | Credentials::Stored { id } => {
                Some(format!("imagineanything:{base_url}:{id}"))
            }
            Credentials::None | Credentials::Token(_) => None,
        }
    }
}

impl Tokens {
    /// The tokens of an answer to `POST /api/auth/token`; a refresh token that it does not
    /// renew stays. **Assumption:** a token whose life is not told lives for an hour.
    pub fn from_answer(answer: &Value, held: Option<&Tokens>, now: f64) -> Option<Tokens> {
        let lifetime = answer.get_number("expires_in").unwrap_or(3600.0);
        Some(Tokens {
            access: answer.get_text("access_token").filter(|token| is_bearer(token))?,
            refresh: answer
                .get_text("refresh_token")
                .or_else(|| held.and_then(|tokens| tokens.refresh.clone())),
            expires_at: now + lifetime * 1000.0,
        })
    }

    /// The tokens that a storage kept. `None` for anything else that lies there.
    pub fn from_stored(text: &Text) -> Option<Tokens> {
        let record = text.parse()?;
        Some(Tokens {
            access: record.get_text("accessToken").filter(|token| is_bearer(token))?,
            refresh: record.get_text("refreshToken"),
            expires_at: record.get_number("expiresAt")?,
        })
    }

    /// The record that a storage keeps.
    pub fn to_stored(&self) -> Option<Text> {
        let access = ("accessToken", self.access.as_str().into());
        let expires = ("expiresAt", self.expires_at.into());
        match &self.refresh {
            Some(token) => {
                Value::object(&[access, expires, ("refreshToken", token.as_str().into())])
            }
            None => Value::object(&[access, expires]),
        }
        .to_json()
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Credentials::None => "None",
            Credentials::Client { .. } => "Client { .. }",
            Credentials::Stored { .. } => "Stored { .. }",
            Credentials::Token(_) => "Token(..)",
        })
    }
}
