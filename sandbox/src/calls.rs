//! What was called: the last calls to the API, and how often each endpoint was. Neither headers nor bodies are kept, so
//! that no secret is.

use std::collections::{HashMap, VecDeque};
use std::fmt::{self, Display, Formatter};
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::{Method, Uri};

use crate::clock::Millis;
use crate::page::{Paging, Row};

/// How many calls are remembered.
const KEPT: usize = 1000;

/// Longer paths and queries are cut off here.
const MAX_CHARS: usize = 500;

#[derive(Default)]
pub struct Calls(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    last: VecDeque<Row<Call>>,
    made: i64,
    tallies: HashMap<(Method, String), Tally>,
}

/// One call.
#[derive(Clone)]
pub struct Call {
    pub at: Millis,
    pub method: Method,
    pub path: String,
    pub query: Option<String>,
    /// `None` when the connection was cut instead of answering.
    pub status: Option<u16>,
    pub agent: Option<i64>,
    pub millis: u64,
    pub request_id: String,
    /// The faults that struck it.
    pub faults: Vec<&'static str>,
}

/// The line in the log.
impl Display for Call {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        write!(formatter, "{} {} ", self.method, self.path)?;
        match self.status {
            Some(status) => write!(formatter, "{status}")?,
            None => formatter.write_str("cut")?,
        }
        write!(formatter, " {} ms {}", self.millis, self.request_id)?;
        self.faults.iter().try_for_each(|fault| write!(formatter, " {fault}"))
    }
}

/// How often an endpoint was called, and how the last call went.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    pub calls: u64,
    pub last_status: Option<u16>,
    pub last_at: Millis,
}

impl Calls {
    /// Remembers a call; `route` is the endpoint that answered it, if one did.
    pub fn note(&self, call: Call, route: Option<String>) {
        let mut kept = self.lock();
        if let Some(route) = route {
            let method =
                if call.method == Method::HEAD { Method::GET } else { call.method.clone() };
            let tally = kept.tallies.entry((method, route)).or_default();
            *tally = Tally { calls: tally.calls + 1, last_status: call.status, last_at: call.at };
        }
        if kept.last.len() == KEPT {
            kept.last.pop_front();
        }
        kept.made += 1;
        let seq = kept.made;
        kept.last.push_back(Row { seq, item: call });
    }

    pub fn tally(&self, method: &Method, route: &str) -> Tally {
        let key = (method.clone(), route.to_owned());
        self.lock().tallies.get(&key).copied().unwrap_or_default()
    }

    /// Newest first.
    pub fn list(&self, page: &Paging) -> Vec<Row<Call>> {
        let take = usize::try_from(page.take()).unwrap_or(usize::MAX);
        let kept = self.lock();
        let below = kept.last.iter().rev().filter(|call| call.seq < page.below());
        below.take(take).map(|row| Row { seq: row.seq, item: row.item.clone() }).collect()
    }

    pub fn forget(&self) {
        *self.lock() = Kept::default();
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The path of a call and its query, as far as they are kept.
pub fn address(uri: &Uri) -> (String, Option<String>) {
    let start = |text: &str| text.chars().take(MAX_CHARS).collect();
    (start(uri.path()), uri.query().map(|query| start(&without_secrets(query))))
}

/// Secrets have no business in a query; where somebody puts one all the same, it is not written down.
fn without_secrets(query: &str) -> String {
    let telling = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["token", "secret", "key", "password", "authorization"]
            .iter()
            .any(|word| name.contains(word))
    };
    let parts = query.split('&').map(|part| match part.split_once('=') {
        Some((name, _)) if telling(name) => format!("{name}=***"),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_a_query_are_not_kept() {
        let query = "limit=5&access_token=iat_1&clientSecret=x&apiKey=sk-1&q=monkeys&odd";
        assert_eq!(
            without_secrets(query),
            "limit=5&access_token=***&clientSecret=***&apiKey=***&q=monkeys&odd"
        );
    }

    #[test]
    fn long_addresses_are_cut_off() {
        let uri: Uri = format!("/api/{}?q={}", "x".repeat(5000), "y".repeat(5000)).parse().unwrap();
        let (path, query) = address(&uri);
        assert_eq!((path.len(), query.unwrap().len()), (MAX_CHARS, MAX_CHARS));
    }
}
