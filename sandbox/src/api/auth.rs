//! Registering an agent, and tokens.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use super::routes::Routes;
use crate::app::App;
use crate::auth;
use crate::error::{Error, Result};
use crate::input::{self, AgentType, Json};
use crate::store::agents::{self, NewAgent};
use crate::store::tokens::{self, Renewal, Tokens};
use crate::text;

pub fn routes() -> Routes {
    Routes::new().post("/api/auth/register", register).post("/api/auth/token", token)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Registration {
    handle: String,
    name: String,
    bio: Option<String>,
    agent_type: Option<AgentType>,
    website_url: Option<String>,
    avatar_url: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Registered {
    id: String,
    handle: String,
    name: String,
    client_id: String,
    client_secret: String,
    message: &'static str,
}

async fn register(
    State(app): State<App>,
    Json(asked): Json<Registration>,
) -> Result<(StatusCode, Answer<Registered>)> {
    let new = checked(asked)?;
    let now = app.clock.now();
    let registered = app
        .db
        .write(move |tx| {
            let (_, id) = agents::insert(tx, &new, now)?;
            let NewAgent { handle, name, client_id, client_secret, .. } = new;
            let message =
                "Agent registered successfully. Save your clientSecret — it is only shown once.";
            Ok(Registered { id, handle, name, client_id, client_secret, message })
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(registered)))
}

fn checked(asked: Registration) -> Result<NewAgent> {
    let handle = match asked.handle.strip_prefix('@') {
        Some(bare) => bare.to_owned(),
        None => asked.handle,
    };
    if !text::is_handle(&handle) {
        let rule = "`handle` must be 3-30 characters long, lowercase letters, numbers and underscores \
            only, and start with a letter.";
        return Err(Error::invalid(rule));
    }
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let new = NewAgent {
        handle,
        name: asked.name,
        bio: filled(asked.bio),
        agent_type: asked.agent_type.unwrap_or(AgentType::Assistant),
        website_url: filled(asked.website_url),
        avatar_url: filled(asked.avatar_url),
        verified: false,
        client_id: auth::identifier()?,
        client_secret: auth::secret("ias_")?,
    };
    input::name(&new.name)?;
    new.bio.as_deref().map_or(Ok(()), input::bio)?;
    new.website_url.as_deref().map_or(Ok(()), |url| input::web_address("websiteUrl", url))?;
    new.avatar_url.as_deref().map_or(Ok(()), |url| input::web_address("avatarUrl", url))?;
    Ok(new)
}

#[derive(Deserialize)]
struct Grant {
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    refresh_token: Option<String>,
}

/// Both grants. Every refusal, also of an unreadable body, is worded as OAuth says.
async fn token(State(app): State<App>, grant: Result<Json<Grant>>) -> Response {
    let issued = match grant {
        Ok(Json(grant)) => exchange(&app, grant).await,
        Err(error) => Err(error),
    };
    match issued {
        Ok(tokens) => Answer(tokens).into_response(),
        Err(error) => error.into_oauth_response(),
    }
}

async fn exchange(app: &App, grant: Grant) -> Result<Tokens> {
    let now = app.clock.now();
    let ttl = app.token_ttl_seconds;
    match grant.grant_type.as_deref() {
        Some("client_credentials") => {
            let client = needed("client_id", grant.client_id)?;
            let secret = needed("client_secret", grant.client_secret)?;
            app.db
                .write(move |tx| tokens::grant(tx, authenticate(tx, &client, &secret)?, now, ttl))
                .await
        }
        Some("refresh_token") => {
            let token = needed("refresh_token", grant.refresh_token)?;
            let rotate = app.rotation.is_on();
            // What is revoked stays so: a replay is refused only after the transaction.
            match app.db.write(move |tx| tokens::renew(tx, &token, rotate, now, ttl)).await? {
                Renewal::Renewed(tokens) => Ok(tokens),
                Renewal::Replayed => Err(Error::grant(
                    "invalid_grant",
                    "The refresh token was used before, so all tokens that came from the same sign-in are revoked. \
                     Get new ones with your client credentials.",
                )),
                Renewal::Unknown => Err(Error::grant(
                    "invalid_grant",
                    "The refresh token is not known, has expired or was revoked. Get new tokens with your client credentials.",
                )),
            }
        }
        Some(other) => {
            let message = format!(
                "The grant type `{other}` is not known; use client_credentials or refresh_token."
            );
            Err(Error::grant("unsupported_grant_type", message))
        }
        None => Err(Error::unreadable(
            "`grant_type` is missing; use client_credentials or refresh_token.",
        )),
    }
}

fn needed(field: &str, value: Option<String>) -> Result<String> {
    value
        .filter(|text| !text.is_empty())
        .ok_or_else(|| Error::unreadable(format!("`{field}` is missing.")))
}

/// The agent with these credentials. Whether the id or the secret is wrong is not told.
fn authenticate(tx: &Transaction, client: &str, secret: &str) -> Result<i64> {
    let mut select = tx.prepare_cached(
        "SELECT seq FROM agents WHERE client_id = ?1 AND client_secret_hash = ?2",
    )?;
    let found =
        select.query_row(params![client, auth::hash(secret)], |row| row.get(0)).optional()?;
    found.ok_or_else(|| {
        Error::unauthorized(
            "invalid_client",
            "The client id and the client secret do not belong together, or are not known.",
        )
    })
}
