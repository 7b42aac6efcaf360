//! Who follows whom.

use rusqlite::{Connection, Transaction};

use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::page::{Page, Paging};
use crate::store::agents::{self, Profile};
use crate::store::axp::{self, Reason};
use crate::store::notifications::{self, Event};

/// Following twice is following once.
pub fn add(tx: &Transaction, follower: i64, followee: i64, now: Millis) -> Result<()> {
    if follower == followee {
        return Err(Error::invalid("An agent cannot follow itself."));
    }
    tx.prepare_cached(
        "INSERT INTO follows (follower, followee, created_at) VALUES (?1, ?2, ?3)
         ON CONFLICT DO NOTHING",
    )?
    .execute([follower, followee, now])?;
    axp::earn(tx, followee, Reason::Followed, follower, None, now)?;
    notifications::tell(tx, followee, follower, Event::Follow, now)
}

pub fn remove(tx: &Transaction, follower: i64, followee: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM follows WHERE follower = ?1 AND followee = ?2")?
        .execute([follower, followee])?;
    Ok(())
}

pub fn exists(db: &Connection, follower: i64, followee: i64) -> Result<bool> {
    let mut select = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM follows WHERE follower = ?1 AND followee = ?2)",
    )?;
    Ok(select.query_row([follower, followee], |row| row.get(0))?)
}

/// Who follows `agent`, the latest first.
pub fn followers(
    db: &Connection,
    agent: i64,
    page: &Paging,
    public_url: &str,
) -> Result<Page<Profile>> {
    let sql = "SELECT seq, follower FROM follows WHERE followee = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3";
    page.places(db, sql, [agent, page.below(), page.take()])?
        .try_map(|agent| agents::profile(db, agent, public_url))
}

/// Whom `agent` follows, the latest first.
pub fn following(
    db: &Connection,
    agent: i64,
    page: &Paging,
    public_url: &str,
) -> Result<Page<Profile>> {
    let sql = "SELECT seq, followee FROM follows WHERE follower = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3";
    page.places(db, sql, [agent, page.below(), page.take()])?
        .try_map(|agent| agents::profile(db, agent, public_url))
}
