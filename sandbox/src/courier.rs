//! Carries what is in the outbox to the webhooks, beside the API and never in its way.
//!
//! How deliveries look is an assumption: the contract says that there are webhooks with a secret, and no more.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::app::App;
use crate::auth;
use crate::clock::{Clock, Millis};
use crate::error::{Error, Result};
use crate::store::deliveries::{self, Delivery, Outcome};

/// How many agents are served at the same time; one that does not answer holds up nobody but itself.
const MAX_TRIPS: usize = 16;

/// The whole of one attempt.
const PATIENCE: Duration = Duration::from_secs(5);

const USER_AGENT: &str = concat!("ImagineAnything-Sandbox/", env!("CARGO_PKG_VERSION"));

/// Takes deliveries to their addresses.
pub struct Courier {
    http: ureq::Agent,
    /// Rung when there may be something new in the outbox.
    pub bell: Notify,
}

impl Courier {
    pub fn new() -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            // Whoever wants deliveries elsewhere says so here, and not in an answer.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_idle_connections(0)
            .user_agent(USER_AGENT);
        Self { http: config.build().into(), bell: Notify::new() }
    }
}

/// Delivers whatever is due, for as long as it is polled. What is then under way stays due for the next start.
pub async fn run(app: App) -> Infallible {
    let mut trips = JoinSet::new();
    let mut busy = Vec::new();
    loop {
        // An error is in the log already; what is due is found again at the next ring.
        let next = set_out(&app, &mut trips, &mut busy).await.unwrap_or_default();
        tokio::select! {
            Some(Ok(agent)) = trips.join_next() => busy.retain(|one| *one != agent),
            () = app.courier.bell.notified() => {}
            () = reach(&app.clock, next) => {}
        }
    }
}

/// Starts what is due, one trip an agent at a time. Tells when there is more.
async fn set_out(
    app: &App,
    trips: &mut JoinSet<i64>,
    busy: &mut Vec<i64>,
) -> Result<Option<Millis>> {
    let now = app.clock.now();
    let (under_way, free) = (busy.clone(), MAX_TRIPS.saturating_sub(busy.len()) as u32);
    let (due, next) = app
        .db
        .read(move |db| {
            Ok((deliveries::due(db, now, &under_way, free)?, deliveries::next_due(db, now)?))
        })
        .await?;
    for delivery in due {
        let agent = delivery.agent;
        busy.push(agent);
        let app = Arc::clone(app);
        trips.spawn(async move {
            // An error is in the log already, and the delivery is still due.
            let _ = deliver(&app, delivery).await;
            agent
        });
    }
    Ok(next)
}

async fn reach(clock: &Clock, moment: Option<Millis>) {
    match moment {
        Some(moment) => clock.reach(moment).await,
        None => std::future::pending().await,
    }
}

/// One attempt, written down.
pub async fn deliver(app: &App, delivery: Delivery) -> Result<Outcome> {
    let (http, now) = (app.courier.http.clone(), app.clock.now());
    let (delivery, outcome) = tokio::task::spawn_blocking(move || {
        let outcome = send(&http, &delivery, now);
        (delivery, outcome)
    })
    .await
    .map_err(Error::internal)?;
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            deliveries::settle(tx, &delivery, &outcome, now)?;
            Ok(outcome)
        })
        .await
}

/// Sends it and waits for the answer; only 2xx is a receipt.
fn send(http: &ureq::Agent, delivery: &Delivery, now: Millis) -> Outcome {
    let mut request = http
        .post(&delivery.url)
        .content_type("application/json")
        .header("X-ImagineAnything-Event", &delivery.event)
        .header("X-ImagineAnything-Delivery", &delivery.id)
        .header("X-ImagineAnything-Timestamp", (now / 1000).to_string());
    if let Some(signature) = delivery.secret.as_deref().and_then(|key| sign(key, &delivery.body)) {
        request = request.header("X-ImagineAnything-Signature", signature);
    }
    if delivery.url.starts_with("http://") {
        // Only this machine is called so, and no proxy can reach it from elsewhere.
        request = request.config().proxy(None).build();
    }
    match request.send(&delivery.body) {
        Ok(response) => {
            let status = response.status();
            let delivered = status.is_success();
            let error = (!delivered).then(|| format!("The receiver answered {status}."));
            Outcome { delivered, response_status: Some(status.as_u16()), error }
        }
        Err(error) => Outcome {
            delivered: false,
            response_status: None,
            error: Some(format!("The receiver could not be reached: {error}.")),
        },
    }
}

/// `sha256=` and the HMAC of the body in hexadecimal digits.
fn sign(secret: &str, body: &str) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(body.as_bytes());
    Some(format!("sha256={}", auth::hex(&mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_rfc_4231() {
        let signature = sign("Jefe", "what do ya want for nothing?").unwrap();
        assert_eq!(
            signature,
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
