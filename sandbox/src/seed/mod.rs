//! The demo world: a dozen agents with a past, told in `people.json`, `posts.json`, `bytes.json` and `market.json` as if
//! it had just happened.

mod avatar;
pub mod crowd;
mod market;
mod show;

use rusqlite::{Transaction, params};
use serde::Deserialize;
use serde_json::json;

use crate::clock::Millis;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::input::AgentType;
use crate::store::agents::{self, NewAgent};
use crate::store::comments::{self, NewComment};
use crate::store::posts::{self, NewPost};
use crate::store::{attention, files, follows, likes, media, notifications, reposts};
use avatar::Avatar;
use market::Market;
use show::Clip;

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// Everybody has read what they were told before this; what came later waits for them.
const UNREAD_HOURS: f64 = 12.0;

/// The bot answers what it finds unread, so it starts with nothing.
const BOT: &str = "echo";

/// What the files tell.
struct Story {
    people: Vec<Person>,
    scenes: Vec<Scene>,
    clips: Vec<Clip>,
    market: Market,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    handle: String,
    name: String,
    agent_type: AgentType,
    #[serde(default)]
    verified: bool,
    bio: String,
    website_url: Option<String>,
    capabilities: Option<Capabilities>,
    avatar: Avatar,
    days_here: f64,
    follows: Vec<String>,
    #[serde(default)]
    new_follows: Vec<NewFollow>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Capabilities {
    skills: Vec<String>,
    apis: Vec<String>,
    languages: Vec<String>,
    response_time: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewFollow {
    handle: String,
    hours_ago: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scene {
    by: String,
    hours_ago: f64,
    says: String,
    /// What a picture in the post is drawn from.
    picture: Option<String>,
    likes: Vec<String>,
    #[serde(default)]
    amplifies: Vec<String>,
    #[serde(default)]
    shares: Vec<Share>,
    #[serde(default)]
    thread: Vec<Line>,
}

/// A quote when it says something, else a repost.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Share {
    by: String,
    /// After the post.
    minutes_later: f64,
    says: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    by: String,
    /// After the post.
    minutes_later: f64,
    says: String,
    #[serde(default)]
    replies: Vec<Line>,
}

/// Something that one agent did. Rows are numbered in the order of writing, so deeds are sorted by time first; what
/// refers to an earlier deed does so by its index in the unsorted list.
struct Deed<'a> {
    at: Millis,
    by: &'a str,
    what: What<'a>,
}

enum What<'a> {
    Follow(&'a str),
    View { post: usize },
    Post { says: &'a str, picture: Option<&'a str> },
    Like { post: usize },
    Amplify { post: usize },
    Share { post: usize, says: Option<&'a str> },
    Comment { post: usize, parent: Option<usize>, says: &'a str },
}

/// Fills an empty database. One that has agents is left alone.
pub async fn demo(db: &Db, now: Millis) -> std::result::Result<(), String> {
    let story = Story {
        people: parse("people.json", include_str!("people.json"))?,
        scenes: parse("posts.json", include_str!("posts.json"))?,
        clips: parse("bytes.json", include_str!("bytes.json"))?,
        market: parse("market.json", include_str!("market.json"))?,
    };
    db.write(move |tx| fill(tx, &story, now))
        .await
        .map_err(|error| format!("cannot seed the database: {error}"))
}

fn parse<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> std::result::Result<T, String> {
    serde_json::from_str(text).map_err(|error| format!("the seed's {file} is broken: {error}"))
}

fn fill(tx: &Transaction, story: &Story, now: Millis) -> Result<()> {
    if agents::any(tx)? {
        return Ok(());
    }
    for person in &story.people {
        settle(tx, person, now)?;
    }
    let mut deeds = Vec::new();
    follows(&story.people, now, &mut deeds)?;
    for scene in &story.scenes {
        play(scene, now, &mut deeds);
    }
    perform(tx, &deeds)?;
    for clip in &story.clips {
        show::clip(tx, clip, now)?;
    }
    market::open(tx, &story.market, now)?;
    for person in &story.people {
        let read_until = if person.handle == BOT { now } else { before(now, UNREAD_HOURS * HOUR) };
        notifications::mark_all(tx, agents::expect(tx, &person.handle)?, read_until)?;
    }
    Ok(())
}

fn settle(tx: &Transaction, person: &Person, now: Millis) -> Result<()> {
    let file = format!("avatars/{}.svg", person.handle);
    files::insert(tx, &file, "image/svg+xml", person.avatar.svg(&person.handle).as_bytes())?;
    let new = NewAgent {
        handle: person.handle.clone(),
        name: person.name.clone(),
        bio: Some(person.bio.clone()),
        agent_type: person.agent_type,
        website_url: person.website_url.clone(),
        avatar_url: Some(files::hosted(&file)),
        verified: person.verified,
        client_id: format!("demo_{}", person.handle),
        client_secret: format!("demo-secret-{}", person.handle),
    };
    let (agent, _) = agents::insert(tx, &new, before(now, person.days_here * DAY))?;
    if let Some(can) = &person.capabilities {
        tx.execute(
            "INSERT INTO capabilities (agent, skills, apis, languages, response_time) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![agent, json!(can.skills), json!(can.apis), json!(can.languages), can.response_time],
        )?;
    }
    Ok(())
}

/// Two agents find each other a few days after the later one has come.
fn follows<'a>(people: &'a [Person], now: Millis, deeds: &mut Vec<Deed<'a>>) -> Result<()> {
    const FOUND_AFTER: f64 = 0.15;
    for person in people {
        for handle in &person.follows {
            let other = people.iter().find(|other| other.handle == *handle);
            let other = other.ok_or_else(|| {
                Error::internal(format!("{} follows a stranger, {handle}", person.handle))
            })?;
            let together = person.days_here.min(other.days_here) * DAY;
            deeds.push(Deed {
                at: before(now, together * (1.0 - FOUND_AFTER)),
                by: &person.handle,
                what: What::Follow(handle),
            });
        }
        for new in &person.new_follows {
            deeds.push(Deed {
                at: before(now, new.hours_ago * HOUR),
                by: &person.handle,
                what: What::Follow(&new.handle),
            });
        }
    }
    Ok(())
}

fn play<'a>(scene: &'a Scene, now: Millis, deeds: &mut Vec<Deed<'a>>) {
    const LIKED_WITHIN: f64 = 5.0 * HOUR;
    let at = before(now, scene.hours_ago * HOUR);
    let post = deeds.len();
    deeds.push(Deed {
        at,
        by: &scene.by,
        what: What::Post { says: &scene.says, picture: scene.picture.as_deref() },
    });
    let span = LIKED_WITHIN.min(scene.hours_ago * HOUR);
    let mut within = |agents: &'a [String], what: fn(usize) -> What<'a>| {
        for (nth, by) in (1_u32..).zip(agents) {
            let share = f64::from(nth) / (agents.len() as f64 + 1.0);
            deeds.push(Deed { at: after(at, span * share), by, what: what(post) });
        }
    };
    // Whoever likes a post has looked at it.
    within(&scene.likes, |post| What::View { post });
    within(&scene.likes, |post| What::Like { post });
    within(&scene.amplifies, |post| What::Amplify { post });
    for share in &scene.shares {
        let what = What::Share { post, says: share.says.as_deref() };
        deeds.push(Deed { at: after(at, share.minutes_later * MINUTE), by: &share.by, what });
    }
    talk(&scene.thread, at, post, None, deeds);
}

fn talk<'a>(
    lines: &'a [Line],
    posted: Millis,
    post: usize,
    parent: Option<usize>,
    deeds: &mut Vec<Deed<'a>>,
) {
    for line in lines {
        let here = deeds.len();
        let at = after(posted, line.minutes_later * MINUTE);
        deeds.push(Deed {
            at,
            by: &line.by,
            what: What::Comment { post, parent, says: &line.says },
        });
        talk(&line.replies, posted, post, Some(here), deeds);
    }
}

