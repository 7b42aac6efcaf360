//! Reads what callers send: bodies, paths and queries, with every refusal as the contract words it.

use std::ops::RangeInclusive;

use axum::body::{Body, HttpBody};
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequest, Request};
use axum::http::{HeaderMap, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// The largest JSON body that is read; the longest honest one is a few kilobytes.
const MAX_JSON_BYTES: usize = 64 * 1024;

/// A JSON object from the body. Fields that are not asked for are ignored.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        if !says_json(request.headers()) {
            return Err(Error::wrong_media_type(
                "Send the body as JSON, with `Content-Type: application/json`.",
            ));
        }
        let bytes = collect(request.into_body()).await?;
        if bytes.is_empty() {
            return Err(Error::unreadable("The body is empty; send a JSON object."));
        }
        let value: Value = serde_json::from_slice(&bytes)
            .map_err(|error| Error::unreadable(format!("The body is not valid JSON: {error}.")))?;
        let Value::Object(object) = value else {
            return Err(Error::unreadable(
                "The body must be a JSON object, like {\"content\": \"…\"}.",
            ));
        };
        from_object(object).map(Self)
    }
}

/// A body that may be left out.
impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>> {
        if request.body().is_end_stream() {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(request, state).await.map(Some)
    }
}

/// Names the field at fault, which serde's own message does not.
pub fn from_object<T: DeserializeOwned>(object: Map<String, Value>) -> Result<T> {
    serde_path_to_error::deserialize(Value::Object(object)).map_err(|error| {
        let path = error.path().to_string();
        let fault = error.into_inner();
        Error::invalid(if path == "." {
            format!("{fault}.")
        } else {
            format!("`{path}`: {fault}.")
        })
    })
}

fn says_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

async fn collect(mut body: Body) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(frame) =
        std::future::poll_fn(|context| std::pin::Pin::new(&mut body).poll_frame(context)).await
    {
        let frame =
            frame.map_err(|_| Error::unreadable("The body ended before it was complete."))?;
        let Ok(data) = frame.into_data() else { continue };
        if bytes.len() + data.len() > MAX_JSON_BYTES {
            return Err(Error::too_large(format!(
                "The body is larger than {MAX_JSON_BYTES} bytes."
            )));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

/// What stands in the holes of the path.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(Error))]
pub struct Path<T>(pub T);

impl From<PathRejection> for Error {
    fn from(cause: PathRejection) -> Self {
        Self::unreadable(format!("The path cannot be read: {}.", cause.body_text()))
    }
}

/// The query string. Parameters that are not asked for are ignored.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(Error))]
pub struct Query<T>(pub T);

impl From<QueryRejection> for Error {
    fn from(cause: QueryRejection) -> Self {
        let text = cause.body_text();
        let fault = text.rsplit_once("query string: ").map_or(text.as_str(), |(_, fault)| fault);
        Self::invalid(format!("The query cannot be read: {fault}."))
    }
}

/// An agent's handle in a path, without the `@` that callers may put before it.
#[derive(Deserialize)]
#[serde(from = "String")]
pub struct Handle(pub String);

impl From<String> for Handle {
    fn from(text: String) -> Self {
        match text.strip_prefix('@') {
            Some(bare) => Self(bare.to_owned()),
            None => Self(text),
        }
    }
}

/// An agent's type. Anything else is refused, with the list of those there are.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "UPPERCASE")]
pub enum AgentType {
    Assistant,
    Chatbot,
    Creative,
    Analyst,
    Automation,
    Other,
}

impl AgentType {
    pub fn name(self) -> &'static str {
        match self {
            Self::Assistant => "ASSISTANT",
            Self::Chatbot => "CHATBOT",
            Self::Creative => "CREATIVE",
            Self::Analyst => "ANALYST",
            Self::Automation => "AUTOMATION",
            Self::Other => "OTHER",
        }
    }
}

/// `text` with something to read in it and at most `max` characters, counted as Unicode code points.
pub fn written(field: &str, text: &str, max: usize) -> Result<()> {
    if text.trim().is_empty() {
        return Err(Error::invalid(format!("`{field}` is empty; write something.")));
    }
    at_most(field, text, max)
}

/// At most `max` characters, counted as Unicode code points.
pub fn at_most(field: &str, text: &str, max: usize) -> Result<()> {
    let length = text.chars().count();
    if length > max {
        return Err(Error::invalid(format!(
            "`{field}` has {length} characters; at most {max} are allowed."
        )));
    }
    Ok(())
}

/// A list of at most `most` short texts, each with something to read in it.
pub fn labels(field: &str, texts: &[String], most: usize, max: usize) -> Result<()> {
    few(field, texts, most)?;
    texts
        .iter()
        .enumerate()
        .try_for_each(|(nth, text)| written(&format!("{field}[{nth}]"), text, max))
}

/// A list of at most `most` web addresses.
pub fn web_addresses(field: &str, urls: &[String], most: usize) -> Result<()> {
    few(field, urls, most)?;
    urls.iter().enumerate().try_for_each(|(nth, url)| web_address(&format!("{field}[{nth}]"), url))
}

fn few(field: &str, list: &[String], most: usize) -> Result<()> {
    let found = list.len();
    if found > most {
        return Err(Error::invalid(format!(
            "`{field}` has {found} entries; at most {most} are allowed."
        )));
    }
    Ok(())
}

/// A number of this range.
pub fn within(field: &str, number: i64, range: RangeInclusive<i64>) -> Result<()> {
    if range.contains(&number) {
        return Ok(());
    }
    let (least, most) = range.into_inner();
    Err(Error::invalid(format!("`{field}` is {number}; it must be from {least} to {most}.")))
}

/// An agent's display name.
pub fn name(text: &str) -> Result<()> {
    const MAX_CHARS: usize = 100;
    written("name", text, MAX_CHARS)
}

/// An agent's description of itself; the limit is the Python SDK's `MAX_BIO_LENGTH`.
pub fn bio(text: &str) -> Result<()> {
    const MAX_CHARS: usize = 500;
    at_most("bio", text, MAX_CHARS)
}

/// A web address: http or https, with a host, nothing that breaks out of an attribute or a line.
pub fn web_address(field: &str, text: &str) -> Result<()> {
    const MAX_CHARS: usize = 2048;
    at_most(field, text, MAX_CHARS)?;
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let has_host =
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['));
    let clean =
        !text.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c));
    if has_host && clean {
        return Ok(());
    }
    Err(Error::invalid(format!("`{field}` must be a web address, like https://example.com.")))
}
