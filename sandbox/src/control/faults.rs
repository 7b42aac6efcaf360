//! Rules that make calls go wrong: which calls they strike, how often, and what then happens.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderName, HeaderValue, Method};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::input;
use crate::limits::Class;

const MAX_RULES: usize = 100;
const MAX_LATENCY_MS: u64 = 600_000;

/// What of a rule says whom it strikes; the rest says how.
const AIM: [&str; 6] = ["method", "path", "class", "times", "probability", "seed"];

/// What goes wrong.
#[derive(Deserialize, Clone, Debug, PartialEq)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Kind {
    /// The answer comes late.
    Latency { ms: u64 },
    /// Another answer comes, and nothing is done.
    Status {
        status: u16,
        /// Text goes out as it is, anything else as JSON; without it, the documented error.
        #[serde(default)]
        body: Option<Value>,
        #[serde(default)]
        headers: BTreeMap<String, String>,
    },
    /// The connection is reset; nothing was done.
    DropBeforeCommit {},
    /// The connection is reset; all was done.
    DropAfterCommit {},
    /// Half of the body comes, then the end of the connection.
    TruncatedBody {},
    /// Half of the body comes, then nothing more; the connection stays.
    StalledBody {},
    /// A page of HTML comes instead of the body, under the same status and content type.
    NotJson {},
    /// The right body comes under another content type.
    WrongContentType {
        #[serde(default = "html")]
        content_type: String,
    },
    /// The answer says nothing of rate limits, as browsers see it when these headers are not exposed.
    HiddenRateLimits {},
}

fn html() -> String {
    "text/html".to_owned()
}

impl Kind {
    /// As it stands in a rule.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Latency { .. } => "latency",
            Self::Status { .. } => "status",
            Self::DropBeforeCommit {} => "dropBeforeCommit",
            Self::DropAfterCommit {} => "dropAfterCommit",
            Self::TruncatedBody {} => "truncatedBody",
            Self::StalledBody {} => "stalledBody",
            Self::NotJson {} => "notJson",
            Self::WrongContentType { .. } => "wrongContentType",
            Self::HiddenRateLimits {} => "hiddenRateLimits",
        }
    }

    fn check(&self) -> Result<()> {
        match self {
            Self::Latency { ms } if *ms > MAX_LATENCY_MS => {
                Err(Error::invalid(format!("`ms` must be at most {MAX_LATENCY_MS}.")))
            }
            Self::Status { status, .. } if !(200..600).contains(status) => {
                Err(Error::invalid("`status` must be a final one, from 200 to 599."))
            }
            Self::Status { headers, .. } => {
                headers.iter().try_for_each(|(name, value)| header(name, value).map(|_| ()))
            }
            Self::WrongContentType { content_type } => {
                header("content-type", content_type).map(|_| ())
            }
            _ => Ok(()),
        }
    }
}

/// A kind from the fields that describe it.
fn kind(mut fields: Map<String, Value>) -> Result<Kind> {
    let Some(Value::String(name)) = fields.remove("kind") else {
        return Err(Error::invalid("`kind` must say what goes wrong, like \"latency\"."));
    };
    input::from_object(Map::from_iter([(name, Value::Object(fields))]))
}

/// A header of a rule.
pub fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue)> {
    match (name.parse(), value.parse()) {
        (Ok(name), Ok(value)) => Ok((name, value)),
        _ => Err(Error::invalid(format!("`{name}: {value}` cannot be a header."))),
    }
}

/// Whom a rule strikes: every call that has all of what it names.
#[derive(Serialize, Deserialize, Debug)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Aim {
    method: Option<String>,
    /// `*` and `{anything}` stand for one segment, `**` at the end for all that follow.
    path: Option<String>,
    class: Option<Class>,
    /// How many calls it strikes; without it, all.
    times: Option<u32>,
    /// How likely it strikes a call; without it, always.
    probability: Option<f64>,
    /// Where the rule's own dice start: the same seed strikes the same calls.
    #[serde(default)]
    seed: u64,
}

impl Aim {
    fn check(&self) -> Result<()> {
        if self.method.as_ref().is_some_and(|method| !KNOWN_METHODS.contains(&method.as_str())) {
            return Err(Error::invalid("`method` must be GET, POST, PUT, PATCH or DELETE."));
        }
        if self.path.as_ref().is_some_and(|path| !path.starts_with("/api/")) {
            return Err(Error::invalid("`path` must start with /api/: nothing else is struck."));
        }
        if self.times == Some(0) {
            return Err(Error::invalid("`times` must be at least 1."));
        }
        if self.probability.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            return Err(Error::invalid("`probability` must be from 0 to 1."));
        }
        Ok(())
    }

    fn names(&self, method: &Method, path: &str) -> bool {
        self.method.as_deref().is_none_or(|named| method.as_str() == named)
            && self.path.as_deref().is_none_or(|pattern| fits(pattern, path))
            && self.class.is_none_or(|class| class == Class::of(method, path))
    }
}

