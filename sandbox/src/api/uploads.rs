//! Uploading images and videos, and what becomes of them.

use axum::Json as Answer;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::Deserialize;

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::form::{self, Form};
use crate::input::{Json, Query};
use crate::page::{Page, PageQuery};
use crate::sniff;
use crate::store::files;
use crate::store::media::{self, Media, MediaKind, NewMedia, Which};

const MAX_IMAGE_MB: usize = 10;

/// What videos may be at most, by what they are for.
struct VideoLimit {
    mb: usize,
    seconds: Millis,
}

const POST: VideoLimit = VideoLimit { mb: 50, seconds: 180 };
const BYTE: VideoLimit = VideoLimit { mb: 100, seconds: 60 };

pub fn routes() -> Routes {
    Routes::new()
        .post("/api/upload", image)
        .post("/api/upload/video", video)
        .get("/api/upload", list)
        .delete("/api/upload", delete)
}

async fn image(
    State(app): State<App>,
    me: SignedIn,
    request: Request,
) -> Result<(StatusCode, Answer<Media>)> {
    let form = Form::read(request, MAX_IMAGE_MB).await?;
    let content_type = form.content_type(&sniff::IMAGES)?;
    let purpose = form.purpose.unwrap_or_else(|| "post".to_owned());
    if purpose.is_empty() || !purpose.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(Error::invalid("`purpose` must be a word, like `post`."));
    }
    keep(&app, me, NewMedia { bytes: form.file, content_type, purpose, processing: 0 }).await
}

async fn video(
    State(app): State<App>,
    me: SignedIn,
    request: Request,
) -> Result<(StatusCode, Answer<Media>)> {
    // The purpose may come after the file, so until it is known the larger limit holds.
    let form = Form::read(request, BYTE.mb).await?;
    let purpose = form.purpose.as_deref().unwrap_or("post").to_owned();
    let limit = match purpose.as_str() {
        "post" => POST,
        "byte" => BYTE,
        _ => return Err(Error::invalid("`purpose` of a video must be `post` or `byte`.")),
    };
    if form::is_too_large(&form.file, limit.mb) {
        return Err(form::too_large(limit.mb, form.file.len()));
    }
    let content_type = form.content_type(&sniff::VIDEOS)?;
    let millis = sniff::duration(&form.file).unwrap_or_default();
    if millis > limit.seconds * 1000 {
        return Err(Error::invalid(format!(
            "A video with the purpose `{purpose}` may play for {} seconds; this one plays for {} seconds.",
            limit.seconds,
            (millis + 999) / 1000
        )));
    }
    let processing = app.video_processing;
    keep(&app, me, NewMedia { bytes: form.file, content_type, purpose, processing }).await
}

async fn keep(app: &App, me: SignedIn, new: NewMedia) -> Result<(StatusCode, Answer<Media>)> {
    let sight = app.sight();
    let kept = app
        .db
        .write(move |tx| {
            let media = media::insert(tx, me.0, &new, sight.now)?;
            media::get(tx, media, &sight)
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(kept)))
}

#[derive(Deserialize)]
struct Wanted {
    r#type: Option<MediaKind>,
    purpose: Option<String>,
}

async fn list(
    State(app): State<App>,
    me: SignedIn,
    Query(page): Query<PageQuery>,
    Query(wanted): Query<Wanted>,
) -> Result<Answer<Page<Media>>> {
    let (page, sight) = (page.of("media")?, app.sight());
    app.db
        .read(move |db| {
            media::list(db, me.0, wanted.r#type, wanted.purpose.as_deref(), &page, &sight)
        })
        .await
        .map(Answer)
}

#[derive(Deserialize)]
struct Doomed {
    id: Option<String>,
    url: Option<String>,
}

async fn delete(
    State(app): State<App>,
    me: SignedIn,
    Json(doomed): Json<Doomed>,
) -> Result<StatusCode> {
    let which = match (doomed.id, doomed.url) {
        (Some(id), None) => Which::Id(id),
        (None, Some(url)) => Which::Path(
            files::hosted_path(url.strip_prefix(&app.public_url).unwrap_or(&url))
                .ok_or_else(|| Error::not_found(format!("`{url}` is not hosted here.")))?
                .to_owned(),
        ),
        _ => return Err(Error::invalid("Send either the `id` or the `url` of the media.")),
    };
    app.db.write(move |tx| media::delete(tx, me.0, &which)).await?;
    Ok(StatusCode::NO_CONTENT)
}
