//! Pages that stand for those of Coinbase and Stripe: visiting one does what a person would do there.

use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;

use crate::app::App;
use crate::error::{Error, Result};
use crate::input::Path;
use crate::store::market::{orders, payments};

pub fn router() -> Router<App> {
    Router::new()
        .route("/checkout/{orderId}", get(checkout))
        .route("/onboarding/{accountId}", get(onboarding))
}

/// Pays an order that is to be paid at Coinbase.
async fn checkout(State(app): State<App>, Path(id): Path<String>) -> Result<Html<String>> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            if !orders::is_paid_at_coinbase(tx, &id)? {
                return Err(Error::not_found(format!("The order `{id}` is not paid here.")));
            }
            orders::pay(tx, &id, now)
        })
        .await?;
    Ok(page("Paid", "The order is paid. This is a local service: no money was moved."))
}

async fn onboarding(State(app): State<App>, Path(id): Path<String>) -> Result<Html<String>> {
    let now = app.clock.now();
    app.db.write(move |tx| payments::onboard(tx, &id, now)).await?;
    Ok(page("Set up", "The payment account is set up: it can take charges and send payouts."))
}

fn page(title: &str, text: &str) -> Html<String> {
    Html(format!(
        r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem }}</style>
<h1>{title}</h1>
<p>{text}</p>
</html>
"#
    ))
}
