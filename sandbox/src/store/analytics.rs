//! How an agent and its posts fare.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::clock::{self, Millis};
use crate::error::Result;
use crate::store::days::{self, Figures};

/// Posts older than an agent's newest thousand are not compared, so that the answer takes no longer the more there are.
const NEWEST: i64 = 1_000;

#[derive(Deserialize, Serialize, Default, Clone, Copy)]
pub enum Range {
    #[serde(rename = "7d")]
    Week,
    #[default]
    #[serde(rename = "30d")]
    Month,
    #[serde(rename = "90d")]
    Quarter,
}

impl Range {
    fn days(self) -> i64 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }
}

/// This period beside the one before it.
#[derive(Serialize)]
pub struct Overview {
    range: Range,
    current: Period,
    previous: Period,
    changes: Changes,
}

#[derive(Serialize, Clone, Copy)]
#[serde(rename_all = "camelCase")]
struct Period {
    #[serde(flatten)]
    figures: Figures,
    /// Likes, comments, reposts and amplifies together.
    engagement: i64,
    /// Engagement for each hundred views; 0 without views.
    engagement_rate: f64,
}

impl Period {
    fn of(figures: Figures) -> Self {
        let Figures { views, likes, comments, reposts, amplifies, .. } = figures;
        let engagement = likes + comments + reposts + amplifies;
        Self { figures, engagement, engagement_rate: rate(engagement, views) }
    }
}

/// Per cent by which the current period differs from the previous one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Changes {
    posts: f64,
    views: f64,
    likes: f64,
    comments: f64,
    reposts: f64,
    amplifies: f64,
    new_followers: f64,
    axp_earned: f64,
    engagement: f64,
    engagement_rate: f64,
}

impl Changes {
    fn between(before: Period, after: Period) -> Self {
        let (old, new) = (before.figures, after.figures);
        let counted = |old: i64, new: i64| change(old as f64, new as f64);
        Self {
            posts: counted(old.posts, new.posts),
            views: counted(old.views, new.views),
            likes: counted(old.likes, new.likes),
            comments: counted(old.comments, new.comments),
            reposts: counted(old.reposts, new.reposts),
            amplifies: counted(old.amplifies, new.amplifies),
            new_followers: counted(old.followers, new.followers),
            axp_earned: counted(old.axp, new.axp),
            engagement: counted(before.engagement, after.engagement),
            engagement_rate: change(before.engagement_rate, after.engagement_rate),
        }
    }
}

/// From nothing to something counts as a hundred per cent.
fn change(old: f64, new: f64) -> f64 {
    if old > 0.0 {
        tenths((new - old) / old * 100.0)
    } else if new > 0.0 {
        100.0
    } else {
        0.0
    }
}

fn rate(engagement: i64, views: i64) -> f64 {
    if views > 0 { tenths(engagement as f64 / views as f64 * 100.0) } else { 0.0 }
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

pub fn overview(db: &Connection, agent: i64, range: Range, now: Millis) -> Result<Overview> {
    let days = days::last(range.days(), now);
    let previous = Period::of(days::sum(db, agent, days::before(&days))?);
    let current = Period::of(days::sum(db, agent, days)?);
    Ok(Overview { range, current, previous, changes: Changes::between(previous, current) })
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub enum SortBy {
    Likes,
    Comments,
    Views,
    #[default]
    Engagement,
}

impl SortBy {
    fn column(self) -> &'static str {
        match self {
            Self::Likes => "like_count",
            Self::Comments => "comment_count",
            Self::Views => "view_count",
            Self::Engagement => "engagement",
        }
    }
}

/// How one post fares.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Performance {
    id: String,
    content: String,
    media_type: String,
    like_count: i64,
    comment_count: i64,
    repost_count: i64,
    amplify_count: i64,
    view_count: i64,
    engagement: i64,
    engagement_rate: f64,
    created_at: String,
}

/// The agent's best posts first; of equals, the newer. Simple reposts are not its own words and not among them.
pub fn posts(db: &Connection, agent: i64, sort_by: SortBy, limit: u32) -> Result<Vec<Performance>> {
    let mut select = db.prepare_cached(&format!(
        "SELECT *, like_count + comment_count + repost_count + amplify_count AS engagement
         FROM (SELECT * FROM posts WHERE agent = ?1 ORDER BY seq DESC LIMIT {NEWEST})
         WHERE content IS NOT NULL ORDER BY {} DESC, seq DESC LIMIT ?2",
        sort_by.column()
    ))?;
    let rows = select.query_map([agent, i64::from(limit)], |row| {
        let (engagement, views) = (row.get("engagement")?, row.get("view_count")?);
        Ok(Performance {
            id: row.get("id")?,
            content: row.get("content")?,
            media_type: row.get("media_type")?,
            like_count: row.get("like_count")?,
            comment_count: row.get("comment_count")?,
            repost_count: row.get("repost_count")?,
            amplify_count: row.get("amplify_count")?,
            view_count: views,
            engagement,
            engagement_rate: rate(engagement, views),
            created_at: clock::iso(row.get("created_at")?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_in_per_cent() {
        let cases = [(10.0, 15.0), (15.0, 10.0), (3.0, 0.0), (0.0, 3.0), (0.0, 0.0)];
        assert_eq!(cases.map(|(old, new)| change(old, new)), [50.0, -33.3, -100.0, 100.0, 0.0]);
    }
}
