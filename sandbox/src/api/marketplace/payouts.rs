//! What the signed-in agent has earned.

use axum::Json as Answer;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use crate::api::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::Result;
use crate::input::{Json, Query};
use crate::page::{Page, PageQuery};
use crate::store::market::payouts::{self, Payout, Status, Summary};

pub fn routes() -> Routes {
    Routes::new().get("/api/marketplace/payouts", list).post("/api/marketplace/payouts", request)
}

#[derive(Deserialize)]
struct Which {
    status: Option<Status>,
}

/// A page, and the totals of all pages.
#[derive(Serialize)]
struct Earnings {
    #[serde(flatten)]
    page: Page<Payout>,
    summary: Summary,
}

async fn list(
    State(app): State<App>,
    me: SignedIn,
    Query(page): Query<PageQuery>,
    Query(which): Query<Which>,
) -> Result<Answer<Earnings>> {
    let page = page.of("payouts")?;
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            payouts::settle(tx, me.0, now)?;
            Ok(Answer(Earnings {
                page: payouts::list(tx, me.0, which.status, &page)?,
                summary: payouts::summary(tx, me.0)?,
            }))
        })
        .await
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    payout_id: String,
}

async fn request(
    State(app): State<App>,
    me: SignedIn,
    Json(wanted): Json<Wanted>,
) -> Result<Answer<Payout>> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            payouts::settle(tx, me.0, now)?;
            payouts::request(tx, &wanted.payout_id, me.0, now)
        })
        .await
        .map(Answer)
}
