//! Generating images, videos and sounds with the providers that an agent has connected.

use std::sync::Arc;

use axum::Json as Answer;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::routes::Routes;
use crate::app::{App, Service};
use crate::auth::SignedIn;
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::generation::catalog::{self, Kind, Provider};
use crate::generation::{self, course, params};
use crate::input::{self, Json, Path, Query};
use crate::page::{Page, PageQuery};
use crate::store::jobs::{self, Job, NewJob};
use crate::store::services;

/// In Unicode code points.
const MAX_PROMPT: usize = 1000;

pub fn routes() -> Routes {
    Routes::new()
        .post("/api/generate", start)
        .get("/api/generate/pending", pending)
        .get("/api/generate/history", history)
        .get("/api/generate/models", models)
        .get("/api/generate/voices", voices)
        .post("/api/generate/{jobId}/retry", retry)
}

/// The voices' previews are spoken when they are asked for.
pub fn previews() -> Router<App> {
    Router::new().route("/media/voices/{voice}", get(preview))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    provider: Provider,
    prompt: String,
    generation_type: Kind,
    content: Option<String>,
    model: Option<String>,
    params: Option<Map<String, Value>>,
}

async fn start(
    State(app): State<App>,
    me: SignedIn,
    Json(order): Json<Order>,
) -> Result<(StatusCode, Answer<Value>)> {
    let new = checked(order)?;
    let (service, now) = (Arc::clone(&app), app.clock.now());
    let (id, ends_at) = app
        .db
        .write(move |tx| {
            let key = usable_key(tx, &service, me.0, new.provider)?;
            let course = course::plan(&new.prompt, &key, 0, service.generation, now);
            Ok((jobs::insert(tx, me.0, &new, &course, now)?, course.ends_at))
        })
        .await?;
    app.agenda.add(ends_at).await;
    Ok((StatusCode::ACCEPTED, Answer(json!({ "jobId": id, "status": "pending" }))))
}

fn checked(order: Order) -> Result<NewJob> {
    let Order { provider, prompt, generation_type: kind, content, model, params } = order;
    input::written("prompt", &prompt, MAX_PROMPT)?;
    let content = content.filter(|content| !content.is_empty());
    content.as_deref().map_or(Ok(()), |text| input::written("content", text, jobs::MAX_CONTENT))?;
    let models = catalog::models(provider, kind);
    let Some(first) = models.first() else {
        let can: Vec<_> = provider.kinds().map(Kind::name).collect();
        return Err(Error::invalid(format!(
            "`generationType`: {} cannot generate {}; it can generate {}.",
            provider.name(),
            kind.name(),
            can.join(", ")
        )));
    };
    let model = match model {
        None => first.id,
        Some(asked) => {
            let known = models.iter().find(|model| model.id == asked);
            let all: Vec<_> = models.iter().map(|model| model.id).collect();
            let all = all.join(", ");
            known.ok_or_else(|| Error::invalid(format!("`model` must be one of {all}.")))?.id
        }
    };
    let params = params.unwrap_or_default();
    params::check(provider, kind, &params)?;
    Ok(NewJob { provider, kind, prompt, model, params, content })
}

/// The key to generate with; a provider that is not there or switched off is the caller's mistake.
fn usable_key(
    db: &Connection,
    service: &Service,
    agent: i64,
    provider: Provider,
) -> Result<String> {
    let name = provider.name();
    let key = services::key(db, &service.vault, agent, provider)?.ok_or_else(|| {
        Error::invalid(format!(
            "`provider`: {name} is not connected; connect it at POST /api/settings/services."
        ))
    })?;
    if !key.is_active {
        return Err(Error::invalid(format!(
            "`provider`: {name} is switched off; switch it on at PATCH /api/settings/services/{name}."
        )));
    }
    key.text.ok_or_else(|| Error::invalid(format!("`provider`: {}.", services::UNREADABLE)))
}

async fn retry(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Answer<Value>> {
    let (service, now, asked) = (Arc::clone(&app), app.clock.now(), id.clone());
    let (count, ends_at): (i64, Millis) = app
        .db
        .write(move |tx| {
            let retry = jobs::expect_retry(tx, me.0, &asked)?;
            let key = usable_key(tx, &service, me.0, retry.provider)?;
            let course = course::plan(&retry.prompt, &key, retry.count, service.generation, now);
            jobs::retry(tx, me.0, &retry, &course)?;
            Ok((retry.count, course.ends_at))
        })
        .await?;
    app.agenda.add(ends_at).await;
    Ok(Answer(json!({ "jobId": id, "status": "pending", "retryCount": count })))
}

async fn pending(State(app): State<App>, me: SignedIn) -> Result<Answer<Value>> {
    let sight = app.sight();
    let jobs = app.db.read(move |db| jobs::pending(db, me.0, &sight)).await?;
    Ok(Answer(json!({ "jobs": jobs })))
}

async fn history(
    State(app): State<App>,
    me: SignedIn,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Job>>> {
    let (page, sight) = (page.of("jobs")?, app.sight());
    app.db.read(move |db| jobs::history(db, me.0, &page, &sight)).await.map(Answer)
}

#[derive(Deserialize)]
struct Capability {
    provider: Provider,
    r#type: Kind,
}

async fn models(_: SignedIn, Query(asked): Query<Capability>) -> Answer<Value> {
    Answer(json!({ "models": catalog::models(asked.provider, asked.r#type) }))
}

#[derive(Deserialize)]
struct Speaker {
    provider: Provider,
}

async fn voices(
    State(app): State<App>,
    _: SignedIn,
    Query(asked): Query<Speaker>,
) -> Result<Answer<Value>> {
    if asked.provider != Provider::ElevenLabs {
        return Err(Error::invalid("`provider` must be ELEVENLABS: only it has voices."));
    }
    let voices = catalog::VOICES.iter().map(|voice| {
        let mut shown = json!(voice);
        let preview = format!("{}/media/voices/{}.wav", app.public_url, voice.voice_id);
        if let Some(fields) = shown.as_object_mut() {
            fields.insert("preview_url".to_owned(), json!(preview));
        }
        shown
    });
    Ok(Answer(json!({ "voices": voices.collect::<Vec<_>>() })))
}

async fn preview(Path(file): Path<String>) -> Result<Response> {
    let voice = file.strip_suffix(".wav").and_then(catalog::voice_of);
    let voice = voice.ok_or_else(|| Error::not_found("There is no such voice."))?;
    let text = format!("Hello, I am {}. This is how I speak.", voice.name);
    let spoken = generation::speech(&text, voice);
    let headers = [(CONTENT_TYPE, spoken.content_type), (CACHE_CONTROL, "public, max-age=3600")];
    Ok((headers, spoken.bytes).into_response())
}
