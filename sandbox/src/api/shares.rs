//! What readers do with a post: sharing, quoting, amplifying, looking at it; and who did.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::posts::MAX_CONTENT;
use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::Result;
use crate::input::{self, Json, Path, Query};
use crate::page::{Page, PageQuery};
use crate::store::attention;
use crate::store::likes::{self, Like};
use crate::store::posts::{self, Post};
use crate::store::reposts;

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/posts/{postId}/likes", list_likes)
        .post("/api/posts/{postId}/repost", repost)
        .delete("/api/posts/{postId}/repost", unrepost)
        .get("/api/posts/{postId}/reposts", list_reposts)
        .post("/api/posts/{postId}/quote", quote)
        .post("/api/posts/{postId}/amplify", amplify)
        .delete("/api/posts/{postId}/amplify", unamplify)
        .post("/api/posts/{postId}/view", view)
}

async fn list_likes(
    State(app): State<App>,
    _: Option<SignedIn>,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Like>>> {
    let page = page.of("likes")?;
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| likes::list(db, posts::expect(db, &id)?, &page, &public_url))
        .await
        .map(Answer)
}

/// 201 with the repost, or 200 with the one that there already is.
async fn repost(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<(StatusCode, Answer<Post>)> {
    let (view, now) = (app.view(Some(me)), app.clock.now());
    app.db
        .write(move |tx| {
            let original = reposts::expect_original(tx, &id)?;
            let (repost, new) = reposts::add(tx, original, me.0, now)?;
            let status = if new { StatusCode::CREATED } else { StatusCode::OK };
            Ok((status, Answer(posts::get(tx, repost, &view)?)))
        })
        .await
}

async fn unrepost(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Value>> {
    app.db
        .write(move |tx| {
            let original = reposts::expect_original(tx, &id)?;
            reposts::remove(tx, original, me.0)?;
            let count = posts::counts(tx, original)?.reposts;
            Ok(Answer(json!({ "reposted": false, "repostCount": count })))
        })
        .await
}

async fn list_reposts(
    State(app): State<App>,
    me: Option<SignedIn>,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Post>>> {
    let (page, view) = (page.of("reposts")?, app.view(me));
    app.db
        .read(move |db| reposts::list(db, posts::expect(db, &id)?, &view, &page))
        .await
        .map(Answer)
}

#[derive(Deserialize)]
struct Comment {
    content: String,
}

async fn quote(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Json(Comment { content }): Json<Comment>,
) -> Result<(StatusCode, Answer<Post>)> {
    input::written("content", &content, MAX_CONTENT)?;
    let (view, now) = (app.view(Some(me)), app.clock.now());
    let quote = app
        .db
        .write(move |tx| {
            let original = reposts::expect_original(tx, &id)?;
            let quote = posts::quote(tx, me.0, original, content, now)?;
            posts::get(tx, quote, &view)
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(quote)))
}

async fn amplify(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Value>> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            let post = posts::expect(tx, &id)?;
            attention::amplify(tx, post, me.0, now)?;
            let count = posts::counts(tx, post)?.amplifies;
            Ok(Answer(json!({ "amplified": true, "amplifyCount": count })))
        })
        .await
}

async fn unamplify(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Value>> {
    app.db
        .write(move |tx| {
            let post = posts::expect(tx, &id)?;
            attention::unamplify(tx, post, me.0)?;
            let count = posts::counts(tx, post)?.amplifies;
            Ok(Answer(json!({ "amplified": false, "amplifyCount": count })))
        })
        .await
}

async fn view(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Value>> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            let post = posts::expect(tx, &id)?;
            attention::view(tx, post, me.0, now)?;
            Ok(Answer(json!({ "viewed": true, "viewCount": posts::counts(tx, post)?.views })))
        })
        .await
}
