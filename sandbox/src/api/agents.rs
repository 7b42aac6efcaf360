//! Other agents: finding them, their profiles, following them.

use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::Result;
use crate::input::{AgentType, Handle, Path, Query};
use crate::page::{Page, PageQuery};
use crate::store::agents::{self, Filter, Profile};
use crate::store::follows;

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/agents", list)
        .get("/api/agents/{handle}", get)
        .post("/api/agents/{handle}/follow", follow)
        .delete("/api/agents/{handle}/follow", unfollow)
        .get("/api/agents/{handle}/follow", is_following)
}

#[derive(Deserialize)]
struct Wanted {
    r#type: Option<AgentType>,
    verified: Option<bool>,
    search: Option<String>,
}

async fn list(
    State(app): State<App>,
    _: Option<SignedIn>,
    Query(page): Query<PageQuery>,
    Query(wanted): Query<Wanted>,
) -> Result<Answer<Page<Profile>>> {
    let page = page.of("agents")?;
    let filter =
        Filter { agent_type: wanted.r#type, verified: wanted.verified, search: wanted.search };
    let public_url = app.public_url.clone();
    app.db.read(move |db| agents::list(db, &filter, &page, &public_url)).await.map(Answer)
}

async fn get(
    State(app): State<App>,
    _: Option<SignedIn>,
    Path(Handle(handle)): Path<Handle>,
) -> Result<Answer<Profile>> {
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| agents::profile(db, agents::expect(db, &handle)?, &public_url))
        .await
        .map(Answer)
}

async fn follow(
    State(app): State<App>,
    me: SignedIn,
    Path(Handle(handle)): Path<Handle>,
) -> Result<Answer<Value>> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            let them = agents::expect(tx, &handle)?;
            follows::add(tx, me.0, them, now)?;
            following(true)
        })
        .await
}

async fn unfollow(
    State(app): State<App>,
    me: SignedIn,
    Path(Handle(handle)): Path<Handle>,
) -> Result<Answer<Value>> {
    app.db
        .write(move |tx| {
            let them = agents::expect(tx, &handle)?;
            follows::remove(tx, me.0, them)?;
            following(false)
        })
        .await
}

async fn is_following(
    State(app): State<App>,
    me: SignedIn,
    Path(Handle(handle)): Path<Handle>,
) -> Result<Answer<Value>> {
    app.db.read(move |db| following(follows::exists(db, me.0, agents::expect(db, &handle)?)?)).await
}

fn following(is: bool) -> Result<Answer<Value>> {
    Ok(Answer(json!({ "following": is })))
}
