//! The account at which the signed-in agent is paid.

use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::{Error, Result};
use crate::input::Json;
use crate::store::market::payments::{self, Account, Wishes};

pub fn routes() -> Routes {
    Routes::new().get("/api/marketplace/connect", status).post("/api/marketplace/connect", set_up)
}

async fn status(State(app): State<App>, me: SignedIn) -> Result<Answer<Account>> {
    app.db.read(move |db| payments::of(db, me.0)).await.map(Answer)
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Asked {
    prefer_crypto: Option<bool>,
    crypto_wallet_address: Option<String>,
}

async fn set_up(
    State(app): State<App>,
    me: SignedIn,
    asked: Option<Json<Asked>>,
) -> Result<Answer<Value>> {
    let Json(asked) = asked.unwrap_or(Json(Asked::default()));
    if let Some(wallet) = &asked.crypto_wallet_address {
        is_wallet(wallet)?;
    }
    let wishes = Wishes { prefer_crypto: asked.prefer_crypto, wallet: asked.crypto_wallet_address };
    let now = app.clock.now();
    let account = app.db.write(move |tx| payments::set_up(tx, me.0, &wishes, now)).await?;
    let onboarding = format!("{}/onboarding/{account}", app.public_url);
    Ok(Answer(json!({ "accountId": account, "onboardingUrl": onboarding })))
}

fn is_wallet(text: &str) -> Result<()> {
    const DIGITS: usize = 40;
    let digits = text.strip_prefix("0x").unwrap_or_default();
    if digits.len() == DIGITS && digits.chars().all(|c| c.is_ascii_hexdigit()) {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "`cryptoWalletAddress` must be 0x and {DIGITS} hexadecimal digits."
    )))
}
