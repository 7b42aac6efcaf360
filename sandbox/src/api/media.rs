//! Files that the service hosts itself.

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rusqlite::OptionalExtension;

use crate::app::App;
use crate::error::{Error, Result};
use crate::input::Path;

pub fn router() -> Router<App> {
    Router::new().route("/media/{*path}", get(file))
}

async fn file(State(app): State<App>, Path(path): Path<String>) -> Result<Response> {
    let found: Option<(String, Vec<u8>)> = app
        .db
        .read(move |db| {
            let mut select =
                db.prepare_cached("SELECT content_type, bytes FROM media WHERE path = ?1")?;
            Ok(select.query_row([path], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
        })
        .await?;
    let (content_type, bytes) = found.ok_or_else(|| Error::not_found("There is no such file."))?;
    Ok(([(CONTENT_TYPE, content_type), (CACHE_CONTROL, "public, max-age=3600".to_owned())], bytes)
        .into_response())
}
