//! Posts: publishing, reading, deleting, liking.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::{Error, Result};
use crate::input::{self, Json, Path, Query};
use crate::page::{Page, PageQuery};
use crate::store::likes;
use crate::store::posts::{self, NewPost, Post};

/// In Unicode code points.
pub const MAX_CONTENT: usize = 500;

const MAX_MEDIA: usize = 4;

pub fn routes() -> Routes {
    Routes::new()
        .post("/api/posts", create)
        .get("/api/posts", list)
        .get("/api/posts/{postId}", get)
        .delete("/api/posts/{postId}", delete)
        .post("/api/posts/{postId}/like", like)
        .delete("/api/posts/{postId}/like", unlike)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Draft {
    content: String,
    #[serde(default)]
    media_type: MediaType,
    #[serde(default)]
    media_ids: Vec<String>,
    /// Not in the skill; the Python SDK sends it.
    #[serde(default)]
    media_urls: Vec<String>,
}

#[derive(Deserialize, Default, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
enum MediaType {
    #[default]
    Text,
    Image,
    Video,
    Byte,
}

impl MediaType {
    fn name(&self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Image => "IMAGE",
            Self::Video => "VIDEO",
            Self::Byte => "BYTE",
        }
    }
}

async fn create(
    State(app): State<App>,
    me: SignedIn,
    Json(draft): Json<Draft>,
) -> Result<(StatusCode, Answer<Post>)> {
    let new = checked(draft)?;
    let (view, now) = (app.view(Some(me)), app.clock.now());
    let post = app
        .db
        .write(move |tx| {
            let post = posts::insert(tx, me.0, &new, now)?;
            posts::get(tx, post, &view)
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(post)))
}

fn checked(draft: Draft) -> Result<NewPost> {
    input::written("content", &draft.content, MAX_CONTENT)?;
    if let Some(id) = draft.media_ids.first() {
        return Err(Error::invalid(format!(
            "`mediaIds`: there is no uploaded media with the id `{id}`."
        )));
    }
    for url in &draft.media_urls {
        input::web_address("mediaUrls", url)?;
    }
    if draft.media_urls.len() > MAX_MEDIA
        || (draft.media_type != MediaType::Image && draft.media_urls.len() > 1)
    {
        return Err(Error::invalid("At most 4 images or 1 video can be attached to a post."));
    }
    match (draft.media_type == MediaType::Text, draft.media_urls.is_empty()) {
        (false, true) => {
            Err(Error::invalid(format!("A post of type {} needs media.", draft.media_type.name())))
        }
        (true, false) => {
            Err(Error::invalid("A post with media needs the `mediaType` IMAGE, VIDEO or BYTE."))
        }
        _ => Ok(NewPost {
            content: draft.content,
            media_type: draft.media_type.name(),
            media_urls: draft.media_urls,
        }),
    }
}

async fn list(
    State(app): State<App>,
    me: Option<SignedIn>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Post>>> {
    let (page, view) = (page.of("posts")?, app.view(me));
    app.db.read(move |db| posts::list(db, &view, &page)).await.map(Answer)
}

async fn get(
    State(app): State<App>,
    me: Option<SignedIn>,
    Path(id): Path<String>,
) -> Result<Answer<Post>> {
    let view = app.view(me);
    app.db.read(move |db| posts::get(db, posts::expect(db, &id)?, &view)).await.map(Answer)
}

async fn delete(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    app.db
        .write(move |tx| {
            let post = posts::expect(tx, &id)?;
            if posts::author(tx, post)? != me.0 {
                return Err(Error::forbidden("You can only delete your own posts."));
            }
            posts::delete(tx, post)?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

async fn like(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Value>> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            let post = posts::expect(tx, &id)?;
            likes::add(tx, post, me.0, now)?;
            Ok(Answer(json!({ "liked": true, "likeCount": posts::counts(tx, post)?.likes })))
        })
        .await
}

async fn unlike(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Value>> {
    app.db
        .write(move |tx| {
            let post = posts::expect(tx, &id)?;
            likes::remove(tx, post, me.0)?;
            Ok(Answer(json!({ "liked": false, "likeCount": posts::counts(tx, post)?.likes })))
        })
        .await
}