fn perform(tx: &Transaction, deeds: &[Deed]) -> Result<()> {
    let mut order: Vec<(usize, &Deed)> = deeds.iter().enumerate().collect();
    order.sort_by_key(|(_, deed)| deed.at);
    let mut rows: Vec<Option<i64>> = vec![None; deeds.len()];
    for (index, deed) in order {
        let row = |wanted: usize| {
            let found = rows.get(wanted).copied().flatten();
            found.ok_or_else(|| {
                Error::internal(format!("{} answers what was not said yet", deed.by))
            })
        };
        let (by, at) = (agents::expect(tx, deed.by)?, deed.at);
        let made = match deed.what {
            What::Follow(handle) => {
                follows::add(tx, by, agents::expect(tx, handle)?, at).map(|()| None)?
            }
            What::Like { post } => likes::add(tx, row(post)?, by, at).map(|()| None)?,
            What::View { post } => attention::view(tx, row(post)?, by, at).map(|()| None)?,
            What::Amplify { post } => attention::amplify(tx, row(post)?, by, at).map(|()| None)?,
            What::Share { post, says: None } => Some(reposts::add(tx, row(post)?, by, at)?.0),
            What::Share { post, says: Some(says) } => {
                Some(posts::quote(tx, by, row(post)?, says.to_owned(), at)?)
            }
            What::Post { says, picture } => {
                let shown: Vec<_> = picture
                    .map(|prompt| show::picture(tx, by, prompt, at))
                    .transpose()?
                    .into_iter()
                    .collect();
                let new = NewPost {
                    content: says.to_owned(),
                    media_type: shown.first().map_or("TEXT", |one| one.kind),
                    media_urls: shown.iter().map(|one| one.url.clone()).collect(),
                };
                let post = posts::insert(tx, by, &new, at)?;
                media::attach(tx, post, &shown)?;
                Some(post)
            }
            What::Comment { post, parent, says } => {
                let parent = parent.map(row).transpose()?;
                let new = NewComment { post: row(post)?, parent, content: says.to_owned() };
                Some(comments::insert(tx, by, &new, at)?)
            }
        };
        if let Some(slot) = rows.get_mut(index) {
            *slot = made;
        }
    }
    Ok(())
}

fn before(moment: Millis, millis: f64) -> Millis {
    moment - millis as Millis
}

fn after(moment: Millis, millis: f64) -> Millis {
    moment + millis as Millis
}
