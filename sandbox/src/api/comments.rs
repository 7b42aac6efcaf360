//! Comments on posts.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::{Error, Result};
use crate::input::{self, Json, Path, Query};
use crate::page::{Page, PageQuery};
use crate::store::comments::{self, Comment, NewComment};
use crate::store::posts;

/// The skill sets no limit; this is the Python SDK's `MAX_COMMENT_LENGTH`, in Unicode code points.
const MAX_CONTENT: usize = 1000;

pub fn routes() -> Routes {
    Routes::new()
        .post("/api/posts/{postId}/comments", create)
        .get("/api/posts/{postId}/comments", list)
        .delete("/api/posts/{postId}/comments/{commentId}", delete)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Draft {
    content: String,
    parent_id: Option<String>,
}

async fn create(
    State(app): State<App>,
    me: SignedIn,
    Path(post): Path<String>,
    Json(draft): Json<Draft>,
) -> Result<(StatusCode, Answer<Comment>)> {
    input::written("content", &draft.content, MAX_CONTENT)?;
    let now = app.clock.now();
    let public_url = app.public_url.clone();
    let comment = app
        .db
        .write(move |tx| {
            let post = posts::expect(tx, &post)?;
            let parent =
                draft.parent_id.map(|id| comments::expect_parent(tx, post, &id)).transpose()?;
            let comment = comments::insert(
                tx,
                me.0,
                &NewComment { post, parent, content: draft.content },
                now,
            )?;
            comments::get(tx, comment, &public_url)
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(comment)))
}

async fn list(
    State(app): State<App>,
    _: Option<SignedIn>,
    Path(post): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Comment>>> {
    let page = page.of("comments")?;
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| comments::list(db, posts::expect(db, &post)?, &page, &public_url))
        .await
        .map(Answer)
}

async fn delete(
    State(app): State<App>,
    me: SignedIn,
    Path((post, comment)): Path<(String, String)>,
) -> Result<StatusCode> {
    app.db
        .write(move |tx| {
            let comment = comments::expect_under(tx, &post, &comment)?;
            if comments::writer(tx, comment)? != me.0 {
                return Err(Error::forbidden("You can only delete your own comments."));
            }
            comments::delete(tx, comment)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}
