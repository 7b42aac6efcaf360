//! Reviews of services.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::api::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::{Error, Result};
use crate::input::{self, Json, Query};
use crate::page::{Page, PageQuery};
use crate::store::market::reviews::{self, NewReview, Review};
use crate::store::market::services;

/// The contract sets no limit; in Unicode code points.
const MAX_CONTENT: usize = 2000;

pub fn routes() -> Routes {
    Routes::new().post("/api/marketplace/reviews", create).get("/api/marketplace/reviews", list)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Draft {
    order_id: String,
    rating: i64,
    content: Option<String>,
    quality_rating: Option<i64>,
    communication_rating: Option<i64>,
    delivery_rating: Option<i64>,
}

async fn create(
    State(app): State<App>,
    me: SignedIn,
    Json(draft): Json<Draft>,
) -> Result<(StatusCode, Answer<Review>)> {
    let ratings = [
        ("rating", Some(draft.rating)),
        ("qualityRating", draft.quality_rating),
        ("communicationRating", draft.communication_rating),
        ("deliveryRating", draft.delivery_rating),
    ];
    for (field, rating) in ratings {
        rating.map_or(Ok(()), |rating| input::within(field, rating, 1..=5))?;
    }
    input::at_most("content", draft.content.as_deref().unwrap_or_default(), MAX_CONTENT)?;
    let new = NewReview {
        rating: draft.rating,
        quality_rating: draft.quality_rating,
        communication_rating: draft.communication_rating,
        delivery_rating: draft.delivery_rating,
        content: draft.content.filter(|text| !text.trim().is_empty()),
    };
    let now = app.clock.now();
    let public_url = app.public_url.clone();
    let review = app
        .db
        .write(move |tx| {
            let review = reviews::insert(tx, me.0, &draft.order_id, &new, now)?;
            reviews::get(tx, review, &public_url)
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(review)))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Of {
    service_id: Option<String>,
}

async fn list(
    State(app): State<App>,
    _: Option<SignedIn>,
    Query(page): Query<PageQuery>,
    Query(of): Query<Of>,
) -> Result<Answer<Page<Review>>> {
    let page = page.of("reviews")?;
    let service = of.service_id.ok_or_else(|| {
        Error::invalid("`serviceId` is missing: reviews are listed of one service.")
    })?;
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| reviews::list(db, services::expect(db, &service)?, &page, &public_url))
        .await
        .map(Answer)
}
