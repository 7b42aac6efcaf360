//! The one error: what happened, to which operation, and what to do about it.

use std::fmt;

use crate::flow::Receipt;
use crate::host::Cause;
use crate::model::{JobId, MediaId};
use crate::text::{concat, join, length, number};
use crate::value::Value;

/// Why a call failed, as far as a program acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// An argument is wrong: refused here before anything was sent, or by the service.
    InvalidArgument,
    /// No credentials, or the service does not accept them.
    Unauthorized,
    /// Signed in, but not allowed to do this.
    Forbidden,
    NotFound,
    RateLimited,
    /// It clashes with what is there: a handle that is taken.
    Conflict,
    /// The service failed.
    Server,
    /// The service could not be reached, or the connection broke.
    Network,
    /// The caller's signal ended the call.
    Aborted,
    /// The call took longer than it may.
    Timeout,
    /// The answer is not what the service is known to send.
    Decode,
    /// Nobody knows whether the service did it: the answer was lost, or says that the service
    /// failed. Making the call again might do it twice.
    AmbiguousWrite,
    /// The client may only read.
    ReadOnly,
    /// The client itself failed: a fault to be reported.
    Internal,
}

impl ErrorKind {
    /// The kind's name in JavaScript.
    pub const fn name(self) -> &'static str {
        match self {
            ErrorKind::InvalidArgument => "invalid_argument",
            ErrorKind::Unauthorized => "unauthorized",
            ErrorKind::Forbidden => "forbidden",
            ErrorKind::NotFound => "not_found",
            ErrorKind::RateLimited => "rate_limited",
            ErrorKind::Conflict => "conflict",
            ErrorKind::Server => "server",
            ErrorKind::Network => "network",
            ErrorKind::Aborted => "aborted",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Decode => "decode",
            ErrorKind::AmbiguousWrite => "ambiguous_write",
            ErrorKind::ReadOnly => "read_only",
            ErrorKind::Internal => "internal",
        }
    }
}

/// A failed call. Calls that waited for one renewal each get a copy of its failure.
///
/// Neither its text nor its `Debug` holds a token, a secret or an authorization header.
#[derive(Clone)]
pub struct Error(Box<Detail>);

/// What is known of a failure.
#[derive(Debug, Clone)]
pub struct Detail {
    pub kind: ErrorKind,
    /// The operation, as its JS path: `posts.create`.
    pub operation: &'static str,
    /// What happened and what to do.
    pub message: String,
    /// The HTTP status, if the service answered.
    pub status: Option<u16>,
    /// The service's own code: `rate_limit_exceeded`.
    pub code: Option<String>,
    /// Every fault of the arguments.
    pub issues: Vec<Issue>,
    /// True when the same call may succeed later, and making it again does no harm.
    pub retryable: bool,
    /// How long the service asks to wait, in milliseconds.
    pub retry_after_ms: Option<f64>,
    /// The service's id of the request, for its support.
    pub request_id: Option<String>,
    /// How often the call was made.
    pub attempts: u32,
    /// What the platform said: the rejection of `fetch`.
    pub cause: Option<Cause>,
    /// How far long work came, by its name in JavaScript: [`Error::job_id`], [`Error::receipt`],
    /// [`Error::uploaded_ids`].
    pub progress: Option<(&'static str, Value)>,
}

impl Error {
    #[cold]
    #[inline(never)]
    pub(crate) fn new(kind: ErrorKind, operation: &'static str, message: &str) -> Error {
        Error(Box::new(Detail {
            kind,
            operation,
            message: message.into(),
            status: None,
            code: None,
            issues: Vec::new(),
            retryable: false,
            retry_after_ms: None,
            request_id: None,
            attempts: 0,
            cause: None,
            progress: None,
        }))
    }

    /// A call that its caller ended.
    pub(crate) fn aborted(operation: &'static str) -> Error {
        Error::new(ErrorKind::Aborted, operation, "the signal ended the call")
    }

    /// Arguments that may not be sent.
    pub(crate) fn invalid(operation: &'static str, issues: Vec<Issue>) -> Error {
        let mut message = String::new();
        for issue in &issues {
            if !message.is_empty() {
                message.push_str("; ");
            }
            message.push_str(&issue.told());
        }
        Error::new(ErrorKind::InvalidArgument, operation, &message).with(|it| it.issues = issues)
    }

