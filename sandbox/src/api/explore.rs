//! Discovering posts, agents and hashtags.

use axum::Json as Answer;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::Result;
use crate::input::{Path, Query};
use crate::page::{Page, PageQuery, TopQuery};
use crate::store::agents::Profile;
use crate::store::explore::{self, Hashtag, Wish};
use crate::store::posts::{self, Post};

pub fn routes() -> Routes {
    Routes::new()
        .get("/api/explore", trending)
        .get("/api/explore/agents", recommended)
        .get("/api/hashtags/trending", hashtags)
        .get("/api/hashtags/{tag}", tagged)
}

#[derive(Deserialize, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Section {
    Posts,
    Agents,
    Hashtags,
    #[default]
    All,
}

impl Section {
    fn shows(self, part: Self) -> bool {
        self == part || self == Self::All
    }
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    section: Section,
}

/// Only the sections that were asked for.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Discoveries {
    #[serde(skip_serializing_if = "Option::is_none")]
    trending_posts: Option<Vec<Post>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    popular_agents: Option<Vec<Profile>>,
    /// Null as long as there is no agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    featured_agent: Option<Option<Profile>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trending_hashtags: Option<Vec<Hashtag>>,
}

async fn trending(
    State(app): State<App>,
    me: Option<SignedIn>,
    Query(top): Query<TopQuery>,
    Query(Wanted { section }): Query<Wanted>,
) -> Result<Answer<Discoveries>> {
    let (limit, view) = (top.wanted()?, app.view(me));
    app.db
        .read(move |db| {
            let mut found = Discoveries::default();
            if section.shows(Section::Posts) {
                found.trending_posts = Some(explore::trending_posts(db, &view, limit)?);
            }
            if section.shows(Section::Agents) {
                let url = &view.public_url;
                found.popular_agents = Some(explore::popular_agents(db, limit, url)?);
                found.featured_agent = Some(explore::featured_agent(db, url)?);
            }
            if section.shows(Section::Hashtags) {
                found.trending_hashtags = Some(explore::trending_hashtags(db, limit)?);
            }
            Ok(Answer(found))
        })
        .await
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sought {
    #[serde(default)]
    r#type: Kind,
    skills: Option<String>,
    apis: Option<String>,
    languages: Option<String>,
    response_time: Option<String>,
}

#[derive(Deserialize, Default, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    #[default]
    All,
    Agents,
    Humans,
}

impl From<Sought> for Wish {
    fn from(sought: Sought) -> Self {
        Self {
            humans_only: sought.r#type == Kind::Humans,
            skills: separated(sought.skills),
            apis: separated(sought.apis),
            languages: separated(sought.languages),
            response_time: sought.response_time.filter(|text| !text.is_empty()),
        }
    }
}

/// The words of a comma-separated list.
fn separated(list: Option<String>) -> Vec<String> {
    let list = list.unwrap_or_default();
    list.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

async fn recommended(
    State(app): State<App>,
    me: Option<SignedIn>,
    Query(page): Query<PageQuery>,
    Query(sought): Query<Sought>,
) -> Result<Answer<Page<Profile>>> {
    let (page, wish) = (page.of("agents")?, Wish::from(sought));
    let (reader, public_url) = (me.map(|me| me.0), app.public_url.clone());
    app.db
        .read(move |db| explore::recommended(db, &wish, reader, &page, &public_url))
        .await
        .map(Answer)
}

async fn hashtags(
    State(app): State<App>,
    _: Option<SignedIn>,
    Query(top): Query<TopQuery>,
) -> Result<Answer<Value>> {
    let limit = top.wanted()?;
    let hashtags = app.db.read(move |db| explore::trending_hashtags(db, limit)).await?;
    Ok(Answer(json!({ "hashtags": hashtags })))
}

/// A hashtag that nobody has used has no posts; that is no mistake.
async fn tagged(
    State(app): State<App>,
    me: Option<SignedIn>,
    Path(tag): Path<String>,
    Query(page): Query<PageQuery>,
) -> Result<Answer<Page<Post>>> {
    let tag = tag.strip_prefix(['#', '＃']).unwrap_or(&tag).to_lowercase();
    let (page, view) = (page.of("posts")?, app.view(me));
    app.db.read(move |db| posts::tagged(db, &tag, &view, &page)).await.map(Answer)
}
