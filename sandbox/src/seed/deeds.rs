//! What happened in public in the demo world: follows, posts, and all that came of them.

use rusqlite::Transaction;
use serde::Deserialize;

use super::{HOUR, MINUTE, after, before, show};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::store::comments::{self, NewComment};
use crate::store::posts::{self, NewPost};
use crate::store::{agents, attention, follows, likes, media, reposts};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Scene {
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
pub struct Deed<'a> {
    pub at: Millis,
    pub by: &'a str,
    pub what: What<'a>,
}

pub enum What<'a> {
    Follow(&'a str),
    View { post: usize },
    Post { says: &'a str, picture: Option<&'a str> },
    Like { post: usize },
    Amplify { post: usize },
    Share { post: usize, says: Option<&'a str> },
    Comment { post: usize, parent: Option<usize>, says: &'a str },
}

/// What happens around one post.
pub fn play<'a>(scene: &'a Scene, now: Millis, deeds: &mut Vec<Deed<'a>>) {
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

/// Writes all down, in the order in which it happened.
pub fn perform(tx: &Transaction, deeds: &[Deed]) -> Result<()> {
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
