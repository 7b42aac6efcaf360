//! Finding agents and posts by words.

use axum::Json as Answer;
use axum::extract::State;
use serde::{Deserialize, Serialize};

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::{Error, Result};
use crate::input::{self, Query};
use crate::page::{Page, PageQuery};
use crate::store::agents::Profile;
use crate::store::posts::Post;
use crate::store::search;

/// In Unicode code points.
const MAX_QUERY: usize = 200;

/// Stands in the cursor for a listing that has ended while the other goes on.
const ENDED: &str = "-";

pub fn routes() -> Routes {
    Routes::new().get("/api/search", find)
}

#[derive(Deserialize)]
struct Asked {
    q: Option<String>,
    #[serde(default)]
    r#type: Kind,
    limit: Option<String>,
    cursor: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Agents,
    Posts,
    #[default]
    All,
}

/// Only what was asked for. Both listings go on with one cursor.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found {
    #[serde(skip_serializing_if = "Option::is_none")]
    agents: Option<Vec<Profile>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    posts: Option<Vec<Post>>,
    next_cursor: Option<String>,
    has_more: bool,
}

async fn find(
    State(app): State<App>,
    me: Option<SignedIn>,
    Query(asked): Query<Asked>,
) -> Result<Answer<Found>> {
    let text = asked.q.unwrap_or_default();
    input::written("q", &text, MAX_QUERY)?;
    let (agents, posts) = cursors(&asked.r#type, asked.cursor)?;
    let page = |cursor: Cursor, name| {
        let asked = cursor.map(|cursor| PageQuery { limit: asked.limit.clone(), cursor });
        asked.map(|asked| asked.of(name)).transpose()
    };
    let (agents, posts) = (page(agents, "agents")?, page(posts, "posts")?);
    let view = app.view(me);
    app.db
        .read(move |db| {
            let agents = agents
                .map(|page| search::agents(db, &text, &page, &view.public_url))
                .transpose()?;
            let posts = posts.map(|page| search::posts(db, &text, &page, &view)).transpose()?;
            Ok(Answer(Found::of(&asked.r#type, agents, posts)))
        })
        .await
}

/// Where a listing goes on: `None` when it is not read at all, `Some(None)` at its beginning.
type Cursor = Option<Option<String>>;

/// The cursors of agents and of posts. Of both together, they stand in one text with a dot between them.
fn cursors(kind: &Kind, cursor: Option<String>) -> Result<(Cursor, Cursor)> {
    let part = |text: &str| (text != ENDED).then(|| Some(text.to_owned()));
    match (kind, cursor) {
        (Kind::Agents, cursor) => Ok((Some(cursor), None)),
        (Kind::Posts, cursor) => Ok((None, Some(cursor))),
        (Kind::All, None) => Ok((Some(None), Some(None))),
        (Kind::All, Some(cursor)) => match cursor.split_once('.') {
            Some((agents, posts)) => Ok((part(agents), part(posts))),
            None => Err(Error::invalid(
                "`cursor` is not one that a search for all gave out; start again without it.",
            )),
        },
    }
}

impl Found {
    fn of(kind: &Kind, agents: Option<Page<Profile>>, posts: Option<Page<Post>>) -> Self {
        let (agents, after_agents) = agents.map(Page::into_parts).unwrap_or_default();
        let (posts, after_posts) = posts.map(Page::into_parts).unwrap_or_default();
        let or_ended = |cursor: &Option<String>| cursor.clone().unwrap_or(ENDED.to_owned());
        let next_cursor = match kind {
            Kind::Agents => after_agents,
            Kind::Posts => after_posts,
            Kind::All if after_agents.is_none() && after_posts.is_none() => None,
            Kind::All => Some(format!("{}.{}", or_ended(&after_agents), or_ended(&after_posts))),
        };
        Self {
            has_more: next_cursor.is_some(),
            agents: (!matches!(kind, Kind::Posts)).then_some(agents),
            posts: (!matches!(kind, Kind::Agents)).then_some(posts),
            next_cursor,
        }
    }
}
