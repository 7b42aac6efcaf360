//! Tokens: when they are good, how to get new ones, how they are kept. Nothing here sends.

use std::fmt;
use std::rc::Rc;

use crate::api::auth::specs;
use crate::event::How;
use crate::figures;
use crate::host::{Cause, Local};
use crate::operation::Spec;
use crate::text::concat;
use crate::value::{Kind, Text, Value};

/// A token this close to its end is renewed first: the call has yet to travel. Of a short life it
/// takes half at the most.
const MARGIN_MS: f64 = 60_000.0;

const HOUR_MS: f64 = 3_600_000.0;

/// What a token's life is taken for at the least, and at the most: a year.
const LEAST_LIFE_MS: f64 = 10_000.0;
const LONGEST_LIFE_MS: f64 = 365.0 * 24.0 * HOUR_MS;

/// How far the clocks may be apart without anybody minding: `Date` knows whole seconds.
const SKEW_MS: f64 = 2_000.0;

/// How many token calls in a row may have been of no use before no more is made for a while.
const FRUITLESS: usize = 2;

/// How long such a call is held against the next.
const COOLDOWN_MS: f64 = 60_000.0;

/// What gives the access tokens of a caller's own: the page's backend, say.
pub type TokenSource = Rc<dyn Fn() -> Local<'static, Result<String, Cause>>>;

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
    /// A function that gives one, and another one when the service refuses it.
    Source(TokenSource),
}

/// The tokens of a session.
#[derive(Clone, PartialEq)]
pub struct Tokens {
    pub access: String,
    pub refresh: Option<String>,
    /// When the access token ends, in milliseconds since 1970 by the service's clock.
    pub expires_at: f64,
    /// When it is to be renewed.
    pub renew_at: f64,
}

/// What a call does about its token.
#[derive(Debug, PartialEq)]
pub enum Need {
    /// Send this one.
    Use(Tokens),
    /// Get a new one first.
    Renew,
}

/// A way to get new tokens from the service.
#[derive(PartialEq)]
pub enum Grant {
    RefreshToken(String),
    ClientCredentials { id: String, secret: String },
}

/// What a session learns from its token calls.
#[derive(Debug, Default)]
pub struct Course {
    /// What the service's clock shows beyond the monotonic one, in milliseconds, once that is known.
    ahead: Option<f64>,
    knows_clock: bool,
    /// When the last token calls were made that were of no use.
    fruitless: Vec<f64>,
    /// Until when the service wants no token call.
    paused_until: f64,
    /// When the tokens held were got, as long as no call succeeded with them.
    unproven: Option<f64>,
}

impl Course {
    /// The time by the service's clock, when the monotonic clock and the wall clock show this. Once it
    /// is known, steps of the wall clock do not change it.
    pub fn service_time(&self, monotonic: f64, wall: f64) -> f64 {
        self.ahead.map_or(wall, |ahead| monotonic + ahead)
    }

    /// Whether an answer has told the time of the service.
    pub fn knows_clock(&self) -> bool {
        self.knows_clock
    }

    /// Learns the service's clock from an answer that came at this time; by the wall clock where the
    /// answer does not tell.
    pub fn set_clock(&mut self, service_time: Option<f64>, monotonic: f64, wall: f64) {
        self.knows_clock |= service_time.is_some();
        let told = service_time.filter(|at| (at - wall).abs() > SKEW_MS);
        self.ahead = Some(told.unwrap_or(wall) - monotonic);
    }

    /// A token call was made: whether it is of use shows when a call succeeds.
    pub fn granted(&mut self, now: f64) {
        self.unproven = Some(now);
    }

    /// A token call failed; the service may have said until when to leave it.
    pub fn failed(&mut self, now: f64, until: Option<f64>) {
        self.paused_until = self.paused_until.max(until.unwrap_or_default());
        self.fruitless.retain(|at| now < at + COOLDOWN_MS);
        self.fruitless.push(now);
    }

    /// A call was refused with a token that is still held.
    pub fn refused(&mut self) {
        if let Some(at) = self.unproven.take() {
            self.failed(at, None);
        }
    }

    /// A call succeeded with its token.
    pub fn proved(&mut self) {
        self.fruitless.clear();
        self.unproven = None;
    }

    /// How long to wait before the next token call, in milliseconds; `None` for not at all.
    pub fn cooldown(&self, now: f64) -> Option<f64> {
        let mut recent = self.fruitless.iter().rev().filter(|at| now < **at + COOLDOWN_MS);
        let cooled = recent.nth(FRUITLESS - 1).map_or(0.0, |at| at + COOLDOWN_MS);
        let wait = cooled.max(self.paused_until) - now;
        (wait > 0.0).then_some(wait)
    }
}

/// Whether a header can carry a token: visible ASCII, and no line break to begin another header.
pub fn is_bearer(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic())
}

/// Whether `held` will do, when the service refused `refused`.
pub fn need(held: Option<&Tokens>, refused: Option<&str>, now: f64) -> Need {
    match held {
        Some(tokens) if now < tokens.renew_at && refused != Some(&tokens.access) => {
            Need::Use(tokens.clone())
        }
        _ => Need::Renew,
    }
}

