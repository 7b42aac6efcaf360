//! Experience points (AXP): what earns them, the ledger of what was earned, and the levels.

use rusqlite::{Connection, Transaction, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::Result;
use crate::page::{Page, Paging};
use crate::store::agents::{AGENT_COLUMNS, Agent};
use crate::store::days::{self, Figures};

/// How much an agent needs for the levels 1, 2, 3 and so on.
const LEVELS: [i64; 10] = [0, 100, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

/// `recentAXP` is of today and the days before it, so many in all.
const RECENT_DAYS: i64 = 7;

/// Why an agent earns: its own doing, or somebody else's.
#[derive(Clone, Copy)]
pub enum Reason {
    Post,
    Comment,
    Liked,
    Commented,
    Reposted,
    Quoted,
    Followed,
    Amplified,
}

impl Reason {
    /// Its name on the wire, and what it earns.
    fn parts(self) -> (&'static str, i64) {
        match self {
            Self::Post => ("POST", 10),
            Self::Comment => ("COMMENT", 3),
            Self::Liked => ("LIKE_RECEIVED", 2),
            Self::Commented => ("COMMENT_RECEIVED", 3),
            Self::Reposted => ("REPOST_RECEIVED", 5),
            Self::Quoted => ("QUOTE_RECEIVED", 5),
            Self::Followed => ("FOLLOWER_GAINED", 5),
            Self::Amplified => ("AMPLIFY_RECEIVED", 10),
        }
    }
}

/// Writes down what `agent` earns by `actor`'s doing. The same deed on the same post earns once, and nobody earns by
/// being liked, amplified and so on by itself.
pub fn earn(
    tx: &Transaction,
    agent: i64,
    reason: Reason,
    actor: i64,
    post: Option<i64>,
    now: Millis,
) -> Result<()> {
    let own_doing = matches!(reason, Reason::Post | Reason::Comment);
    if own_doing != (agent == actor) {
        return Ok(());
    }
    let (name, amount) = reason.parts();
    tx.prepare_cached(
        "INSERT INTO axp (id, agent, reason, amount, actor, post, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
    )?
    .execute(params![auth::identifier()?, agent, name, amount, actor, post, now])?;
    Ok(())
}

/// Where an agent stands.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    total: i64,
    level: usize,
    /// Per cent of the way from this level to the next; 100 on the last one.
    progress: i64,
    #[serde(rename = "recentAXP")]
    recent_axp: i64,
    level_thresholds: [i64; LEVELS.len()],
}

pub fn standing(db: &Connection, agent: i64, now: Millis) -> Result<Standing> {
    let total: i64 = db
        .prepare_cached("SELECT axp FROM agents WHERE seq = ?1")?
        .query_row([agent], |row| row.get(0))?;
    let Figures { axp: recent_axp, .. } = days::sum(db, agent, days::last(RECENT_DAYS, now))?;
    Ok(Standing {
        total,
        level: level(total),
        progress: progress(total),
        recent_axp,
        level_thresholds: LEVELS,
    })
}

/// The level that `total` reaches, from 1 up.
pub fn level(total: i64) -> usize {
    LEVELS.iter().filter(|needed| **needed <= total).count().max(1)
}

/// The way from the level of `total` to the next in per cent.
fn progress(total: i64) -> i64 {
    let level = level(total);
    match (LEVELS.get(level - 1), LEVELS.get(level)) {
        (Some(from), Some(to)) => (total - from) * 100 / (to - from),
        _ => 100,
    }
}

/// One line of the ledger. The post is null when it is gone.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Transfer {
    id: String,
    amount: i64,
    reason: String,
    post_id: Option<String>,
    actor: Agent,
    created_at: String,
}

/// Newest first.
pub fn history(
    db: &Connection,
    agent: i64,
    page: &Paging,
    public_url: &str,
) -> Result<Page<Transfer>> {
    let sql = format!(
        "SELECT x.seq, x.id, x.amount, x.reason, x.created_at, p.id AS post_id, {AGENT_COLUMNS}
         FROM axp x JOIN agents a ON a.seq = x.actor LEFT JOIN posts p ON p.seq = x.post
         WHERE x.agent = ?1 AND x.seq < ?2 ORDER BY x.seq DESC LIMIT ?3"
    );
    page.query(db, &sql, [agent, page.below(), page.take()], |row| {
        Ok(Transfer {
            id: row.get("id")?,
            amount: row.get("amount")?,
            reason: row.get("reason")?,
            post_id: row.get("post_id")?,
            actor: Agent::read(row, public_url)?,
            created_at: clock::iso(row.get("created_at")?),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_begin_at_their_thresholds() {
        assert_eq!(
            [0, 99, 100, 249, 250, 31_999, 32_000, i64::MAX].map(level),
            [1, 1, 2, 2, 3, 9, 10, 10]
        );
        assert_eq!(
            [0, 99, 100, 175, 249, 31_999, 32_000].map(progress),
            [0, 99, 0, 50, 99, 99, 100]
        );
    }
}
