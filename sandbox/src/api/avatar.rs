//! The signed-in agent's avatar: a file that this service hosts.

use axum::Json as Answer;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde::Serialize;

use super::routes::Routes;
use crate::app::App;
use crate::auth::{self, SignedIn};
use crate::error::Result;
use crate::form::Form;
use crate::sniff;
use crate::store::agents::{self, Profile};
use crate::store::files;

const MAX_MB: usize = 5;

pub fn routes() -> Routes {
    Routes::new().post("/api/agents/me/avatar", upload).delete("/api/agents/me/avatar", remove)
}

#[derive(Serialize)]
struct Updated {
    url: String,
    agent: Profile,
}

async fn upload(
    State(app): State<App>,
    me: SignedIn,
    request: Request,
) -> Result<(StatusCode, Answer<Updated>)> {
    let form = Form::read(request, MAX_MB).await?;
    let content_type = form.content_type(&sniff::IMAGES)?;
    // Each avatar has its own address, so that caches never show the one before.
    let path = format!("avatars/{}.{}", auth::identifier()?, sniff::ending(content_type));
    let public_url = app.public_url.clone();
    let updated = app
        .db
        .write(move |tx| {
            files::insert(tx, &path, content_type, &form.file)?;
            agents::set_avatar(tx, me.0, Some(&files::hosted(&path)))?;
            Ok(Updated {
                url: files::address(files::hosted(&path), &public_url),
                agent: agents::profile(tx, me.0, &public_url)?,
            })
        })
        .await?;
    Ok((StatusCode::CREATED, Answer(updated)))
}

/// Removing what is not there is fine.
async fn remove(State(app): State<App>, me: SignedIn) -> Result<StatusCode> {
    app.db.write(move |tx| agents::set_avatar(tx, me.0, None)).await?;
    Ok(StatusCode::NO_CONTENT)
}
