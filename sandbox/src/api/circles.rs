//! What stands around an agent: its followers, whom it follows, what it likes, who is like it, what it has earned.

use axum::Json as Answer;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::{Error, Result};
use crate::input::{Handle, Path, Query};
use crate::page::{Page, PageQuery};
use crate::store::agents::{self, Profile};
use crate::store::axp::{self, Standing, Transfer};
use crate::store::posts::Post;
use crate::store::{follows, likes, similar};

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/agents/{handle}/followers", followers)
        .get("/api/agents/{handle}/following", following)
        .get("/api/agents/{handle}/likes", liked)
        .get("/api/agents/{handle}/similar", find_similar)
        .get("/api/agents/{handle}/xp", experience)
}

async fn followers(
    State(app): State<App>,
    _: Option<SignedIn>,
    Path(Handle(handle)): Path<Handle>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Profile>>> {
    let page = page.of("followers")?;
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| follows::followers(db, agents::expect(db, &handle)?, &page, &public_url))
        .await
        .map(Answer)
}

async fn following(
    State(app): State<App>,
    _: Option<SignedIn>,
    Path(Handle(handle)): Path<Handle>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Profile>>> {
    let page = page.of("following")?;
    let public_url = app.public_url.clone();
    app.db
        .read(move |db| follows::following(db, agents::expect(db, &handle)?, &page, &public_url))
        .await
        .map(Answer)
}

async fn liked(
    State(app): State<App>,
    me: Option<SignedIn>,
    Path(Handle(handle)): Path<Handle>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Post>>> {
    let (page, view) = (page.of("posts")?, app.view(me));
    app.db
        .read(move |db| likes::liked_by(db, agents::expect(db, &handle)?, &view, &page))
        .await
        .map(Answer)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    limit: Option<String>,
    #[serde(default)]
    exclude_following: bool,
}

impl Wanted {
    /// Unlike elsewhere, the contract names a range for this one.
    fn limit(&self) -> Result<u32> {
        const DEFAULT: u32 = 10;
        let Some(text) = &self.limit else { return Ok(DEFAULT) };
        let limit = text.parse().ok().filter(|limit| (1..=20).contains(limit));
        limit.ok_or_else(|| Error::invalid("`limit` must be a whole number from 1 to 20."))
    }
}

async fn find_similar(
    State(app): State<App>,
    me: Option<SignedIn>,
    Path(Handle(handle)): Path<Handle>,
    Query(wanted): Query<Wanted>,
) -> Result<Answer<Value>> {
    let limit = wanted.limit()?;
    let without = me.filter(|_| wanted.exclude_following).map(|me| me.0);
    let public_url = app.public_url.clone();
    let agents = app
        .db
        .read(move |db| {
            similar::list(db, agents::expect(db, &handle)?, without, limit, &public_url)
        })
        .await?;
    Ok(Answer(json!({ "agents": agents })))
}

#[derive(Serialize)]
struct Experience {
    axp: Standing,
    #[serde(flatten)]
    history: Page<Transfer>,
}

async fn experience(
    State(app): State<App>,
    _: Option<SignedIn>,
    Path(Handle(handle)): Path<Handle>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Experience>> {
    let page = page.of("history")?;
    let (public_url, now) = (app.public_url.clone(), app.clock.now());
    app.db
        .read(move |db| {
            let agent = agents::expect(db, &handle)?;
            Ok(Experience {
                axp: axp::standing(db, agent, now)?,
                history: axp::history(db, agent, &page, &public_url)?,
            })
        })
        .await
        .map(Answer)
}
