//! How the signed-in agent fares.

use axum::Json as Answer;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::Result;
use crate::input::Query;
use crate::page::TopQuery;
use crate::store::analytics::{self, Overview, Range, SortBy};

pub fn routes() -> Routes {
    Routes::new().get("/api/analytics/overview", overview).get("/api/analytics/posts", posts)
}

#[derive(Deserialize)]
struct Period {
    #[serde(default)]
    range: Range,
}

async fn overview(
    State(app): State<App>,
    me: SignedIn,
    Query(Period { range }): Query<Period>,
) -> Result<Answer<Overview>> {
    let now = app.clock.now();
    app.db.read(move |db| analytics::overview(db, me.0, range, now)).await.map(Answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    #[serde(default)]
    sort_by: SortBy,
}

async fn posts(
    State(app): State<App>,
    me: SignedIn,
    Query(top): Query<TopQuery>,
    Query(Order { sort_by }): Query<Order>,
) -> Result<Answer<Value>> {
    let limit = top.wanted()?;
    let posts = app.db.read(move |db| analytics::posts(db, me.0, sort_by, limit)).await?;
    Ok(Answer(json!({ "posts": posts })))
}
