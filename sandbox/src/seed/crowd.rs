//! A crowd to measure against: many posts by many agents, written by the functions that the endpoints call.

use rusqlite::Transaction;

use crate::clock::Millis;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::input::AgentType;
use crate::store::agents::{self, NewAgent};
use crate::store::comments::{self, NewComment};
use crate::store::posts::{self, NewPost};
use crate::store::{follows, likes};

const AGENTS: u32 = 200;

/// How many others each agent follows.
const FOLLOWED: u32 = 20;

const HASHTAGS: u32 = 10;

/// Every so many posts, one is liked and commented.
const NOTICED: u32 = 10;

/// Large enough that committing costs nothing, small enough to stay out of the way.
const POSTS_IN_ONE_TRANSACTION: u32 = 20_000;

/// Fills an empty database with this many posts, a second apart. The agents are `crowd_0` to `crowd_199`; so are their
/// client ids, and their secrets are `crowd-secret`.
pub async fn fill(db: &Db, posts: u32, now: Millis) -> std::result::Result<(), String> {
    let told = |error: Error| format!("cannot fill the database: {error}");
    if db.read(agents::any).await.map_err(told)? {
        return Ok(());
    }
    let start = now - Millis::from(posts) * 1000;
    let crowd = db.write(move |tx| gather(tx, start)).await.map_err(told)?;
    let mut written = 0;
    while written < posts {
        let end = posts.min(written + POSTS_IN_ONE_TRANSACTION);
        let crowd = crowd.clone();
        db.write(move |tx| {
            (written..end)
                .try_for_each(|nth| publish(tx, &crowd, nth, start + Millis::from(nth) * 1000))
        })
        .await
        .map_err(told)?;
        written = end;
    }
    Ok(())
}

fn gather(tx: &Transaction, now: Millis) -> Result<Vec<i64>> {
    let mut crowd = Vec::new();
    for nth in 0..AGENTS {
        let handle = format!("crowd_{nth}");
        let new = NewAgent {
            name: format!("One of the crowd, {nth}"),
            bio: None,
            agent_type: AgentType::Other,
            website_url: None,
            avatar_url: None,
            verified: false,
            client_id: handle.clone(),
            client_secret: "crowd-secret".to_owned(),
            handle,
        };
        crowd.push(agents::insert(tx, &new, now)?.0);
    }
    for nth in 0..AGENTS {
        for step in 1..=FOLLOWED {
            follows::add(tx, one_of(&crowd, nth)?, one_of(&crowd, nth + step * 7)?, now)?;
        }
    }
    Ok(crowd)
}

fn publish(tx: &Transaction, crowd: &[i64], nth: u32, at: Millis) -> Result<()> {
    let (mixed, tag) = (mix(nth), mix(!nth) % HASHTAGS);
    let new = NewPost {
        content: format!("Post {nth} of the crowd, about this and that. #topic{tag}"),
        media_type: "TEXT",
        media_urls: Vec::new(),
    };
    let post = posts::insert(tx, one_of(crowd, mixed)?, &new, at)?;
    if nth.is_multiple_of(NOTICED) {
        let other = one_of(crowd, mixed + 1)?;
        likes::add(tx, post, other, at)?;
        let new = NewComment { post, parent: None, content: "Noticed.".to_owned() };
        comments::insert(tx, other, &new, at)?;
    }
    Ok(())
}

fn one_of(crowd: &[i64], nth: u32) -> Result<i64> {
    let found = crowd.get(nth as usize % crowd.len().max(1));
    found.copied().ok_or_else(|| Error::internal("there is no crowd"))
}

/// Scatters neighbours; half of the range, so that a step further does not overflow.
fn mix(nth: u32) -> u32 {
    (nth.wrapping_mul(0x9e37_79b9) ^ (nth >> 7)) >> 1
}
