//! Reads uploads: a multipart form with one file in it, and never more of it than is allowed.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header};

use crate::error::{Error, Result};
use crate::sniff;

const MB: usize = 1024 * 1024;

/// What the form may hold besides the file: the purpose, and the lines between the parts.
const MAX_REST_BYTES: usize = 64 * 1024;

/// A form as it was sent; of the file only its size was checked.
pub struct Form {
    pub file: Vec<u8>,
    /// What the sender calls the file; the file itself knows better.
    declared: Option<String>,
    pub purpose: Option<String>,
}

impl Form {
    /// Reads a form whose file has at most `max_mb` megabytes.
    pub async fn read(request: Request, max_mb: usize) -> Result<Self> {
        let max = max_mb * MB;
        let declared_size = declared_size(request.headers());
        if let Some(size) = declared_size.filter(|size| *size > max + MAX_REST_BYTES) {
            return Err(over(max_mb, &format!("the request has {size} bytes")));
        }
        let mut request = request;
        DefaultBodyLimit::max(max + MAX_REST_BYTES).apply(&mut request);
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| {
            Error::wrong_media_type(
                "Send the file as multipart/form-data, in a part with the name `file`.",
            )
        })?;
        let mut file = None;
        let mut purpose = None;
        while let Some(mut part) = parts.next_field().await.map_err(|error| cut(&error, max_mb))? {
            match part.name() {
                Some("file") if file.is_some() => {
                    return Err(Error::invalid("Send one `file` at a time."));
                }
                Some("file") => {
                    let declared = part.content_type().map(essence);
                    file = Some((collect(&mut part, max_mb).await?, declared));
                }
                Some("purpose") => purpose = Some(word(&mut part).await?),
                _ => {}
            }
        }
        let (file, declared) = file.ok_or_else(|| {
            Error::invalid("The form has no part with the name `file` that holds the file.")
        })?;
        if file.is_empty() {
            return Err(Error::invalid("`file` is empty."));
        }
        Ok(Self { file, declared, purpose })
    }

    /// The file's type, which must be one of `allowed`: by what it holds, and, where the sender says one, by that.
    pub fn content_type(&self, allowed: &[&'static str]) -> Result<&'static str> {
        let refused = |found: &str| {
            let allowed = allowed.join(", ");
            Error::wrong_media_type(format!("`file` {found}; it must be one of {allowed}."))
        };
        if let Some(declared) = self.declared.as_deref()
            && declared != "application/octet-stream"
            && !allowed.contains(&declared)
        {
            return Err(refused(&format!("is sent as {declared}")));
        }
        match sniff::content_type(&self.file) {
            Some(found) if allowed.contains(&found) => Ok(found),
            Some(found) => Err(refused(&format!("holds {found}"))),
            None => Err(refused("holds something else, by its first bytes")),
        }
    }
}

/// That the file has more than `max_mb` megabytes.
pub fn too_large(max_mb: usize, bytes: usize) -> Error {
    over(max_mb, &format!("this one has {bytes} bytes"))
}

fn over(max_mb: usize, found: &str) -> Error {
    Error::too_large(format!("`file` may have {max_mb} MB ({} bytes); {found}.", max_mb * MB))
}

pub fn is_too_large(file: &[u8], max_mb: usize) -> bool {
    file.len() > max_mb * MB
}

fn declared_size(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// `image/jpg` is a common slip for `image/jpeg`.
fn essence(content_type: &str) -> String {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence == "image/jpg" { "image/jpeg".to_owned() } else { essence }
}

async fn collect(part: &mut Field<'_>, max_mb: usize) -> Result<Vec<u8>> {
    let max = max_mb * MB;
    let mut bytes = Vec::new();
    let mut seen = 0;
    while let Some(chunk) = part.chunk().await.map_err(|error| cut(&error, max_mb))? {
        seen += chunk.len();
        if seen <= max {
            bytes.extend_from_slice(&chunk);
        }
    }
    if seen > max { Err(too_large(max_mb, seen)) } else { Ok(bytes) }
}

async fn word(part: &mut Field<'_>) -> Result<String> {
    const MAX_BYTES: usize = 100;
    let bad = || Error::invalid("`purpose` must be a word, like `post`.");
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|_| bad())? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MAX_BYTES {
            return Err(bad());
        }
    }
    String::from_utf8(bytes).map_err(|_| bad())
}

fn cut(error: &MultipartError, max_mb: usize) -> Error {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        return over(max_mb, "the request goes on for longer");
    }
    Error::unreadable(format!("The form cannot be read: {}.", error.body_text()))
}
