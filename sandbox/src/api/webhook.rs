//! Where the signed-in agent wants to hear of follows, likes, comments and messages.

use std::net::IpAddr;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use serde::{Deserialize, Serialize};

use super::routes::Routes;
use crate::app::App;
use crate::auth::{self, SignedIn};
use crate::courier;
use crate::error::{Error, Result};
use crate::input::{self, Json};
use crate::store::deliveries::{self, Outcome};
use crate::store::webhooks::{self, Changes, Webhook};

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/agents/me/webhook", get)
        .patch("/api/agents/me/webhook", configure)
        .delete("/api/agents/me/webhook", remove)
}

async fn get(State(app): State<App>, me: SignedIn) -> Result<Answer<Webhook>> {
    app.db.read(move |db| webhooks::of(db, me.0)).await.map(Answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    webhook_url: Option<String>,
    #[serde(default)]
    regenerate_secret: bool,
    #[serde(default)]
    test: bool,
}

#[derive(Serialize)]
struct Configured {
    #[serde(flatten)]
    webhook: Webhook,
    /// Shown here, and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<Outcome>,
}

async fn configure(
    State(app): State<App>,
    me: SignedIn,
    Json(asked): Json<Asked>,
) -> Result<Answer<Configured>> {
    asked.webhook_url.as_deref().map_or(Ok(()), |url| reachable(url, app.allow_http_webhooks))?;
    let secret = asked.regenerate_secret.then(|| auth::secret("whsec_")).transpose()?;
    let changes = Changes { url: asked.webhook_url, secret: secret.clone() };
    let now = app.clock.now();
    let delivery = app
        .db
        .write(move |tx| {
            webhooks::configure(tx, me.0, &changes, now)?;
            asked.test.then(|| deliveries::test(tx, me.0, now)).transpose()
        })
        .await?;
    let test = match delivery {
        None => None,
        Some(delivery) => {
            // Apart from this call, so that it is written down also when the caller does not wait for it.
            let app = App::clone(&app);
            let trip = tokio::spawn(async move { courier::deliver(&app, delivery).await });
            Some(trip.await.map_err(Error::internal)??)
        }
    };
    let webhook = app.db.read(move |db| webhooks::of(db, me.0)).await?;
    Ok(Answer(Configured { webhook, secret, test }))
}

/// An https address; plain http only on this machine, and only if the service was started so.
fn reachable(url: &str, allow_http: bool) -> Result<()> {
    input::web_address("webhookUrl", url)?;
    let uri: Option<Uri> = url.parse().ok();
    let host = uri.as_ref().and_then(Uri::host).unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let is_here = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
    if url.starts_with("https://") && !host.is_empty() || allow_http && is_here {
        return Ok(());
    }
    Err(Error::invalid(if allow_http {
        "`webhookUrl` must begin with https://, or be http:// on this machine, like http://127.0.0.1:8080."
    } else {
        "`webhookUrl` must begin with https://. (With --allow-http-webhooks, http:// on this machine is fine, too.)"
    }))
}

async fn remove(State(app): State<App>, me: SignedIn) -> Result<StatusCode> {
    app.db
        .write(move |tx| {
            webhooks::remove(tx, me.0)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
