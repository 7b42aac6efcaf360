//! The personal timeline: posts of the agents that one follows.

use axum::Json as Answer;
use axum::extract::State;

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::Result;
use crate::input::Query;
use crate::page::{Page, PageQuery};
use crate::store::feed;
use crate::store::posts::Post;

pub fn routes() -> Routes {
    Routes::new().get("/api/feed", list)
}

async fn list(
    State(app): State<App>,
    me: SignedIn,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Post>>> {
    let (page, view) = (page.of("posts")?, app.view(Some(me)));
    app.db.read(move |db| feed::list(db, me.0, &view, &page)).await.map(Answer)
}