/// The ways to new tokens, best first. Those who work `alone`, and cannot agree on who renews, must
/// not send one refresh token all at once: a service that takes it for stolen ends the session. With
/// a secret they have no need to.
pub fn grants(credentials: &Credentials, held: Option<&Tokens>, alone: bool) -> Vec<Grant> {
    match (refresh_grant(held), client_grant(credentials)) {
        (Some(refresh), Some(client)) if !alone => vec![refresh, client],
        (_, Some(client)) => vec![client],
        (Some(refresh), None) => vec![refresh],
        (None, None) => Vec::new(),
    }
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
    /// What it is told as.
    pub fn how(&self) -> How {
        match self {
            Grant::RefreshToken(_) => How::RefreshToken,
            Grant::ClientCredentials { .. } => How::ClientCredentials,
        }
    }

    /// The operation that asks for it.
    pub(crate) fn spec(&self) -> &'static Spec {
        match self {
            Grant::RefreshToken(_) => &specs::refresh,
            Grant::ClientCredentials { .. } => &specs::token,
        }
    }

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
                Some(concat(&["imagineanything:", base_url, ":", id]))
            }
            Credentials::None | Credentials::Token(_) | Credentials::Source(_) => None,
        }
    }

    /// Whose calls the service counts; `None` when the client cannot tell.
    pub fn owner(&self) -> Option<&str> {
        match self {
            Credentials::Client { id, .. } | Credentials::Stored { id } => Some(id),
            Credentials::Token(token) => Some(token),
            Credentials::None => Some(""),
            Credentials::Source(_) => None,
        }
    }
}

impl Tokens {
    /// A token that lives until the service refuses it.
    pub fn without_end(access: String) -> Tokens {
        Tokens { access, refresh: None, expires_at: f64::INFINITY, renew_at: f64::INFINITY }
    }

    /// The tokens of an answer to `POST /api/auth/token`; a refresh token that it does not
    /// renew stays. **Assumption:** a token whose life is not told lives for an hour; one of less than
    /// 10 seconds (0, a negative number) is used for 10 seconds, or until the service refuses it, so
    /// that renewing stays below the limit of token calls.
    pub fn from_answer(answer: &Value, held: Option<&Tokens>, now: f64) -> Option<Tokens> {
        let told = answer.get("expires_in").and_then(|told| match told.kind() {
            Kind::Number => told.number(),
            _ => figures::of(&told),
        });
        let lifetime_ms = told.filter(|told| told.is_finite()).map_or(HOUR_MS, |s| s * 1000.0);
        let lifetime_ms = lifetime_ms.max(LEAST_LIFE_MS);
        // Not by `clamp`: it would bring along 15 kB to write what it refuses.
        let lifetime_ms = if lifetime_ms < LONGEST_LIFE_MS { lifetime_ms } else { LONGEST_LIFE_MS };
        let expires_at = now + lifetime_ms;
        Some(Tokens {
            access: answer.get_text("access_token").filter(|token| is_bearer(token))?,
            refresh: answer
                .get_text("refresh_token")
                .or_else(|| held.and_then(|tokens| tokens.refresh.clone())),
            expires_at,
            renew_at: expires_at - MARGIN_MS.min(lifetime_ms / 2.0),
        })
    }

    /// The tokens that a storage kept. `None` for anything else that lies there.
    pub fn from_stored(text: &Text) -> Option<Tokens> {
        let record = text.parse()?;
        let expires_at = record.get_number("expiresAt")?;
        Some(Tokens {
            access: record.get_text("accessToken").filter(|token| is_bearer(token))?,
            refresh: record.get_text("refreshToken"),
            expires_at,
            renew_at: record.get_number("renewAt").unwrap_or(expires_at - MARGIN_MS),
        })
    }

    /// The record that a storage keeps.
    pub fn to_stored(&self) -> Option<Text> {
        let record = Value::object(&[
            ("accessToken", self.access.as_str().into()),
            ("expiresAt", self.expires_at.into()),
            ("renewAt", self.renew_at.into()),
        ]);
        match &self.refresh {
            Some(token) => record.with("refreshToken", token.as_str().into()),
            None => record,
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
            Credentials::Source(_) => "Source(..)",
        })
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn who_works_alone_sends_no_refresh_token_where_there_is_a_secret() {
        let tokens =
            Tokens { refresh: Some("iar_1".into()), ..Tokens::without_end("iat_1".into()) };
        let secret = Credentials::Client { id: "id".into(), secret: "hush".into() };
        let stored = Credentials::Stored { id: "id".into() };
        let how = |credentials, alone| {
            let grants = grants(credentials, Some(&tokens), alone);
            grants.iter().map(Grant::how).collect::<Vec<_>>()
        };
        assert_eq!(how(&secret, false), [How::RefreshToken, How::ClientCredentials]);
        assert_eq!(how(&secret, true), [How::ClientCredentials]);
        assert_eq!(how(&stored, true), [How::RefreshToken]);
    }
}
