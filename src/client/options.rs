//! What a client is set to, and what one call is given besides.

use crate::error::Issue;
use crate::host::{Listener, Signal};
use crate::rules::Unit;
use crate::session::{Credentials, is_bearer};
use crate::text::concat;

/// The live service.
pub const BASE_URL: &str = "https://imagineanything.com";

/// How long a call may take by default, in milliseconds, besides what it waits for its limit.
pub(super) const TIMEOUT_MS: f64 = 30_000.0;

/// What a client is made of, besides its host.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the service is. Https, or http to this machine. Default: [`BASE_URL`].
    pub base_url: String,
    /// Default: none, for what everybody may read.
    pub credentials: Credentials,
    /// What counts as a character where a text is limited.
    pub unit: Unit,
    /// How long a call may take in all, in milliseconds. Default: 30 seconds, besides what it
    /// waits for its limit.
    pub timeout_ms: Option<f64>,
    /// How often a call that failed is made again, if that does no harm. Default: 2.
    pub max_retries: u32,
    /// How long a call may wait for its limit, in milliseconds. Default: a minute and a half, which
    /// is a window and the answers that came late in it.
    pub max_wait_ms: f64,
    /// What to do when a limit is used up. Default: wait.
    pub on_limit: OnLimit,
    /// What the client may do. Default: everything.
    pub access: Access,
    /// Whether calls are told instead of sent. Default: no.
    pub dry_run: bool,
    /// Whether a client secret in a page, where anybody can read it, is warned of. Default: yes.
    pub warns_of_secret: bool,
}

/// What a call does when its limit is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnLimit {
    /// It waits until there is room.
    #[default]
    Wait,
    /// It fails with `rate_limited` at once.
    Throw,
    /// It is sent: the service is to say whether there is room. For one that has other limits.
    Ignore,
}

/// What a client may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    #[default]
    ReadAndWrite,
    /// Every write is refused before it is sent.
    ReadOnly,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            base_url: BASE_URL.into(),
            credentials: Credentials::None,
            unit: Unit::default(),
            timeout_ms: None,
            max_retries: 2,
            max_wait_ms: 90_000.0,
            on_limit: OnLimit::default(),
            access: Access::default(),
            dry_run: false,
            warns_of_secret: true,
        }
    }
}

impl Options {
    /// The live service, with the client credentials that registration gave.
    pub fn client(id: impl Into<String>, secret: impl Into<String>) -> Options {
        let credentials = Credentials::Client { id: id.into(), secret: secret.into() };
        Options { credentials, ..Options::default() }
    }
}

/// What calls are given besides their arguments.
#[derive(Clone, Default)]
pub struct CallOptions {
    /// Ends the call.
    pub signal: Option<Signal>,
    /// More headers, by their names in lower case. `authorization`, and what describes the body or
    /// the connection (`content-type`, `host` and the like), are the client's own.
    pub headers: Vec<(String, String)>,
    /// Sent as `Idempotency-Key` with each attempt. Whether the service heeds it is not known: what
    /// may be made again does not depend on it.
    pub idempotency_key: Option<String>,
    /// How long the call may take in all, in milliseconds, instead of the client's own.
    pub timeout_ms: Option<f64>,
    /// How often it is made again, instead of the client's own.
    pub max_retries: Option<u32>,
    /// Whether it is told instead of sent: [`perform`](crate::Client::perform) gives the request.
    pub dry_run: bool,
    /// Is told how much of a file that is uploaded has left, from 0 on again when the call is
    /// repeated.
    pub listener: Option<Listener>,
    /// How long to wait for a video that was uploaded until it can be posted, in milliseconds.
    /// Default: not at all; for a video that is uploaded for a post, five minutes.
    pub until_ready_ms: Option<f64>,
}

impl CallOptions {
    /// What is wrong with them.
    pub(super) fn check(&self) -> Vec<Issue> {
        let mut issues = Vec::new();
        for (name, value) in &self.headers {
            let path = concat(&["headers.", name]);
            if let Some(why) = reserved(name) {
                issues.push(Issue::new(&path, why, "one"));
            }
            if !is_header_name(name) {
                let expected = "a name of letters in lower case, digits and hyphens";
                issues.push(Issue::new("headers", expected, &Issue::quote(name)));
            }
            if !value.bytes().all(|b| b == b' ' || b.is_ascii_graphic()) {
                issues.push(Issue::new(&path, "visible ASCII", "something else"));
            }
        }
        if self.idempotency_key.as_deref().is_some_and(|key| !is_bearer(key)) {
            issues.push(Issue::new("idempotency_key", "visible ASCII", "something else"));
        }
        for (name, ms) in [("timeout_ms", self.timeout_ms), ("until_ready_ms", self.until_ready_ms)]
        {
            if ms.is_some_and(|ms| !(ms >= 1.0 && ms.is_finite())) {
                issues.push(Issue::new(name, "a number of at least 1", "another one"));
            }
        }
        issues
    }
}

/// Why callers may not set a header: what is expected instead.
pub(crate) fn reserved(name: &str) -> Option<&'static str> {
    match name {
        "authorization" => Some("none: connect with a token"),
        // They describe the body or the connection, which the client and the platform make.
        "content-type" | "content-length" | "content-encoding" | "content-range"
        | "transfer-encoding" | "host" | "connection" | "keep-alive" | "expect" | "te"
        | "trailer" | "upgrade" => Some("none: the client sets it"),
        _ => None,
    }
}

fn is_header_name(name: &str) -> bool {
    let in_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b);
    !name.is_empty() && name.bytes().all(in_name)
}
