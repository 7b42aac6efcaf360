//! The page at `/`: what this is, what it answers, how it fares, and the controls when there are some.
//!
//! The page is one file without dependencies. It reads the same address as JSON, which is of use to programs as well.

use std::sync::Arc;

use axum::Json as Answer;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, Method, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::routes::Endpoint;
use crate::app::App;
use crate::calls::Calls;
use crate::clock;
use crate::error::Result;
use crate::store::tables;

const PAGE: &str = include_str!("home.html");

pub fn router(endpoints: Vec<Endpoint>) -> Router<App> {
    let (endpoints, policy): (Arc<[_]>, Arc<str>) = (endpoints.into(), policy().into());
    Router::new().route(
        "/",
        get(move |State(app): State<App>, headers: HeaderMap| async move {
            home(&app, &headers, &endpoints, &policy).await
        }),
    )
}

async fn home(
    app: &App,
    headers: &HeaderMap,
    endpoints: &[Endpoint],
    policy: &str,
) -> Result<Response> {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let vary = (header::VARY, "accept");
    if accept.is_some_and(|accept| accept.contains("application/json")) {
        return Ok(([vary], Answer(state(app, endpoints).await?)).into_response());
    }
    let policy = (header::CONTENT_SECURITY_POLICY, policy);
    Ok(([vary, policy], Html(PAGE)).into_response())
}

async fn state(app: &App, endpoints: &[Endpoint]) -> Result<Value> {
    let counts = app.db.read(tables::counts).await?;
    let counts: Vec<Value> =
        counts.into_iter().map(|(name, count)| json!({ "name": name, "count": count })).collect();
    let endpoints: Vec<Value> =
        endpoints.iter().map(|(method, path)| endpoint(&app.calls, method, path)).collect();
    Ok(json!({
        "service": "A local ImagineAnything",
        "version": env!("CARGO_PKG_VERSION"),
        "url": app.public_url,
        "now": clock::iso(app.clock.now()),
        "aheadSeconds": app.clock.ahead() as f64 / 1000.0,
        "control": app.control,
        "counts": counts,
        "endpoints": endpoints,
    }))
}

fn endpoint(calls: &Calls, method: &Method, path: &str) -> Value {
    let tally = calls.tally(method, path);
    json!({
        "method": method.as_str(),
        "path": path,
        "calls": tally.calls,
        "lastStatus": tally.last_status,
        "lastAt": (tally.calls > 0).then(|| clock::iso(tally.last_at)),
    })
}

/// The strictest policy under which the page works: its own style and script, known by their hashes, and its own origin.
fn policy() -> String {
    let hash = |tag: &str| {
        let inner = PAGE
            .split_once(&format!("<{tag}>"))
            .and_then(|(_, rest)| rest.split_once(&format!("</{tag}>")))
            .map(|(inner, _)| inner)
            .unwrap_or_default();
        STANDARD.encode(Sha256::digest(inner))
    };
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; connect-src 'self'; img-src data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
        hash("style"),
        hash("script"),
    )
}
