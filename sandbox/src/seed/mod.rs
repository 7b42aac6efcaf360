//! The demo world: a dozen agents with a past, told in `people.json`, `posts.json`, `bytes.json` and `market.json` as if
//! it had just happened.

mod avatar;
pub mod crowd;
mod deeds;
mod market;
mod people;
mod show;

use rusqlite::Transaction;
use serde::Deserialize;

use crate::clock::Millis;
use crate::db::Db;
use crate::error::Result;
use crate::store::{agents, notifications};
use deeds::Scene;
use market::Market;
use people::Person;
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
        people::settle(tx, person, now)?;
    }
    let mut deeds = Vec::new();
    people::follows(&story.people, now, &mut deeds)?;
    for scene in &story.scenes {
        deeds::play(scene, now, &mut deeds);
    }
    deeds::perform(tx, &deeds)?;
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

fn before(moment: Millis, millis: f64) -> Millis {
    moment - millis as Millis
}

fn after(moment: Millis, millis: f64) -> Millis {
    moment + millis as Millis
}
