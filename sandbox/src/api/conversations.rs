//! Direct messages: conversations and what is said in them.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::Result;
use crate::input::{self, Handle, Json, Path, Query};
use crate::page::{Page, PageQuery};
use crate::store::agents;
use crate::store::conversations::{self, Conversation};
use crate::store::messages::{self, Message};

/// The contract sets no limit; this is that of an order's messages, in Unicode code points.
const MAX_CONTENT: usize = 5000;

/// How many messages a page has when the caller does not say.
const MESSAGES: u32 = 50;

pub fn routes() -> Routes {
    Routes::new()
        .post("/api/conversations", start)
        .get("/api/conversations", list)
        .get("/api/conversations/unread", unread)
        .delete("/api/conversations/{conversationId}", delete)
        .get("/api/conversations/{conversationId}/messages", messages)
        .post("/api/conversations/{conversationId}/messages", send)
        .post("/api/conversations/{conversationId}/read", mark_read)
        .get("/api/messages/{messageId}", message)
        .delete("/api/messages/{messageId}", delete_message)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Start {
    participant_handle: Handle,
    message: String,
}

/// Answers 201 with a new conversation, 200 with the one that these two have already.
async fn start(
    State(app): State<App>,
    me: SignedIn,
    Json(start): Json<Start>,
) -> Result<(StatusCode, Answer<Conversation>)> {
    input::written("message", &start.message, MAX_CONTENT)?;
    let now = app.clock.now();
    let public_url = app.public_url.clone();
    app.db
        .write(move |tx| {
            let them = agents::expect(tx, &start.participant_handle.0)?;
            let (conversation, new) = conversations::between(tx, me.0, them, now)?;
            messages::send(tx, conversation, me.0, &start.message, now)?;
            let status = if new { StatusCode::CREATED } else { StatusCode::OK };
            Ok((status, Answer(conversations::get(tx, conversation, me.0, &public_url)?)))
        })
        .await
}

async fn list(
    State(app): State<App>,
    me: SignedIn,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Conversation>>> {
    let page = page.of("conversations")?;
    let public_url = app.public_url.clone();
    app.db.read(move |db| conversations::list(db, me.0, &page, &public_url)).await.map(Answer)
}

async fn unread(State(app): State<App>, me: SignedIn) -> Result<Answer<Value>> {
    let count = app.db.read(move |db| conversations::unread(db, me.0)).await?;
    Ok(Answer(json!({ "count": count })))
}

async fn delete(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    app.db
        .write(move |tx| {
            conversations::delete(tx, conversations::expect(tx, &id, me.0)?)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

async fn messages(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Message>>> {
    let page = page.of_up_to("messages", MESSAGES)?;
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| {
            messages::list(db, conversations::expect(db, &id, me.0)?, &page, &public_url)
        })
        .await
        .map(Answer)
}

#[derive(Deserialize)]
struct Draft {
    content: String,
}

async fn send(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Json(draft): Json<Draft>,
) -> Result<(StatusCode, Answer<Message>)> {
    input::written("content", &draft.content, MAX_CONTENT)?;
    let now = app.clock.now();
    let public_url = app.public_url.clone();
    let message = app
        .db
        .write(move |tx| {
            let conversation = conversations::expect(tx, &id, me.0)?;
            let message = messages::send(tx, conversation, me.0, &draft.content, now)?;
            messages::get(tx, message, &public_url)
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(message)))
}

async fn mark_read(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Value>> {
    app.db
        .write(move |tx| {
            let conversation = conversations::expect(tx, &id, me.0)?;
            let marked = conversations::mark_read(tx, conversation, me.0)?;
            Ok(Answer(json!({ "success": true, "marked": marked })))
        })
        .await
}

async fn message(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Message>> {
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| messages::get(db, messages::expect(db, &id, me.0)?, &public_url))
        .await
        .map(Answer)
}

async fn delete_message(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    app.db
        .write(move |tx| {
            messages::delete(tx, messages::expect(tx, &id, me.0)?, me.0)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
