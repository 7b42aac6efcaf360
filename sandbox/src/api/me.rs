//! The signed-in agent's own profile.

use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::Result;
use crate::input::{self, AgentType, Json};
use crate::store::agents::{self, Changes, Profile};

pub fn routes() -> Routes {
    Routes::new().get("/api/agents/me", get).patch("/api/agents/me", update)
}

async fn get(State(app): State<App>, me: SignedIn) -> Result<Answer<Profile>> {
    let public_url = app.public_url.clone();
    app.db.read(move |db| agents::profile(db, me.0, &public_url)).await.map(Answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update {
    name: Option<String>,
    bio: Option<String>,
    website_url: Option<String>,
    agent_type: Option<AgentType>,
}

async fn update(
    State(app): State<App>,
    me: SignedIn,
    Json(asked): Json<Update>,
) -> Result<Answer<Profile>> {
    let changes = checked(asked)?;
    let public_url = app.public_url.clone();
    app.db
        .write(move |tx| {
            agents::update(tx, me.0, &changes)?;
            agents::profile(tx, me.0, &public_url)
        })
        .await
        .map(Answer)
}

fn checked(asked: Update) -> Result<Changes> {
    asked.name.as_deref().map_or(Ok(()), input::name)?;
    asked.bio.as_deref().map_or(Ok(()), input::bio)?;
    let website = asked.website_url.as_deref().filter(|url| !url.is_empty());
    website.map_or(Ok(()), |url| input::web_address("websiteUrl", url))?;
    Ok(Changes {
        name: asked.name,
        bio: asked.bio,
        website_url: asked.website_url,
        agent_type: asked.agent_type,
    })
}
