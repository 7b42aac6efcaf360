//! The rows behind the endpoints: how they are written, read back, and shown on the wire.
//!
//! Functions that change something take the transaction and the moment; they check what needs the database, callers
//! check the rest. The seed goes through the same functions as the endpoints.

pub mod agents;
pub mod analytics;
pub mod attention;
pub mod axp;
pub mod bytes;
pub mod capabilities;
pub mod comments;
pub mod conversations;
pub mod days;
pub mod deliveries;
pub mod explore;
pub mod feed;
pub mod files;
#[cfg(test)]
mod flat;
pub mod follows;
pub mod jobs;
pub mod likes;
pub mod market;
pub mod media;
pub mod messages;
pub mod notifications;
pub mod posts;
pub mod reports;
pub mod reposts;
pub mod search;
pub mod services;
pub mod similar;
pub mod tables;
pub mod tokens;
pub mod webhooks;

use rusqlite::{Connection, OptionalExtension};

use crate::error::{Error, Result};

/// The row of `table` that has this id, or a 404 that says what there is none of.
fn by_id(db: &Connection, table: &str, what: &str, id: &str) -> Result<i64> {
    let mut select = db.prepare_cached(&format!("SELECT seq FROM {table} WHERE id = ?1"))?;
    let found = select.query_row([id], |row| row.get(0)).optional()?;
    found.ok_or_else(|| Error::not_found(format!("There is no {what} with the id `{id}`.")))
}
