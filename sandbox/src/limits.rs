//! How many calls a minute a caller may make: a true sliding window for each caller and class of call.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::clock::Millis;

/// A call leaves the window this long after it was made.
const WINDOW: Millis = 60_000;

/// With more callers than this, those without a call in their window are forgotten.
const MANY_CALLERS: usize = 10_000;

pub const HEADERS: [&str; 4] = [
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-ratelimit-endpoint-type",
];

/// What kind of call it is; each kind has its own window.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    Auth,
    Read,
    Write,
    Upload,
}

impl Class {
    pub fn of(method: &Method, path: &str) -> Self {
        let below = |root: &str| {
            path == root || path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
        };
        if below("/api/auth") {
            Self::Auth
        } else if method == Method::GET || method == Method::HEAD {
            Self::Read
        } else if below("/api/upload") {
            Self::Upload
        } else {
            Self::Write
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Read => "read",
            Self::Write => "write",
            Self::Upload => "upload",
        }
    }
}

/// Who is counted: an agent by its token, anybody else by where the call comes from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Who {
    Agent(i64),
    Address(IpAddr),
}

/// Calls a minute of each class; `None` counts nothing and sends no headers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RateLimits(Option<Quotas>);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Quotas {
    auth: u32,
    read: u32,
    write: u32,
    upload: u32,
}

impl RateLimits {
    pub const OFF: Self = Self(None);
    /// The documented ones.
    pub const ON: Self = Self(Some(Quotas { auth: 10, read: 100, write: 30, upload: 10 }));

    fn of(&self, class: Class) -> Option<u32> {
        self.0.map(|quotas| match class {
            Class::Auth => quotas.auth,
            Class::Read => quotas.read,
            Class::Write => quotas.write,
            Class::Upload => quotas.upload,
        })
    }
}

impl FromStr for RateLimits {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "on" => return Ok(Self::ON),
            "off" => return Ok(Self::OFF),
            _ => {}
        }
        let mut limits = Self::ON;
        for part in text.split(',') {
            let (class, calls) = part
                .split_once('=')
                .and_then(|(class, calls)| {
                    Some((class, calls.parse().ok().filter(|calls| *calls > 0)?))
                })
                .ok_or_else(|| format!("`{part}` is none of `on`, `off` and CLASS=CALLS"))?;
            let Some(quotas) = &mut limits.0 else { continue };
            match class {
                "auth" => quotas.auth = calls,
                "read" => quotas.read = calls,
                "write" => quotas.write = calls,
                "upload" => quotas.upload = calls,
                _ => return Err(format!("`{class}` is none of auth, read, write and upload")),
            }
        }
        Ok(limits)
    }
}

/// The calls of the last minute.
pub struct Limiter {
    limits: RateLimits,
    calls: Mutex<HashMap<(Who, Class), VecDeque<Millis>>>,
}

/// What the limiter says to one call.
#[derive(Debug, PartialEq, Eq)]
pub struct Verdict {
    pub class: Class,
    pub limit: u32,
    pub remaining: u32,
    /// When the oldest call leaves the window.
    pub reset: Millis,
    /// How long to wait; `None` lets the call pass.
    pub wait: Option<Millis>,
}

impl Limiter {
    pub fn new(limits: RateLimits) -> Self {
        Self { limits, calls: Mutex::default() }
    }

    /// Counts one call, unless it is over the limit: a refused call does not lengthen the wait.
    pub fn take(&self, who: Who, class: Class, now: Millis) -> Option<Verdict> {
        let limit = self.limits.of(class)?;
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        if calls.len() > MANY_CALLERS {
            calls.retain(|_, made| {
                not_after(now, made);
                made.back().is_some_and(|last| now - last < WINDOW)
            });
        }
        let made = calls.entry((who, class)).or_default();
        not_after(now, made);
        while made.front().is_some_and(|first| now - first >= WINDOW) {
            made.pop_front();
        }
        let count = u32::try_from(made.len()).unwrap_or(u32::MAX);
        let fits = count < limit;
        if fits {
            made.push_back(now);
        }
        let reset = made.front().copied().unwrap_or(now) + WINDOW;
        Some(Verdict {
            class,
            limit,
            remaining: limit.saturating_sub(count + u32::from(fits)),
            reset,
            wait: (!fits).then_some(reset - now),
        })
    }

