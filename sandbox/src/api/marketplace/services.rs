//! Services: browsing, offering, changing and withdrawing them.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::api::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::{Error, Result};
use crate::input::{self, Json, Path, Query};
use crate::page::{Page, PageQuery};
use crate::store::market::browse::{self, Wanted};
use crate::store::market::reviews::{self, Review};
use crate::store::market::services::{self, Changes, NewService, SellerStats, Service};

const MAX_TITLE: usize = 100;
const MAX_SHORT_DESC: usize = 200;
const MAX_DESCRIPTION: usize = 5000;
const MAX_CATEGORY: usize = 50;
const MAX_TAGS: usize = 20;
const MAX_TAG: usize = 50;
const MAX_IMAGES: usize = 10;
const MAX_PRICE: i64 = 100_000_000;
const MAX_DELIVERY_DAYS: i64 = 365;
const MAX_REVISIONS: i64 = 100;

const DEFAULT_DELIVERY_DAYS: i64 = 7;
const DEFAULT_REVISIONS: i64 = 1;

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/marketplace/services", list)
        .post("/api/marketplace/services", create)
        .get("/api/marketplace/services/{serviceId}", get)
        .patch("/api/marketplace/services/{serviceId}", update)
        .delete("/api/marketplace/services/{serviceId}", delete)
}

async fn list(
    State(app): State<App>,
    _: Option<SignedIn>,
    Query(page): Query<PageQuery>,
    Query(wanted): Query<Wanted>,
) -> Result<Answer<Page<Service>>> {
    if let (Some(min), Some(max)) = (wanted.min_price, wanted.max_price)
        && min > max
    {
        return Err(Error::invalid("`minPrice` must not be above `maxPrice`."));
    }
    let page = page.sorted("services", &wanted.order())?;
    let public_url = app.public_url.clone();
    app.db.read(move |db| browse::list(db, &wanted, &page, &public_url)).await.map(Answer)
}

/// A service as its own page shows it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    #[serde(flatten)]
    service: Service,
    agent_stats: SellerStats,
    reviews: Vec<Review>,
}

async fn get(
    State(app): State<App>,
    _: Option<SignedIn>,
    Path(id): Path<String>,
) -> Result<Answer<Details>> {
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| {
            let service = services::expect(db, &id)?;
            Ok(Answer(Details {
                service: services::get(db, service, &public_url)?,
                agent_stats: services::seller_stats(db, services::seller(db, service)?)?,
                reviews: reviews::latest(db, service, &public_url)?,
            }))
        })
        .await
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Draft {
    title: String,
    description: String,
    short_desc: Option<String>,
    price: i64,
    delivery_days: Option<i64>,
    revisions: Option<i64>,
    category: String,
    #[serde(default)]
    tags: Vec<String>,
    thumbnail_url: Option<String>,
    #[serde(default)]
    images: Vec<String>,
}

async fn create(
    State(app): State<App>,
    me: SignedIn,
    Json(draft): Json<Draft>,
) -> Result<(StatusCode, Answer<Service>)> {
    let new = offered(draft)?;
    let now = app.clock.now();
    let public_url = app.public_url.clone();
    let service = app
        .db
        .write(move |tx| services::get(tx, services::insert(tx, me.0, &new, now)?, &public_url))
        .await?;
    Ok((StatusCode::CREATED, Answer(service)))
}

fn offered(draft: Draft) -> Result<NewService> {
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    // Each rule stands once, in `checked`: a new service is one that changes all of nothing.
    let all = checked(Update {
        title: Some(draft.title),
        description: Some(draft.description),
        short_desc: draft.short_desc,
        price: Some(draft.price),
        delivery_days: draft.delivery_days,
        revisions: draft.revisions,
        category: Some(draft.category),
        tags: Some(draft.tags),
        thumbnail_url: draft.thumbnail_url,
        images: Some(draft.images),
    })?;
    Ok(NewService {
        title: all.title.unwrap_or_default(),
        description: all.description.unwrap_or_default(),
        short_desc: filled(all.short_desc),
        price: all.price.unwrap_or_default(),
        delivery_days: all.delivery_days.unwrap_or(DEFAULT_DELIVERY_DAYS),
        revisions: all.revisions.unwrap_or(DEFAULT_REVISIONS),
        category: all.category.unwrap_or_default(),
        tags: all.tags.unwrap_or_default(),
        thumbnail_url: filled(all.thumbnail_url),
        images: all.images.unwrap_or_default(),
        featured: false,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update {
    title: Option<String>,
    description: Option<String>,
    short_desc: Option<String>,
    price: Option<i64>,
    delivery_days: Option<i64>,
    revisions: Option<i64>,
    category: Option<String>,
    tags: Option<Vec<String>>,
    thumbnail_url: Option<String>,
    images: Option<Vec<String>>,
}

fn checked(asked: Update) -> Result<Changes> {
    let text = |field, text: &Option<String>, max| match text {
        Some(text) => input::written(field, text, max),
        None => Ok(()),
    };
    text("title", &asked.title, MAX_TITLE)?;
    text("description", &asked.description, MAX_DESCRIPTION)?;
    text("category", &asked.category, MAX_CATEGORY)?;
    input::at_most("shortDesc", asked.short_desc.as_deref().unwrap_or_default(), MAX_SHORT_DESC)?;
    let number = |field, number: Option<i64>, range| match number {
        Some(number) => input::within(field, number, range),
        None => Ok(()),
    };
    number("price", asked.price, 1..=MAX_PRICE)?;
    number("deliveryDays", asked.delivery_days, 1..=MAX_DELIVERY_DAYS)?;
    number("revisions", asked.revisions, 0..=MAX_REVISIONS)?;
    input::labels("tags", asked.tags.as_deref().unwrap_or_default(), MAX_TAGS, MAX_TAG)?;
    input::web_addresses("images", asked.images.as_deref().unwrap_or_default(), MAX_IMAGES)?;
    let thumbnail = asked.thumbnail_url.as_deref().filter(|url| !url.is_empty());
    thumbnail.map_or(Ok(()), |url| input::web_address("thumbnailUrl", url))?;
    Ok(Changes {
        title: asked.title,
        description: asked.description,
        short_desc: asked.short_desc,
        price: asked.price,
        delivery_days: asked.delivery_days,
        revisions: asked.revisions,
        category: asked.category,
        tags: asked.tags,
        thumbnail_url: asked.thumbnail_url,
        images: asked.images,
    })
}

async fn update(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Json(asked): Json<Update>,
) -> Result<Answer<Service>> {
    let changes = checked(asked)?;
    let now = app.clock.now();
    let public_url = app.public_url.clone();
    app.db
        .write(move |tx| {
            let service = services::expect_own(tx, &id, me.0)?;
            services::update(tx, service, &changes, now)?;
            services::get(tx, service, &public_url)
        })
        .await
        .map(Answer)
}

/// Answers 204 when the service is gone, 200 with a word about it when it was only deactivated.
async fn delete(State(app): State<App>, me: SignedIn, Path(id): Path<String>) -> Result<Response> {
    let now = app.clock.now();
    let gone = app
        .db
        .write(move |tx| services::delete(tx, services::expect_own(tx, &id, me.0)?, now))
        .await?;
    if gone {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let message = "The service has active orders: it was deactivated and takes no new ones.";
    Ok(Answer(json!({ "success": true, "deactivated": true, "message": message })).into_response())
}
