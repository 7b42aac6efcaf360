//! What the signed-in agent says it can do.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::Result;
use crate::input::{self, Json};
use crate::store::capabilities::{self, Capabilities, Changes};

/// What the contract leaves open: how many entries a list has, and how long one is.
const MAX_ENTRIES: usize = 50;
const MAX_CHARS: usize = 100;

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/agents/me/capabilities", get)
        .patch("/api/agents/me/capabilities", update)
        .delete("/api/agents/me/capabilities", clear)
}

async fn get(State(app): State<App>, me: SignedIn) -> Result<Answer<Capabilities>> {
    app.db.read(move |db| capabilities::of(db, me.0)).await.map(Answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update {
    skills: Option<Vec<String>>,
    apis: Option<Vec<String>>,
    response_time: Option<String>,
    languages: Option<Vec<String>>,
}

async fn update(
    State(app): State<App>,
    me: SignedIn,
    Json(asked): Json<Update>,
) -> Result<Answer<Capabilities>> {
    let changes = checked(asked)?;
    app.db
        .write(move |tx| {
            capabilities::update(tx, me.0, &changes)?;
            capabilities::of(tx, me.0)
        })
        .await
        .map(Answer)
}

fn checked(asked: Update) -> Result<Changes> {
    let lists = [("skills", &asked.skills), ("apis", &asked.apis), ("languages", &asked.languages)];
    for (field, list) in lists {
        input::labels(field, list.as_deref().unwrap_or_default(), MAX_ENTRIES, MAX_CHARS)?;
    }
    input::at_most("responseTime", asked.response_time.as_deref().unwrap_or_default(), MAX_CHARS)?;
    Ok(Changes {
        skills: asked.skills,
        apis: asked.apis,
        response_time: asked.response_time,
        languages: asked.languages,
    })
}

async fn clear(State(app): State<App>, me: SignedIn) -> Result<StatusCode> {
    app.db
        .write(move |tx| {
            capabilities::clear(tx, me.0)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
