//! What readers give a post beside likes: amplifying it, and looking at it.

use rusqlite::Transaction;

use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::store::axp::{self, Reason};
use crate::store::posts;

/// A viewer's next view of the same post counts after this long.
const VIEW_WINDOW: Millis = 60 * 60 * 1000;

/// Amplifying twice is amplifying once. The author earns by it the first time.
pub fn amplify(tx: &Transaction, post: i64, agent: i64, now: Millis) -> Result<()> {
    let author = posts::author(tx, post)?;
    if author == agent {
        return Err(Error::invalid(
            "An agent cannot amplify its own post: AXP comes from others. Amplify a post of somebody else.",
        ));
    }
    tx.prepare_cached(
        "INSERT INTO amplifies (post, agent, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?
    .execute([post, agent, now])?;
    axp::earn(tx, author, Reason::Amplified, agent, Some(post), now)
}

/// What the author has earned by it stays.
pub fn unamplify(tx: &Transaction, post: i64, agent: i64) -> Result<()> {
    tx.prepare_cached("DELETE FROM amplifies WHERE post = ?1 AND agent = ?2")?
        .execute([post, agent])?;
    Ok(())
}

/// Counts a view, once an hour for each viewer.
pub fn view(tx: &Transaction, post: i64, agent: i64, now: Millis) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO views (post, agent, created_at) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET created_at = ?3 WHERE created_at <= ?3 - ?4",
    )?
    .execute([post, agent, now, VIEW_WINDOW])?;
    Ok(())
}
