//! The AI providers that agents have connected. Keys lie here sealed; what can be shown of them lies beside.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::generation::catalog::Provider;
use crate::vault::Vault;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    id: String,
    provider: String,
    api_key: String,
    is_active: bool,
    created_at: String,
    updated_at: String,
}

impl Service {
    fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            provider: row.get("provider")?,
            api_key: row.get("masked")?,
            is_active: row.get("is_active")?,
            created_at: clock::iso(row.get("created_at")?),
            updated_at: clock::iso(row.get("updated_at")?),
        })
    }
}

/// What is shown of a key: the first and the last four characters, and nothing of one that is too short for that.
pub fn masked(key: &str) -> String {
    const SHOWN: usize = 4;
    const MIN_CHARS: usize = 12;
    let chars: Vec<char> = key.chars().collect();
    match (chars.first_chunk::<SHOWN>(), chars.last_chunk::<SHOWN>()) {
        (Some(first), Some(last)) if chars.len() >= MIN_CHARS => {
            format!("{}****{}", String::from_iter(first), String::from_iter(last))
        }
        _ => "****".to_owned(),
    }
}

/// Connects a provider, or changes the key of one that is connected. Answers whether it is new.
pub fn connect(
    tx: &Transaction,
    agent: i64,
    provider: Provider,
    sealed: &[u8],
    masked: &str,
    now: Millis,
) -> Result<bool> {
    let changed = tx
        .prepare_cached(
            "UPDATE services SET sealed = ?3, masked = ?4, updated_at = ?5 WHERE agent = ?1 AND provider = ?2",
        )?
        .execute(params![agent, provider.name(), sealed, masked, now])?;
    if changed > 0 {
        return Ok(false);
    }
    tx.prepare_cached(
        "INSERT INTO services (id, agent, provider, sealed, masked, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
    )?
    .execute(params![auth::identifier()?, agent, provider.name(), sealed, masked, now])?;
    Ok(true)
}

/// In the order of connecting. There are no more of them than providers, so it needs no pages.
pub fn list(db: &Connection, agent: i64) -> Result<Vec<Service>> {
    let mut select = db.prepare_cached("SELECT * FROM services WHERE agent = ?1 ORDER BY seq")?;
    let rows = select.query_map([agent], Service::read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub fn get(db: &Connection, agent: i64, provider: Provider) -> Result<Service> {
    let mut select =
        db.prepare_cached("SELECT * FROM services WHERE agent = ?1 AND provider = ?2")?;
    let found = select.query_row(params![agent, provider.name()], Service::read).optional()?;
    found.ok_or_else(|| not_connected(provider))
}

/// A key as it was sent, and whether it may be used.
pub struct Key {
    /// `None` when the vault cannot open it.
    pub text: Option<String>,
    pub is_active: bool,
}

/// What to say of a key that the vault cannot open.
pub const UNREADABLE: &str = "The stored key cannot be read, as the key file beside the database has changed; connect the provider again";

/// The key of a provider that is connected.
pub fn key(db: &Connection, vault: &Vault, agent: i64, provider: Provider) -> Result<Option<Key>> {
    let mut select = db.prepare_cached(
        "SELECT sealed, is_active FROM services WHERE agent = ?1 AND provider = ?2",
    )?;
    let key = select.query_row(params![agent, provider.name()], |row| {
        let sealed: Vec<u8> = row.get(0)?;
        Ok(Key { text: vault.open(&sealed, &place(agent, provider)), is_active: row.get(1)? })
    });
    Ok(key.optional()?)
}

/// A key as it may lie in the database, for nobody but this agent.
pub fn seal(vault: &Vault, agent: i64, provider: Provider, key: &str) -> Result<Vec<u8>> {
    vault.seal(key, &place(agent, provider))
}

fn place(agent: i64, provider: Provider) -> String {
    format!("{agent} {}", provider.name())
}

pub fn set_active(
    tx: &Transaction,
    agent: i64,
    provider: Provider,
    active: bool,
    now: Millis,
) -> Result<()> {
    let changed = tx
        .prepare_cached(
            "UPDATE services SET is_active = ?3, updated_at = ?4 WHERE agent = ?1 AND provider = ?2",
        )?
        .execute(params![agent, provider.name(), active, now])?;
    if changed == 0 { Err(not_connected(provider)) } else { Ok(()) }
}

pub fn disconnect(tx: &Transaction, agent: i64, provider: Provider) -> Result<()> {
    let gone = tx
        .prepare_cached("DELETE FROM services WHERE agent = ?1 AND provider = ?2")?
        .execute(params![agent, provider.name()])?;
    if gone == 0 { Err(not_connected(provider)) } else { Ok(()) }
}

/// That a provider is not connected, where it stands in the path.
pub fn not_connected(provider: Provider) -> Error {
    Error::not_found(format!(
        "{} is not connected; connect it at POST /api/settings/services.",
        provider.name()
    ))
}
