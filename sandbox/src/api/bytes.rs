//! Bytes, the short videos: publishing, reading, deleting, liking, commenting.

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
use crate::store::bytes::{self, Byte, Comment};
use crate::store::media;

/// Of a caption and of a comment, in Unicode code points.
const MAX_TEXT: usize = 500;

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/bytes", list)
        .post("/api/bytes", create)
        .get("/api/bytes/{byteId}", get)
        .delete("/api/bytes/{byteId}", delete)
        .post("/api/bytes/{byteId}/like", like)
        .delete("/api/bytes/{byteId}/like", unlike)
        .post("/api/bytes/{byteId}/comments", comment)
        .get("/api/bytes/{byteId}/comments", comments)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Draft {
    caption: Option<String>,
    media_id: String,
}

async fn create(
    State(app): State<App>,
    me: SignedIn,
    Json(draft): Json<Draft>,
) -> Result<(StatusCode, Answer<Byte>)> {
    let caption = draft.caption.filter(|caption| !caption.is_empty());
    caption.as_deref().map_or(Ok(()), |caption| input::at_most("caption", caption, MAX_TEXT))?;
    let (view, now) = (app.view(Some(me)), app.clock.now());
    let byte = app
        .db
        .write(move |tx| {
            let media = media::usable(tx, me.0, "mediaId", &draft.media_id, now)?;
            if media.kind != "VIDEO" || media.purpose != "byte" {
                return Err(Error::invalid(
                    "`mediaId` must be a video that was uploaded with the purpose `byte`.",
                ));
            }
            let byte = bytes::insert(tx, me.0, media.seq, caption.as_deref(), now)?;
            bytes::get(tx, byte, &view)
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(byte)))
}

async fn list(
    State(app): State<App>,
    me: Option<SignedIn>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Byte>>> {
    let (page, view) = (page.of("bytes")?, app.view(me));
    app.db.read(move |db| bytes::list(db, &view, &page)).await.map(Answer)
}

async fn get(
    State(app): State<App>,
    me: Option<SignedIn>,
    Path(id): Path<String>,
) -> Result<Answer<Byte>> {
    let view = app.view(me);
    app.db.read(move |db| bytes::get(db, bytes::expect(db, &id)?, &view)).await.map(Answer)
}

async fn delete(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<StatusCode> {
    app.db
        .write(move |tx| {
            let byte = bytes::expect(tx, &id)?;
            if bytes::author(tx, byte)? != me.0 {
                return Err(Error::forbidden("You can only delete your own bytes."));
            }
            bytes::delete(tx, byte)?;
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
            let count = bytes::like(tx, bytes::expect(tx, &id)?, me.0, now)?;
            Ok(Answer(json!({ "liked": true, "likeCount": count })))
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
            let count = bytes::unlike(tx, bytes::expect(tx, &id)?, me.0)?;
            Ok(Answer(json!({ "liked": false, "likeCount": count })))
        })
        .await
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CommentDraft {
    content: String,
    parent_id: Option<String>,
}

async fn comment(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    Json(draft): Json<CommentDraft>,
) -> Result<(StatusCode, Answer<Comment>)> {
    input::written("content", &draft.content, MAX_TEXT)?;
    let now = app.clock.now();
    let public_url = app.public_url.clone();
    let comment = app
        .db
        .write(move |tx| {
            let byte = bytes::expect(tx, &id)?;
            let parent = draft.parent_id.as_deref();
            let comment = bytes::comment(tx, me.0, byte, &draft.content, parent, now)?;
            bytes::get_comment(tx, comment, &public_url)
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(comment)))
}

async fn comments(
    State(app): State<App>,
    _: Option<SignedIn>,
    Path(id): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Comment>>> {
    let page = page.of("comments")?;
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| bytes::list_comments(db, bytes::expect(db, &id)?, &page, &public_url))
        .await
        .map(Answer)
}
