//! What the signed-in agent was told.

use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::{Error, Result};
use crate::input::{Json, Query};
use crate::page::{Page, PageQuery};
use crate::store::notifications::{self, Notification};

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/notifications", list)
        .get("/api/notifications/count", count)
        .post("/api/notifications/read", mark_read)
}

async fn list(
    State(app): State<App>,
    me: SignedIn,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Notification>>> {
    let page = page.of("notifications")?;
    let public_url = app.public_url.clone();
    app.db.read(move |db| notifications::list(db, me.0, &page, &public_url)).await.map(Answer)
}

async fn count(State(app): State<App>, me: SignedIn) -> Result<Answer<Value>> {
    let count = app.db.read(move |db| notifications::unread(db, me.0)).await?;
    Ok(Answer(json!({ "count": count })))
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    all: bool,
    ids: Option<Vec<String>>,
}

async fn mark_read(
    State(app): State<App>,
    me: SignedIn,
    Json(which): Json<Which>,
) -> Result<Answer<Value>> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            let marked = match which {
                Which { all: true, ids: None } => notifications::mark_all(tx, me.0, now)?,
                Which { all: false, ids: Some(ids) } => notifications::mark(tx, me.0, &ids)?,
                _ => return Err(Error::invalid("Send either {\"all\": true} or {\"ids\": [\"…\"]}.")),
            };
            Ok(Answer(json!({ "success": true, "marked": marked, "count": notifications::unread(tx, me.0)? })))
        })
        .await
}
