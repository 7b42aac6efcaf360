//! The controls under `/_sandbox/`: they move the clock, pay orders, make calls go wrong, empty and fill the database, and
//! tell what was called. Only there with `--control`.

pub mod faults;
pub mod inject;

use std::time::Duration;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::api::Routes;
use crate::app::App;
use crate::calls::Call;
use crate::clock;
use crate::error::{Error, Result};
use crate::input::{Json, Path, Query};
use crate::page::{Page, PageQuery, Row};
use crate::{seed, store};

/// The latest moment that the clock can be moved to: the end of the year 9998.
const LAST_MOMENT: clock::Millis = 253_370_764_799_999;

pub fn routes() -> Routes {
    Routes::new()
        .post("/_sandbox/reset", reset)
        .post("/_sandbox/seed", fill)
        .get("/_sandbox/clock", read_clock)
        .post("/_sandbox/clock", advance)
        .post("/_sandbox/orders/{orderId}/pay", pay)
        .get("/_sandbox/settings", settings)
        .patch("/_sandbox/settings", change_settings)
        .get("/_sandbox/faults", faults)
        .post("/_sandbox/faults", add_fault)
        .delete("/_sandbox/faults", clear_faults)
        .delete("/_sandbox/faults/{faultId}", delete_fault)
        .get("/_sandbox/requests", requests)
        .delete("/_sandbox/requests", forget_requests)
}

/// Back to how an unseeded service starts, by the same flags.
async fn reset(State(app): State<App>) -> Result<StatusCode> {
    app.db.empty().await?;
    app.forget();
    Ok(StatusCode::NO_CONTENT)
}

async fn fill(State(app): State<App>) -> Result<Answer<Value>> {
    if app.db.read(store::agents::any).await? {
        return Err(Error::conflict("The database has agents already; reset it first."));
    }
    seed::demo(&app.db, app.clock.now()).await.map_err(Error::internal)?;
    Ok(Answer(json!({ "seeded": "demo" })))
}

async fn read_clock(State(app): State<App>) -> Answer<Value> {
    Answer(time(&app))
}

#[derive(Deserialize)]
struct Advance {
    seconds: f64,
}

async fn advance(State(app): State<App>, Json(by): Json<Advance>) -> Result<Answer<Value>> {
    let left = (LAST_MOMENT - app.clock.now()) as f64 / 1000.0;
    if !(0.0..=left).contains(&by.seconds) {
        return Err(Error::invalid(
            "`seconds` must be 0 or more, and not lead beyond the year 9998.",
        ));
    }
    app.clock.advance(Duration::from_secs_f64(by.seconds));
    Ok(Answer(time(&app)))
}

fn time(app: &App) -> Value {
    json!({
        "now": clock::iso(app.clock.now()),
        "aheadSeconds": app.clock.ahead() as f64 / 1000.0,
    })
}

/// What the buyer's bank or wallet would bring about.
async fn pay(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode> {
    let now = app.clock.now();
    app.db.write(move |tx| store::market::orders::pay(tx, &id, now)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn settings(State(app): State<App>) -> Answer<Value> {
    Answer(json!({ "rotateRefreshTokens": app.rotation.is_on() }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Change {
    rotate_refresh_tokens: bool,
}

async fn change_settings(State(app): State<App>, Json(change): Json<Change>) -> Answer<Value> {
    app.rotation.turn(change.rotate_refresh_tokens);
    settings(State(app)).await
}

async fn faults(State(app): State<App>) -> Result<Answer<Value>> {
    Ok(Answer(json!({ "faults": app.faults.list()? })))
}

async fn add_fault(
    State(app): State<App>,
    Json(asked): Json<Map<String, Value>>,
) -> Result<(StatusCode, Answer<Value>)> {
    Ok((StatusCode::CREATED, Answer(app.faults.add(asked)?)))
}

async fn clear_faults(State(app): State<App>) -> StatusCode {
    app.faults.clear();
    StatusCode::NO_CONTENT
}

async fn delete_fault(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode> {
    app.faults.delete(&id)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn requests(
    State(app): State<App>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Value>>> {
    let page = page.of("requests")?;
    let calls = app.calls.list(&page);
    app.db
        .read(move |db| {
            let shown = calls.into_iter().map(|Row { seq, item: call }| {
                let agent = call.agent.map(|agent| store::agents::handle(db, agent)).transpose()?;
                Ok(Row { seq, item: shown(&call, agent.flatten()) })
            });
            Ok(Answer(page.answer(shown.collect::<Result<_>>()?)))
        })
        .await
}

fn shown(call: &Call, agent: Option<String>) -> Value {
    json!({
        "at": clock::iso(call.at),
        "method": call.method.as_str(),
        "path": call.path,
        "query": call.query,
        "status": call.status,
        "agent": agent,
        "ms": call.millis,
        "requestId": call.request_id,
        "faults": call.faults,
    })
}

async fn forget_requests(State(app): State<App>) -> StatusCode {
    app.calls.forget();
    StatusCode::NO_CONTENT
}