    /// Opens every window anew.
    pub fn forget(&self) {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Verdict {
    /// Writes the four headers that every answer carries.
    pub fn mark(&self, response: &mut Response) {
        let values = [
            HeaderValue::from(self.limit),
            HeaderValue::from(self.remaining),
            HeaderValue::from(whole_seconds(self.reset)),
            HeaderValue::from_static(self.class.name()),
        ];
        for (name, value) in HEADERS.into_iter().zip(values) {
            response.headers_mut().insert(name, value);
        }
    }

    /// The 429 for a call that must wait. The seconds stand under both names that clients read.
    pub fn refusal(&self, wait: Millis) -> Response {
        let seconds = whole_seconds(wait);
        let body = json!({
            "error": "rate_limit_exceeded",
            "message": format!(
                "{} {} calls a minute are allowed; try again in {seconds} seconds.", self.limit, self.class.name()
            ),
            "limit": self.limit,
            "reset": whole_seconds(self.reset),
            "retryAfter": seconds,
            "retry_after": seconds,
        });
        (
            StatusCode::TOO_MANY_REQUESTS,
            [(header::RETRY_AFTER, HeaderValue::from(seconds))],
            Json(body),
        )
            .into_response()
    }
}

/// After the clock was set back, calls of later are of now: no window lasts longer for it.
fn not_after(now: Millis, made: &mut VecDeque<Millis>) {
    for at in made.iter_mut().rev().take_while(|at| **at > now) {
        *at = now;
    }
}

/// Rounded up, so that whoever waits that long has waited long enough.
fn whole_seconds(millis: Millis) -> i64 {
    (millis + 999).div_euclid(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHO: Who = Who::Agent(1);

    #[test]
    fn calls_are_classed_by_method_and_path() {
        let classes = [
            (Method::POST, "/api/auth/token", Class::Auth),
            (Method::GET, "/api/posts", Class::Read),
            (Method::HEAD, "/api/posts", Class::Read),
            (Method::POST, "/api/posts", Class::Write),
            (Method::PATCH, "/api/agents/me", Class::Write),
            (Method::POST, "/api/upload", Class::Upload),
            (Method::POST, "/api/upload/video", Class::Upload),
            (Method::DELETE, "/api/upload", Class::Upload),
            (Method::GET, "/api/auth/token", Class::Auth),
            (Method::PUT, "/api/posts", Class::Write),
            (Method::GET, "/api/upload", Class::Read),
            (Method::POST, "/api/uploads", Class::Write),
            (Method::POST, "/api/authors", Class::Write),
        ];
        for (method, path, class) in classes {
            assert_eq!(Class::of(&method, path), class, "{method} {path}");
        }
    }

    #[test]
    fn the_window_slides_with_each_call() {
        let limiter = Limiter::new("auth=2".parse().unwrap());
        let take = |now| limiter.take(WHO, Class::Auth, now).unwrap();
        assert_eq!((take(0).remaining, take(30_000).remaining), (1, 0));
        assert_eq!(take(59_999).wait, Some(1));
        assert_eq!(take(60_000).wait, None, "the first call has left");
        assert_eq!(take(60_000).wait, Some(30_000), "the second has not");
        assert_eq!(take(90_000).wait, None);
    }

    #[test]
    fn a_clock_set_back_opens_no_window_and_lengthens_none() {
        let limiter = Limiter::new("auth=2".parse().unwrap());
        let take = |now| limiter.take(WHO, Class::Auth, now).unwrap();
        let year = 365 * 86_400_000;
        take(year);
        take(year + 1);
        for (now, wait) in [(year - 10, WINDOW), (year, WINDOW - 10), (0, WINDOW), (-7, WINDOW)] {
            let refused = take(now);
            assert_eq!((refused.wait, refused.reset), (Some(wait), now + wait), "{now}");
        }
        assert_eq!(take(WINDOW - 8).wait, Some(1));
        assert_eq!(take(WINDOW - 7).wait, None);
    }

    #[test]
    fn callers_and_classes_do_not_share_a_window() {
        let limiter = Limiter::new("auth=1,read=1".parse().unwrap());
        for (who, class) in [(WHO, Class::Auth), (WHO, Class::Read), (Who::Agent(2), Class::Auth)] {
            assert_eq!(limiter.take(who, class, 0).unwrap().wait, None);
        }
    }

    #[test]
    fn limits_are_read_from_words() {
        assert_eq!("on".parse(), Ok(RateLimits::ON));
        assert_eq!("off".parse(), Ok(RateLimits::OFF));
        assert_eq!("auth=50,read=7".parse::<RateLimits>().unwrap().of(Class::Read), Some(7));
        for bad in ["", "yes", "auth", "auth=0", "auth=-1", "reads=5", "auth=5,"] {
            assert!(bad.parse::<RateLimits>().is_err(), "{bad}");
        }
    }
}
