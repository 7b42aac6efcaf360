//! What an answer means: the value that it carries, or the error that it is. Nothing here sends.

use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorKind};
use crate::figures;
use crate::host::{Body, Failure, Reason, Reply, Response};
use crate::operation::{Again, Class, Spec};
use crate::retry::{self, Failed};
use crate::text::{concat, number};
use crate::value::{Kind, Value};

/// An answer that is none of a refusal.
pub(crate) struct Answer {
    /// `None` when its body is empty.
    pub value: Option<Value>,
    #[cfg_attr(not(all(target_arch = "wasm32", feature = "js")), allow(dead_code))]
    pub response: Response,
}

/// The value of an answer, or what is wrong and how the call failed.
///
/// What the service says is told on one line of at most 160 characters, `secrets` masked before it is
/// cut.
pub(crate) fn judge(
    spec: &Spec,
    reply: Reply,
    now: f64,
    secrets: &[&str],
) -> Result<Answer, (Error, Failed)> {
    match reply.status {
        200..=299 => match reply.body {
            Body::Empty => Ok(Answer { value: None, response: reply.response }),
            Body::Json(value) => {
                Ok(Answer { value: Some(shaped(spec, value)), response: reply.response })
            }
            Body::Other(excerpt) => {
                // What registration and tokens answer is secret, and half a JSON may hold a secret,
                // too: of a webhook, of a payment.
                let is_half = excerpt.starts_with(['{', '[']);
                let excerpt = match spec.class {
                    Class::Auth => String::new(),
                    _ if is_half => "it begins like JSON".into(),
                    _ => told(&excerpt, secrets),
                };
                let message =
                    concat(&["the answer is not JSON, or not all of it came: ", &excerpt]);
                let error = Error::new(ErrorKind::Decode, spec.id, &message);
                Err((error.with(|it| it.status = Some(reply.status)), Failed::Garbled))
            }
        },
        status => {
            let error = refusal(spec, reply, now, secrets);
            let failed = Failed::Refused { status, retry_after_ms: error.retry_after_ms };
            Err((error, failed))
        }
    }
}

/// The typed form of an answer. An empty one is the same as one without fields.
pub(crate) fn decode<T: DeserializeOwned>(spec: &Spec, answer: Option<Value>) -> Result<T, Error> {
    answer.unwrap_or_else(|| Value::object(&[])).decode().map_err(|fault| {
        let message = concat(&["the answer is not what the service is known to send: ", &fault]);
        Error::new(ErrorKind::Decode, spec.id, &message)
    })
}

/// The error of a request that got no whole answer, and how it failed. A call that its caller
/// ended is not made again.
pub(crate) fn unanswered(spec: &Spec, base: &str, failure: Failure) -> (Error, Option<Failed>) {
    let (kind, message, failed) = match failure.reason {
        Reason::Aborted => (ErrorKind::Aborted, "the signal ended the call".into(), None),
        Reason::TimedOut => {
            let message = match spec.again {
                Again::Safe => "no whole answer came in time".into(),
                Again::Unsafe => "no whole answer came in time; it may have been done".into(),
            };
            // What may be made again is, while there is time.
            let again = spec.again == Again::Safe;
            (ErrorKind::Timeout, message, again.then_some(Failed::Unanswered { sent: true }))
        }
        Reason::Network { sent } => {
            let message = concat(&["no answer from ", base, ": ", &redact(&failure.message)]);
            (ErrorKind::Network, message, Some(Failed::Unanswered { sent }))
        }
    };
    let error = Error::new(kind, spec.id, &message).with(|it| {
        it.retryable = spec.again == Again::Safe && kind != ErrorKind::Aborted;
        it.cause = failure.cause;
    });
    (error, failed)
}

/// An answer in the one form of those that the service may give it.
fn shaped(spec: &Spec, value: Value) -> Value {
    let mut value = unwrap(spec, value);
    let items = spec.items();
    if let Some(key) = items {
        if value.kind() == Kind::List {
            value = Value::object(&[(key, value)]);
        }
        if let Some(other) = spec.or {
            value.alias(None, key, other);
        }
    }
    for alias in spec.reads {
        value.alias(items, alias.name, alias.from);
    }
    value
}

/// The object of an answer, out of the one key that the service may wrap it in. What stands beside
/// it comes along.
fn unwrap(spec: &Spec, value: Value) -> Value {
    let Some(key) = spec.wrapped else { return value };
    match value.get(key) {
        Some(inner) if inner.kind() == Kind::Object && value.get("id").is_none() => {
            if value.size() == 1 { inner } else { value.flattened(key) }
        }
        _ => value,
    }
}

fn refusal(spec: &Spec, reply: Reply, now: f64, secrets: &[&str]) -> Error {
    let (code, said) = match &reply.body {
        Body::Json(value) => (code(value).map(|it| told(&it, secrets)), said(value)),
        Body::Empty => (None, None),
        Body::Other(_) if spec.class == Class::Auth => (None, None),
        Body::Other(excerpt) => (None, Some(excerpt.clone())),
    };
    let (kind, advice) = match code.as_deref() {
        // OAuth refuses credentials by 400, too.
        Some("invalid_grant" | "invalid_client") => meaning(401),
        _ => meaning(reply.status),
    };
    let mut message = match said {
        Some(said) => told(&said, secrets),
        None => "the service gave no reason".into(),
    };
    let status = number(reply.status.into());
    message.push_str(&match &code {
        Some(code) => concat(&[" (", &status, " ", code, ")"]),
        None => concat(&[" (", &status, ")"]),
    });
    if !advice.is_empty() {
        message.push_str(". ");
        message.push_str(advice);
    }
    let retry_after_ms = wait(&reply, now);
    let failed = Failed::Refused { status: reply.status, retry_after_ms };
    Error::new(kind, spec.id, &message).with(|it| {
        it.status = Some(reply.status);
        it.code = code;
        it.retryable = retry::may_help(failed, spec.again);
        it.retry_after_ms = retry_after_ms;
        it.request_id = reply.response.header("x-request-id");
    })
}

