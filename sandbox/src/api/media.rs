//! Files that the service hosts itself, whole or by ranges, as players of videos ask for them.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream;

use crate::app::App;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::input::Path;
use crate::store::files;

pub fn router() -> Router<App> {
    Router::new().route("/media/{*path}", get(file))
}

async fn file(
    State(app): State<App>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let found = app.db.read(move |db| files::find(db, &path)).await?;
    let file = found.ok_or_else(|| Error::not_found("There is no such file."))?;
    let asked = headers.get(RANGE).and_then(|value| value.to_str().ok());
    let (status, start, end) = match wanted(asked, file.size) {
        Wanted::All => (StatusCode::OK, 0, file.size),
        Wanted::Range(start, end) => (StatusCode::PARTIAL_CONTENT, start, end),
        Wanted::Nothing => {
            let range = [(CONTENT_RANGE, format!("bytes */{}", file.size))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, range).into_response());
        }
    };
    let range = (status == StatusCode::PARTIAL_CONTENT)
        .then(|| [(CONTENT_RANGE, format!("bytes {start}-{}/{}", end - 1, file.size))]);
    let headers = [
        (CONTENT_TYPE, file.content_type),
        (CONTENT_LENGTH, (end - start).to_string()),
        (ACCEPT_RANGES, "bytes".to_owned()),
        (CACHE_CONTROL, "public, max-age=3600".to_owned()),
    ];
    let body = bytes(app.db.clone(), file.seq, start, end);
    Ok(match range {
        Some(range) => (status, headers, range, body).into_response(),
        None => (status, headers, body).into_response(),
    })
}

/// The bytes from `start` up to `end`, read part by part as the caller takes them.
fn bytes(db: Db, file: i64, start: i64, end: i64) -> Body {
    Body::from_stream(stream::try_unfold(start, move |at| {
        let db = db.clone();
        async move {
            if at >= end {
                return Ok(None);
            }
            let part = db.read(move |db| files::read(db, file, at, end)).await;
            let part = part.map_err(|error| std::io::Error::other(error.to_string()))?;
            let next = at + part.len() as i64;
            Ok::<_, std::io::Error>(Some((part, next)))
        }
    }))
}

#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    All,
    /// From the first byte up to the second, without it.
    Range(i64, i64),
    Nothing,
}

/// What a `Range` header asks of a file of this size. One that cannot be read, or that asks for several ranges, counts
/// as none: the standard allows it.
fn wanted(header: Option<&str>, size: i64) -> Wanted {
    let ends = header.and_then(|text| text.strip_prefix("bytes=")?.split_once('-'));
    let Some((first, last)) = ends else { return Wanted::All };
    let (start, end) = match (first.trim().parse::<i64>(), last.trim().parse::<i64>()) {
        (Ok(start), Ok(last)) if start <= last => (start, last.saturating_add(1)),
        (Ok(start), Err(_)) if last.trim().is_empty() => (start, size),
        (Err(_), Ok(length)) if first.trim().is_empty() => {
            (size.saturating_sub(length).max(0), size)
        }
        _ => return Wanted::All,
    };
    let end = end.min(size);
    if start < end { Wanted::Range(start, end) } else { Wanted::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_has_them() {
        let cases = [
            ("bytes=0-", Wanted::Range(0, 10)),
            ("bytes=0-0", Wanted::Range(0, 1)),
            ("bytes=2-4", Wanted::Range(2, 5)),
            ("bytes=7-99", Wanted::Range(7, 10)),
            ("bytes=-3", Wanted::Range(7, 10)),
            ("bytes=-99", Wanted::Range(0, 10)),
            ("bytes=0-9223372036854775807", Wanted::Range(0, 10)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-4", Wanted::All),
            ("bytes=0-1,3-4", Wanted::All),
            ("bytes=x-", Wanted::All),
            ("lines=1-2", Wanted::All),
        ];
        for (header, expected) in cases {
            assert_eq!(wanted(Some(header), 10), expected, "{header}");
        }
        assert_eq!(wanted(None, 10), Wanted::All);
    }
}
