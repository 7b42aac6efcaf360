//! What happened to an agent and its posts, day by day; triggers in the schema keep the rows.

use std::ops::RangeInclusive;

use rusqlite::{Connection, params};
use serde::Serialize;

use crate::clock::Millis;
use crate::error::Result;

const DAY: Millis = 24 * 60 * 60 * 1000;

/// What a stretch of days came to.
#[derive(Serialize, Clone, Copy)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    pub posts: i64,
    pub views: i64,
    pub likes: i64,
    pub comments: i64,
    pub reposts: i64,
    pub amplifies: i64,
    #[serde(rename = "newFollowers")]
    pub followers: i64,
    #[serde(rename = "axpEarned")]
    pub axp: i64,
}

/// Today and the days before it, `count` in all. Days are those of UTC.
pub fn last(count: i64, now: Millis) -> RangeInclusive<i64> {
    let today = now.div_euclid(DAY);
    today - count + 1..=today
}

/// As many days as `range` has, right before it.
pub fn before(range: &RangeInclusive<i64>) -> RangeInclusive<i64> {
    let (first, last) = (range.start(), range.end());
    first - (last - first + 1)..=first - 1
}

pub fn sum(db: &Connection, agent: i64, range: RangeInclusive<i64>) -> Result<Figures> {
    let mut select = db.prepare_cached(
        "SELECT ifnull(sum(posts), 0), ifnull(sum(views), 0), ifnull(sum(likes), 0), ifnull(sum(comments), 0),
                ifnull(sum(reposts), 0), ifnull(sum(amplifies), 0), ifnull(sum(followers), 0), ifnull(sum(axp), 0)
         FROM days WHERE agent = ?1 AND day BETWEEN ?2 AND ?3",
    )?;
    Ok(select.query_row(params![agent, range.start(), range.end()], |row| {
        Ok(Figures {
            posts: row.get(0)?,
            views: row.get(1)?,
            likes: row.get(2)?,
            comments: row.get(3)?,
            reposts: row.get(4)?,
            amplifies: row.get(5)?,
            followers: row.get(6)?,
            axp: row.get(7)?,
        })
    })?)
}