    /// The same failure, with more told of it.
    pub(crate) fn with(mut self, tell: impl FnOnce(&mut Detail)) -> Error {
        tell(&mut self.0);
        self
    }

    /// The generation job that is under way all the same, which
    /// [`resume`](crate::api::generation::Generation::resume) follows further.
    pub fn job_id(&self) -> Option<JobId> {
        self.came_to("jobId")?.decode().ok()
    }

    /// What of a thread was posted, for
    /// [`resume_thread`](crate::api::posts::Posts::resume_thread).
    pub fn receipt(&self) -> Option<Receipt> {
        self.came_to("receipt")?.decode().ok()
    }

    /// What was uploaded before the call failed: to go into `media_ids`, or to be deleted.
    pub fn uploaded_ids(&self) -> Vec<MediaId> {
        self.came_to("uploadedIds").and_then(|ids| ids.decode().ok()).unwrap_or_default()
    }

    fn came_to(&self, name: &str) -> Option<Value> {
        self.0.progress.clone().filter(|(of, _)| *of == name).map(|(_, value)| value)
    }

    /// Why it is made again, in a word: the status, or the kind where there is none.
    pub(crate) fn reason(&self) -> String {
        match self.status {
            Some(status) => number(status.into()),
            None => self.kind.name().to_owned(),
        }
    }

    /// Why the call failed.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }
}

impl std::ops::Deref for Error {
    type Target = Detail;

    fn deref(&self) -> &Detail {
        &self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&concat(&[self.operation, ": ", &self.message]))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

/// One fault of an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Where it is: `mediaIds[2]`; empty for the argument as a whole.
    pub path: String,
    /// What would be right, with the limit.
    pub expected: String,
    /// What was given instead. Strings are measured, not repeated.
    pub got: String,
}

impl Issue {
    #[cold]
    #[inline(never)]
    pub(crate) fn new(path: &str, expected: &str, got: &str) -> Issue {
        Issue { path: path.into(), expected: expected.into(), got: got.into() }
    }

    /// The same fault of what lies at `place`.
    pub(crate) fn within(mut self, place: &str) -> Issue {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = concat(&[place, dot, &self.path]);
        self
    }

    /// A word that is not among those allowed.
    pub(crate) fn not_one_of(path: &str, words: &[&str], got: &str) -> Issue {
        let hint = did_you_mean(got, words.iter().copied());
        Issue::new(path, &concat(&["one of ", &join(words, ", "), &hint]), &Issue::quote(got))
    }

    /// A key that no field has.
    pub(crate) fn unknown<'a>(
        path: &str,
        key: &str,
        known: impl Iterator<Item = &'a str> + Clone,
    ) -> Issue {
        let hint = did_you_mean(key, known.clone());
        let known: Vec<&str> = known.collect();
        Issue::new(path, &concat(&["only the keys ", &join(&known, ", "), &hint]), "an unknown key")
    }

    /// The whole fault, in a line.
    fn told(&self) -> String {
        let path = if self.path.is_empty() { "the argument" } else { &self.path };
        concat(&[path, ": expected ", &self.expected, ", got ", &self.got])
    }

    /// A short string as it was given; a long one by its length.
    pub(crate) fn quote(text: &str) -> String {
        match length(text) {
            0 => "an empty string".into(),
            1..=40 => concat(&["\"", text, "\""]),
            count => concat(&["a string of ", &number(count), " characters"]),
        }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told())
    }
}

/// The nearest of `known` to a misspelt word, as a hint in brackets.
fn did_you_mean<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    match known.min_by_key(|name| distance(word, name)) {
        Some(name) if distance(word, name) <= 2 => concat(&[" (did you mean ", name, "?)"]),
        _ => String::new(),
    }
}

/// How many characters two words differ in between what they begin and end with alike, whatever
/// the case: a slip of the fingers is one or two.
fn distance(one: &str, other: &str) -> usize {
    let same = |(a, b): &(&u8, &u8)| a.eq_ignore_ascii_case(b);
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let longer = one.len().max(other.len());
    let before = one.iter().zip(other).take_while(same).count();
    let room = one.len().min(other.len()) - before;
    let after = one.iter().rev().zip(other.iter().rev()).take_while(same).take(room).count();
    longer - before - after
}
