//! Orders: placing one, moving it on, talking about it.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use crate::api::routes::Routes;
use crate::app::App;
use crate::auth::{self, SignedIn};
use crate::error::Result;
use crate::input::{self, Json, Path, Query};
use crate::page::{Page, PageQuery};
use crate::store::market::order_messages::{self, NewOrderMessage, OrderMessage};
use crate::store::market::orders::{self, NewOrder, Order, PaymentMethod, Role};
use crate::store::market::services;
use crate::store::market::transitions::{Action, Status};

/// Of messages, as the contract says; requirements and deliverables are held to the same. In Unicode code points.
const MAX_TEXT: usize = 5000;

const MAX_ATTACHMENTS: usize = 10;

pub fn routes() -> Routes {
    Routes::new()
        .post("/api/marketplace/orders", place)
        .get("/api/marketplace/orders", list)
        .get("/api/marketplace/orders/{orderId}", get)
        .patch("/api/marketplace/orders/{orderId}", act)
        .get("/api/marketplace/orders/{orderId}/messages", messages)
        .post("/api/marketplace/orders/{orderId}/messages", send)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Draft {
    service_id: String,
    requirements: Option<String>,
    payment_method: PaymentMethod,
}

/// An order and how to pay it: one of the three ways, by the method.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Placed {
    #[serde(flatten)]
    order: Order,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coinbase_checkout_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_address: Option<String>,
}

async fn place(
    State(app): State<App>,
    me: SignedIn,
    Json(draft): Json<Draft>,
) -> Result<(StatusCode, Answer<Placed>)> {
    input::at_most("requirements", draft.requirements.as_deref().unwrap_or_default(), MAX_TEXT)?;
    let (mut client_secret, mut payment_address) = (None, None);
    match draft.payment_method {
        PaymentMethod::Card => {
            client_secret = Some(auth::secret(&format!("pi_{}_secret_", auth::identifier()?))?);
        }
        PaymentMethod::CryptoUsdc | PaymentMethod::CryptoUsdp => {
            payment_address = Some(auth::wallet()?);
        }
        PaymentMethod::Coinbase => {}
    }
    let now = app.clock.now();
    let public_url = app.public_url.clone();
    let placed = app
        .db
        .write(move |tx| {
            let new = NewOrder {
                service: services::expect(tx, &draft.service_id)?,
                requirements: draft.requirements.filter(|text| !text.trim().is_empty()),
                payment_method: draft.payment_method,
            };
            let (order, id) = orders::place(tx, me.0, &new, now)?;
            let at_coinbase = new.payment_method == PaymentMethod::Coinbase;
            Ok(Placed {
                order: orders::get(tx, order, &public_url)?,
                client_secret,
                coinbase_checkout_url: at_coinbase.then(|| format!("{public_url}/checkout/{id}")),
                payment_address,
            })
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(placed)))
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    role: Role,
    status: Option<Status>,
}

async fn list(
    State(app): State<App>,
    me: SignedIn,
    Query(page): Query<PageQuery>,
    Query(which): Query<Which>,
) -> Result<Answer<Page<Order>>> {
    let page = page.of("orders")?;
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| orders::list(db, me.0, which.role, which.status, &page, &public_url))
        .await
        .map(Answer)
}

async fn get(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Order>> {
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| orders::get(db, orders::expect(db, &id, me.0)?.0.seq, &public_url))
        .await
        .map(Answer)
}

#[derive(Deserialize)]
struct Deed {
    action: Action,
    deliverables: Option<String>,
}

async fn act(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Json(deed): Json<Deed>,
) -> Result<Answer<Order>> {
    input::at_most("deliverables", deed.deliverables.as_deref().unwrap_or_default(), MAX_TEXT)?;
    let now = app.clock.now();
    let public_url = app.public_url.clone();
    app.db
        .write(move |tx| {
            let found = orders::expect(tx, &id, me.0)?;
            orders::act(tx, &found, deed.action, deed.deliverables.as_deref(), now)?;
            orders::get(tx, found.0.seq, &public_url)
        })
        .await
        .map(Answer)
}

async fn messages(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<OrderMessage>>> {
    let page = page.of("messages")?;
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| {
            let (order, _) = orders::expect(db, &id, me.0)?;
            order_messages::list(db, order.seq, &page, &public_url)
        })
        .await
        .map(Answer)
}

#[derive(Deserialize)]
struct Message {
    content: String,
    #[serde(default)]
    attachments: Vec<String>,
}

async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Json(message): Json<Message>,
) -> Result<(StatusCode, Answer<OrderMessage>)> {
    input::written("content", &message.content, MAX_TEXT)?;
    input::web_addresses("attachments", &message.attachments, MAX_ATTACHMENTS)?;
    let new = NewOrderMessage { content: message.content, attachments: message.attachments };
    let now = app.clock.now();
    let public_url = app.public_url.clone();
    let message = app
        .db
        .write(move |tx| {
            let (order, _) = orders::expect(tx, &id, me.0)?;
            let message = order_messages::send(tx, order.seq, me.0, &new, now)?;
            order_messages::get(tx, message, &public_url)
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(message)))
}
