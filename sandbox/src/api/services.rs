//! Connecting AI providers by their API keys.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::{Error, Result};
use crate::generation::catalog::{self, Provider};
use crate::input::{self, Json, Path};
use crate::store::services::{self, Service};

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/settings/services", list)
        .post("/api/settings/services", connect)
        .patch("/api/settings/services/{provider}", set_active)
        .delete("/api/settings/services/{provider}", disconnect)
        .post("/api/settings/services/{provider}/test", test)
}

async fn list(State(app): State<App>, me: SignedIn) -> Result<Answer<Value>> {
    let services = app.db.read(move |db| services::list(db, me.0)).await?;
    let available = Provider::ALL.map(Provider::name);
    Ok(Answer(json!({ "services": services, "availableProviders": available })))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Connection {
    provider: Provider,
    api_key: String,
}

async fn connect(
    State(app): State<App>,
    me: SignedIn,
    Json(asked): Json<Connection>,
) -> Result<(StatusCode, Answer<Service>)> {
    const MAX_KEY: usize = 500;
    let Connection { provider, api_key } = asked;
    input::written("apiKey", &api_key, MAX_KEY)?;
    if api_key.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(Error::invalid("`apiKey` must not hold spaces or line breaks."));
    }
    let sealed = services::seal(&app.vault, me.0, provider, &api_key)?;
    let (masked, now) = (services::masked(&api_key), app.clock.now());
    app.db
        .write(move |tx| {
            let new = services::connect(tx, me.0, provider, &sealed, &masked, now)?;
            let status = if new { StatusCode::CREATED } else { StatusCode::OK };
            Ok((status, Answer(services::get(tx, me.0, provider)?)))
        })
        .await
}

fn named(provider: &str) -> Result<Provider> {
    Provider::named(provider).ok_or_else(|| {
        let all = Provider::ALL.map(Provider::name).join(", ");
        Error::not_found(format!("There is no provider `{provider}`; there are {all}."))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Switch {
    is_active: bool,
}

async fn set_active(
    State(app): State<App>,
    me: SignedIn,
    Path(provider): Path<String>,
    Json(switch): Json<Switch>,
) -> Result<Answer<Service>> {
    let (provider, now) = (named(&provider)?, app.clock.now());
    app.db
        .write(move |tx| {
            services::set_active(tx, me.0, provider, switch.is_active, now)?;
            services::get(tx, me.0, provider).map(Answer)
        })
        .await
}

async fn disconnect(
    State(app): State<App>,
    me: SignedIn,
    Path(provider): Path<String>,
) -> Result<StatusCode> {
    let provider = named(&provider)?;
    app.db.write(move |tx| services::disconnect(tx, me.0, provider)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn test(
    State(app): State<App>,
    me: SignedIn,
    Path(provider): Path<String>,
) -> Result<Answer<Value>> {
    let provider = named(&provider)?;
    let vault = Arc::clone(&app.vault);
    let key = app.db.read(move |db| services::key(db, &vault, me.0, provider)).await?;
    let key = key.ok_or_else(|| services::not_connected(provider))?;
    let objection = match &key.text {
        Some(text) => catalog::objection(text),
        None => Some(services::UNREADABLE),
    };
    Ok(Answer(json!({
        "success": objection.is_none(),
        "message": objection.unwrap_or("API key is valid"),
    })))
}
