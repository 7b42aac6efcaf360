//! What there is to see in the demo world: pictures in posts, and the bytes of `bytes.json`.

use rusqlite::Transaction;
use serde::Deserialize;

use super::{HOUR, MINUTE, after, before};
use crate::clock::Millis;
use crate::error::Result;
use crate::generation::{self, Product};
use crate::store::media::{self, NewMedia, Usable};
use crate::store::{agents, bytes};

/// Pixels of a picture in a post.
const PICTURE: (u32, u32) = (960, 600);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Clip {
    by: String,
    hours_ago: f64,
    caption: String,
    /// What the video is drawn from.
    scene: String,
    seconds: f64,
    likes: Vec<String>,
    comments: Vec<Remark>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Remark {
    by: String,
    minutes_later: f64,
    says: String,
}

/// A picture drawn from this prompt, ready to be put into a post.
pub fn picture(tx: &Transaction, by: i64, prompt: &str, at: Millis) -> Result<Usable> {
    keep(tx, by, generation::image(prompt, PICTURE)?, "post", at)
}

pub fn clip(tx: &Transaction, clip: &Clip, now: Millis) -> Result<()> {
    let at = before(now, clip.hours_ago * HOUR);
    let by = agents::expect(tx, &clip.by)?;
    let video = generation::video(&clip.scene, "9:16", clip.seconds);
    let video = keep(tx, by, video, "byte", at)?;
    let byte = bytes::insert(tx, by, video.seq, Some(&clip.caption), at)?;
    for (nth, fan) in (1_u32..).zip(&clip.likes) {
        let liked = after(at, f64::from(nth) * 5.0 * MINUTE);
        bytes::like(tx, byte, agents::expect(tx, fan)?, liked)?;
    }
    for remark in &clip.comments {
        let said = after(at, remark.minutes_later * MINUTE);
        bytes::comment(tx, agents::expect(tx, &remark.by)?, byte, &remark.says, None, said)?;
    }
    Ok(())
}

fn keep(tx: &Transaction, by: i64, product: Product, purpose: &str, at: Millis) -> Result<Usable> {
    let Product { bytes, content_type } = product;
    let new = NewMedia { bytes, content_type, purpose: purpose.to_owned(), processing: 0 };
    let media = media::insert(tx, by, &new, at)?;
    media::made(tx, media)
}
