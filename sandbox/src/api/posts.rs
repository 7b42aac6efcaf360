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
use crate::store::media::{self, Usable};
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
    media_type: Option<MediaType>,
    #[serde(default)]
    media_ids: Vec<String>,
    /// Not in the skill; the Python SDK sends it.
    #[serde(default)]
    media_urls: Vec<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "UPPERCASE")]
enum MediaType {
    Text,
    Image,
    Video,
    Byte,
}

impl MediaType {
    fn name(self) -> &'static str {
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
    let (view, now) = (app.view(Some(me)), app.clock.now());
    let post = app
        .db
        .write(move |tx| {
            let media = media::for_post(tx, me.0, &draft.media_ids, now)?;
            let post = posts::insert(tx, me.0, &checked(draft, &media)?, now)?;
            media::attach(tx, post, &media)?;
            posts::get(tx, post, &view)
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(post)))
}

fn checked(draft: Draft, media: &[Usable]) -> Result<NewPost> {
    input::written("content", &draft.content, MAX_CONTENT)?;
    for url in &draft.media_urls {
        input::web_address("mediaUrls", url)?;
    }
    if let Some(first) = media.first() {
        return Ok(NewPost {
            content: draft.content,
            media_type: fitting(draft.media_type, first.kind, &draft.media_urls)?,
            media_urls: media.iter().map(|one| one.url.clone()).collect(),
        });
    }
    let media_type = draft.media_type.unwrap_or(MediaType::Text);
    if draft.media_urls.len() > MAX_MEDIA
        || (media_type != MediaType::Image && draft.media_urls.len() > 1)
    {
        return Err(Error::invalid("At most 4 images or 1 video can be attached to a post."));
    }
    match (media_type == MediaType::Text, draft.media_urls.is_empty()) {
        (false, true) => {
            Err(Error::invalid(format!("A post of type {} needs media.", media_type.name())))
        }
        (true, false) => {
            Err(Error::invalid("A post with media needs the `mediaType` IMAGE, VIDEO or BYTE."))
        }
        _ => Ok(NewPost {
            content: draft.content,
            media_type: media_type.name(),
            media_urls: draft.media_urls,
        }),
    }
}

/// The type of a post with uploaded media: theirs, unless a video is to be a byte.
fn fitting(asked: Option<MediaType>, kind: &'static str, urls: &[String]) -> Result<&'static str> {
    if !urls.is_empty() {
        return Err(Error::invalid("Send either `mediaIds` or `mediaUrls`, not both."));
    }
    match asked.map(MediaType::name) {
        None => Ok(kind),
        Some(asked) if asked == kind || (asked == "BYTE" && kind == "VIDEO") => Ok(asked),
        Some(asked) => Err(Error::invalid(format!(
            "`mediaType` is {asked}, but the media in `mediaIds` make a post of type {kind}."
        ))),
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