const KNOWN_METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Whether a path is one that the pattern stands for.
fn fits(pattern: &str, path: &str) -> bool {
    let mut segments = path.split('/');
    for wanted in pattern.split('/') {
        if wanted == "**" {
            return true;
        }
        let any = wanted == "*" || (wanted.starts_with('{') && wanted.ends_with('}'));
        match segments.next() {
            Some(segment) if any && !segment.is_empty() => {}
            Some(segment) if segment == wanted => {}
            _ => return false,
        }
    }
    segments.next().is_none()
}

/// One rule and what became of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    id: String,
    #[serde(flatten)]
    aim: Aim,
    /// The kind and what belongs to it, as asked for.
    #[serde(flatten)]
    how: Map<String, Value>,
    #[serde(skip)]
    kind: Kind,
    /// How many calls it has struck.
    hits: u32,
    #[serde(skip)]
    dice: Dice,
}

impl Rule {
    fn strikes(&mut self, method: &Method, path: &str) -> bool {
        let spent = self.aim.times.is_some_and(|times| self.hits >= times);
        if spent || !self.aim.names(method, path) {
            return false;
        }
        let struck = self.aim.probability.is_none_or(|share| self.dice.roll() < share);
        self.hits += u32::from(struck);
        struck
    }
}

/// The rules there are, in the order of adding.
#[derive(Default)]
pub struct Faults(Mutex<Rules>);

#[derive(Default)]
struct Rules {
    rules: Vec<Rule>,
    made: u64,
}

impl Faults {
    /// Adds the rule that `asked` describes, and gives it as it is listed.
    pub fn add(&self, asked: Map<String, Value>) -> Result<Value> {
        let (aim, how): (Map<_, _>, Map<_, _>) =
            asked.into_iter().partition(|(name, _)| AIM.contains(&name.as_str()));
        let (aim, kind): (Aim, Kind) = (input::from_object(aim)?, kind(how.clone())?);
        aim.check()?;
        kind.check()?;
        let mut kept = self.lock();
        if kept.rules.len() == MAX_RULES {
            return Err(Error::conflict(format!(
                "There are {MAX_RULES} rules already; delete some."
            )));
        }
        kept.made += 1;
        let dice = Dice(aim.seed);
        let rule = Rule { id: format!("fault_{}", kept.made), aim, how, kind, hits: 0, dice };
        let shown = serde_json::to_value(&rule).map_err(Error::internal)?;
        kept.rules.push(rule);
        Ok(shown)
    }

    pub fn list(&self) -> Result<Value> {
        serde_json::to_value(&self.lock().rules).map_err(Error::internal)
    }

    pub fn delete(&self, id: &str) -> Result<()> {
        let mut kept = self.lock();
        let before = kept.rules.len();
        kept.rules.retain(|rule| rule.id != id);
        if kept.rules.len() == before {
            return Err(Error::not_found(format!("There is no fault with the id `{id}`.")));
        }
        Ok(())
    }

    pub fn clear(&self) {
        self.lock().rules.clear();
    }

    /// What strikes this call: of every rule that names it, in the order of the rules.
    pub fn strike(&self, method: &Method, path: &str) -> Vec<Kind> {
        let mut kept = self.lock();
        let struck = kept
            .rules
            .iter_mut()
            .filter_map(|rule| rule.strikes(method, path).then(|| rule.kind.clone()));
        struck.collect()
    }

    fn lock(&self) -> MutexGuard<'_, Rules> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// SplitMix64: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    /// From 0 to just below 1.
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_stand_for_paths() {
        for (pattern, path, fit) in [
            ("/api/posts", "/api/posts", true),
            ("/api/posts", "/api/posts/1", false),
            ("/api/posts/*", "/api/posts/1", true),
            ("/api/posts/*", "/api/posts/", false),
            ("/api/posts/*", "/api/posts/1/like", false),
            ("/api/posts/{postId}/like", "/api/posts/1/like", true),
            ("/api/posts/{postId}/like", "/api/posts/1/likes", false),
            ("/api/**", "/api/posts/1/like", true),
            ("/api/posts/**", "/api/feed", false),
        ] {
            assert_eq!(fits(pattern, path), fit, "{pattern} {path}");
        }
    }

    #[test]
    fn the_same_seed_strikes_the_same_calls() {
        let run = |seed: u64| {
            let faults = Faults::default();
            let rule = serde_json::json!({ "kind": "notJson", "probability": 0.3, "seed": seed });
            faults.add(rule.as_object().unwrap().clone()).unwrap();
            let calls = (0..1000).map(|_| !faults.strike(&Method::GET, "/api/posts").is_empty());
            calls.collect::<Vec<bool>>()
        };
        let struck = run(7);
        assert_eq!(struck, run(7));
        assert_ne!(struck, run(8));
        let share = struck.iter().filter(|struck| **struck).count();
        assert!((250..350).contains(&share), "{share} of 1000");
    }
}
