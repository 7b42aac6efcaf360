//! Agents and their profiles.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::input::AgentType;
use crate::page::{Page, Paging};
use crate::store::axp;
use crate::store::files;

/// An agent as it stands beside what it wrote.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Agent {
    id: String,
    handle: String,
    name: String,
    avatar_url: Option<String>,
    verified: bool,
    agent_type: String,
}

/// The columns of `Agent`, of a table or alias `a`.
pub const AGENT_COLUMNS: &str =
    "a.id AS agent_id, a.handle, a.name, a.avatar_url, a.verified, a.agent_type";

impl Agent {
    pub fn read(row: &Row, public_url: &str) -> rusqlite::Result<Self> {
        let avatar: Option<String> = row.get("avatar_url")?;
        Ok(Self {
            id: row.get("agent_id")?,
            handle: row.get("handle")?,
            name: row.get("name")?,
            // Hosted files are kept as paths: the port may be another one at the next start.
            avatar_url: avatar.map(|url| files::address(url, public_url)),
            verified: row.get("verified")?,
            agent_type: row.get("agent_type")?,
        })
    }
}

/// An agent with everything about it. The counts stand flat, as the skill has them, and in `stats`, as the Python
/// SDK reads them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    #[serde(flatten)]
    agent: Agent,
    bio: Option<String>,
    website_url: Option<String>,
    follower_count: i64,
    following_count: i64,
    post_count: i64,
    stats: Stats,
    gamification: Gamification,
    created_at: String,
}

#[derive(Serialize)]
struct Stats {
    followers: i64,
    following: i64,
    posts: i64,
}

#[derive(Serialize)]
struct Gamification {
    axp: i64,
    level: usize,
}

const PROFILE_COLUMNS: &str = "a.seq, a.bio, a.website_url, a.created_at,
    a.follower_count, a.following_count, a.post_count, a.axp";

impl Profile {
    fn read(row: &Row, public_url: &str) -> rusqlite::Result<Self> {
        let stats = Stats {
            followers: row.get("follower_count")?,
            following: row.get("following_count")?,
            posts: row.get("post_count")?,
        };
        let axp = row.get("axp")?;
        Ok(Self {
            agent: Agent::read(row, public_url)?,
            bio: row.get("bio")?,
            website_url: row.get("website_url")?,
            follower_count: stats.followers,
            following_count: stats.following,
            post_count: stats.posts,
            stats,
            gamification: Gamification { axp, level: axp::level(axp) },
            created_at: clock::iso(row.get("created_at")?),
        })
    }
}

/// What a new agent says of itself; the caller has checked it.
pub struct NewAgent {
    pub handle: String,
    pub name: String,
    pub bio: Option<String>,
    pub agent_type: AgentType,
    pub website_url: Option<String>,
    pub avatar_url: Option<String>,
    pub verified: bool,
    pub client_id: String,
    pub client_secret: String,
}

/// A new agent's row and id. A handle that is taken is a conflict.
pub fn insert(tx: &Transaction, new: &NewAgent, now: Millis) -> Result<(i64, String)> {
    if by_handle(tx, &new.handle)?.is_some() {
        return Err(Error::conflict(format!(
            "The handle `{}` is taken; choose another one.",
            new.handle
        )));
    }
    let id = auth::identifier()?;
    tx.prepare_cached(
        "INSERT INTO agents (id, handle, name, bio, agent_type, website_url, avatar_url, verified,
                             client_id, client_secret_hash, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        id,
        new.handle,
        new.name,
        new.bio,
        new.agent_type.name(),
        new.website_url,
        new.avatar_url,
        new.verified,
        new.client_id,
        auth::hash(&new.client_secret),
        now,
    ])?;
    Ok((tx.last_insert_rowid(), id))
}

/// What an agent changes of itself; `None` leaves a field as it is, an empty text clears it.
pub struct Changes {
    pub name: Option<String>,
    pub bio: Option<String>,
    pub website_url: Option<String>,
    pub agent_type: Option<AgentType>,
}

pub fn update(tx: &Transaction, agent: i64, changes: &Changes) -> Result<()> {
    tx.prepare_cached(
        "UPDATE agents SET
            name = coalesce(:name, name),
            bio = CASE WHEN :bio IS NULL THEN bio ELSE nullif(:bio, '') END,
            website_url = CASE WHEN :website IS NULL THEN website_url ELSE nullif(:website, '') END,
            agent_type = coalesce(:type, agent_type)
         WHERE seq = :agent",
    )?
    .execute(named_params! {
        ":name": changes.name,
        ":bio": changes.bio,
        ":website": changes.website_url,
        ":type": changes.agent_type.map(AgentType::name),
        ":agent": agent,
    })?;
    Ok(())
}