/// The kind of a status, and what a caller can do about it.
fn meaning(status: u16) -> (ErrorKind, &'static str) {
    match status {
        401 | 440 => (ErrorKind::Unauthorized, "Check the credentials, or sign in again"),
        402 | 403 | 451 => (ErrorKind::Forbidden, ""),
        404 | 410 => (ErrorKind::NotFound, ""),
        409 | 423 => (ErrorKind::Conflict, ""),
        429 => (ErrorKind::RateLimited, "Wait, then repeat the call"),
        408 | 421 | 425 => (ErrorKind::Server, "Repeat the call"),
        407 => (ErrorKind::Server, "A proxy wants credentials of its own"),
        _ if retry::is_from_gateway(status) => {
            (ErrorKind::Server, "What stands before the service ended the call; try again later")
        }
        400..=499 => (ErrorKind::InvalidArgument, ""),
        500..=599 => (ErrorKind::Server, "The fault is the service's; try again later"),
        // Redirects are not followed: the token is for the base URL alone.
        _ => (ErrorKind::Server, "Not an answer of the service: check baseUrl"),
    }
}

/// The service's code, from `{"error": CODE}` or `{"error": {"code": CODE}}`.
fn code(body: &Value) -> Option<String> {
    let error = body.get("error")?;
    error.text().or_else(|| error.get_text("code")).map(|code| line(&code, 60))
}

/// How much of what the service says is told, in characters.
const TOLD: usize = 160;

/// What the service says, as a log can take it: on one line, masked, then cut.
fn told(text: &str, secrets: &[&str]) -> String {
    // Beyond this nothing is told, and so a secret that is cut here shows nowhere.
    let mut masked = mask(&line(text, 8 * TOLD), "");
    for secret in secrets {
        masked = mask(&masked, secret);
    }
    line(&masked, TOLD)
}

/// The beginning of a text, with spaces for line breaks and control characters.
fn line(text: &str, most: usize) -> String {
    let mut line = String::new();
    for (at, c) in text.chars().enumerate() {
        if at == most {
            line.push('…');
            break;
        }
        let is_odd =
            c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}');
        line.push(if is_odd { ' ' } else { c });
    }
    line
}

/// The service's words, from any of the places where it puts them.
fn said(body: &Value) -> Option<String> {
    body.get_text("message")
        .or_else(|| body.get_text("error_description"))
        .or_else(|| body.get("error")?.get_text("message"))
}

/// How long a refusal asks to wait, in milliseconds: the longest of what its header and its body
/// tell, in seconds or as a date, else until the window is reset.
fn wait(reply: &Reply, now: f64) -> Option<f64> {
    let in_body = |key: &str| match &reply.body {
        Body::Json(value) => figures::of(&value.get(key)?),
        _ => None,
    };
    let service_time = || service_time(&reply.response).unwrap_or(now);
    let in_header = || {
        let seconds = figures::largest(&reply.response.header("retry-after")?);
        let until = || reply.response.date("retry-after").map(|at| (at - service_time()).max(0.0));
        seconds.map(|seconds| seconds * 1000.0).or_else(until)
    };
    let seconds = |key| in_body(key).map(|seconds| seconds * 1000.0);
    let reset = || match reply.status {
        429 => {
            let now = service_time();
            in_body("reset").map(|reset| (figures::reset_at(reset, now) - now).max(0.0))
        }
        _ => None,
    };
    let told = [in_header(), seconds("retryAfter"), seconds("retry_after")];
    told.into_iter().flatten().reduce(f64::max).or_else(reset).filter(|ms| ms.is_finite())
}

/// What time it is at the service, in milliseconds since 1970, by the `Date` of an answer.
pub(crate) fn service_time(response: &Response) -> Option<f64> {
    response.date("date")
}

/// The same failure, told without `secret`, which the service may have repeated.
pub(crate) fn without(secret: &str, error: Error) -> Error {
    error.with(|it| {
        it.message = mask(&it.message, secret);
        it.code = it.code.as_deref().map(|code| mask(code, secret));
    })
}

/// `text` with every token in it masked.
pub(crate) fn redact(text: &str) -> String {
    mask(text, "")
}

/// A secret shorter than this is masked only where it stands as a word of its own: it would stand in
/// the midst of other words by chance.
const LEAST_SECRET: usize = 8;

/// `text` with every token in it masked, and `secret` too, unless that is empty.
fn mask(text: &str, secret: &str) -> String {
    // What a bearer token may consist of, by RFC 6750.
    let in_token =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-'..='/' | '_' | '~' | '+' | '=');
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii();
    let mut masked = String::with_capacity(text.len());
    let mut rest = text.chars();
    loop {
        let ahead = rest.as_str();
        let after_secret = ahead.strip_prefix(secret).filter(|after| {
            let is_word = || !masked.ends_with(in_word) && !after.starts_with(in_word);
            !secret.is_empty() && (secret.len() >= LEAST_SECRET || is_word())
        });
        if let Some(after) = after_secret {
            masked.push_str("[secret]");
            rest = after.chars();
        } else if ahead.starts_with("iat_") || ahead.starts_with("iar_") {
            masked.push_str("[token]");
            rest = ahead.trim_start_matches(in_token).chars();
        } else if let Some(c) = rest.next() {
            masked.push(c);
        } else {
            return masked;
        }
    }
}