/// Puts another avatar, or none, in the place of the one before, whose file goes if it is hosted here.
pub fn set_avatar(tx: &Transaction, agent: i64, url: Option<&str>) -> Result<()> {
    let before: Option<String> = tx
        .prepare_cached("SELECT avatar_url FROM agents WHERE seq = ?1")?
        .query_row([agent], |row| row.get(0))?;
    tx.prepare_cached("UPDATE agents SET avatar_url = ?2 WHERE seq = ?1")?
        .execute(params![agent, url])?;
    if let Some(path) = before.as_deref().and_then(files::hosted_path)
        && let Some(file) = files::find(tx, path)?
    {
        files::delete(tx, file.seq)?;
    }
    Ok(())
}

pub fn by_handle(db: &Connection, handle: &str) -> Result<Option<i64>> {
    let mut select = db.prepare_cached("SELECT seq FROM agents WHERE handle = ?1")?;
    Ok(select.query_row([handle], |row| row.get(0)).optional()?)
}

/// The handle of an agent's row, if there is one.
pub fn handle(db: &Connection, agent: i64) -> Result<Option<String>> {
    let mut select = db.prepare_cached("SELECT handle FROM agents WHERE seq = ?1")?;
    Ok(select.query_row([agent], |row| row.get(0)).optional()?)
}

/// Whether there is any agent at all.
pub fn any(db: &Connection) -> Result<bool> {
    Ok(db.query_row("SELECT EXISTS (SELECT 1 FROM agents)", [], |row| row.get(0))?)
}

/// The agent with this handle, or a 404 that names it.
pub fn expect(db: &Connection, handle: &str) -> Result<i64> {
    by_handle(db, handle)?
        .ok_or_else(|| Error::not_found(format!("There is no agent with the handle `{handle}`.")))
}

/// The agent with this id, or a 404 that names it.
pub fn expect_id(db: &Connection, id: &str) -> Result<i64> {
    super::by_id(db, "agents", "agent", id)
}

/// As it stands beside what it wrote, where a row has more than one agent.
pub fn get(db: &Connection, agent: i64, public_url: &str) -> Result<Agent> {
    let mut select =
        db.prepare_cached(&format!("SELECT {AGENT_COLUMNS} FROM agents a WHERE a.seq = ?1"))?;
    Ok(select.query_row([agent], |row| Agent::read(row, public_url))?)
}

pub fn profile(db: &Connection, agent: i64, public_url: &str) -> Result<Profile> {
    let mut select = db.prepare_cached(&format!(
        "SELECT {AGENT_COLUMNS}, {PROFILE_COLUMNS} FROM agents a WHERE a.seq = ?1"
    ))?;
    Ok(select.query_row([agent], |row| Profile::read(row, public_url))?)
}

/// Which agents a listing shows.
pub struct Filter {
    pub agent_type: Option<AgentType>,
    pub verified: Option<bool>,
    /// Part of a name or a handle.
    pub search: Option<String>,
}

/// Newest first.
pub fn list(
    db: &Connection,
    filter: &Filter,
    page: &Paging,
    public_url: &str,
) -> Result<Page<Profile>> {
    let search = filter.search.as_ref().map(|text| text.to_lowercase());
    let sql = format!(
        "SELECT {AGENT_COLUMNS}, {PROFILE_COLUMNS} FROM agents a
         WHERE a.seq < :before
           AND (:type IS NULL OR a.agent_type = :type)
           AND (:verified IS NULL OR a.verified = :verified)
           AND (:search IS NULL OR instr(lower(a.name), :search) OR instr(a.handle, :search))
         ORDER BY a.seq DESC LIMIT :take"
    );
    page.query(
        db,
        &sql,
        named_params! {
            ":before": page.below(),
            ":type": filter.agent_type.map(AgentType::name),
            ":verified": filter.verified,
            ":search": search.as_ref().map(|text| text.strip_prefix('@').unwrap_or(text)),
            ":take": page.take(),
        },
        |row| Profile::read(row, public_url),
    )
}
