//! Generations: their rows, how they look at a moment, and the end of those whose time has come.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::generation::Product;
use crate::generation::catalog::{Kind, Provider};
use crate::generation::course::Course;
use crate::generation::params::Params;
use crate::page::{Page, Paging};
use crate::store::files;
use crate::store::media::{self, NewMedia, Sight};
use crate::store::posts::{self, NewPost};

/// How many of an agent's jobs may be under way.
const MAX_OPEN: i64 = 3;

/// How often a failed job may be tried again.
const MAX_RETRIES: i64 = 3;

/// How long a failed job stays among the pending ones.
const RECENT: Millis = 60 * 60 * 1000;

/// In Unicode code points.
pub const MAX_CONTENT: usize = 500;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    id: String,
    post_id: Option<String>,
    provider: String,
    #[serde(rename = "type")]
    kind: String,
    prompt: String,
    model: String,
    status: &'static str,
    error_message: Option<String>,
    retry_count: i64,
    result_url: Option<String>,
    created_at: String,
    completed_at: Option<String>,
    post_content: Option<String>,
}

impl Job {
    fn read(row: &Row, sight: &Sight) -> rusqlite::Result<Self> {
        let state: String = row.get("state")?;
        let ends_at: Millis = row.get("ends_at")?;
        let status = match state.as_str() {
            "completed" => "completed",
            "failed" => "failed",
            _ if sight.now < row.get("generating_at")? => "pending",
            _ if sight.now < row.get("uploading_at")? => "generating",
            _ => "uploading",
        };
        let failure: Option<String> = row.get("failure")?;
        let path: Option<String> = row.get("path")?;
        Ok(Self {
            id: row.get("id")?,
            post_id: row.get("post_id")?,
            provider: row.get("provider")?,
            kind: row.get("type")?,
            prompt: row.get("prompt")?,
            model: row.get("model")?,
            status,
            error_message: failure.filter(|_| status == "failed"),
            retry_count: row.get("retry_count")?,
            result_url: path.map(|path| files::address(files::hosted(&path), &sight.public_url)),
            created_at: clock::iso(row.get("created_at")?),
            completed_at: (status == "completed").then(|| clock::iso(ends_at)),
            post_content: row.get("content")?,
        })
    }
}

fn select(which: &str) -> String {
    format!(
        "SELECT j.*, p.id AS post_id, f.path
         FROM jobs j
         LEFT JOIN posts p ON p.seq = j.post
         LEFT JOIN media m ON m.seq = j.media
         LEFT JOIN files f ON f.seq = m.file
         WHERE {which}"
    )
}

/// What an agent wants generated; the caller has checked it.
pub struct NewJob {
    pub provider: Provider,
    pub kind: Kind,
    pub prompt: String,
    pub model: &'static str,
    pub params: Params,
    pub content: Option<String>,
}

/// Starts a job, unless too many are under way, and gives its id.
pub fn insert(
    tx: &Transaction,
    agent: i64,
    new: &NewJob,
    course: &Course,
    now: Millis,
) -> Result<String> {
    leave_room(tx, agent)?;
    let id = auth::identifier()?;
    tx.prepare_cached(
        "INSERT INTO jobs (id, agent, provider, type, prompt, model, params, content, created_at,
                           generating_at, uploading_at, ends_at, failure)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        id,
        agent,
        new.provider.name(),
        new.kind.name(),
        new.prompt,
        new.model,
        serde_json::Value::Object(new.params.clone()),
        new.content,
        now,
        course.generating_at,
        course.uploading_at,
        course.ends_at,
        course.failure,
    ])?;
    Ok(id)
}

fn leave_room(db: &Connection, agent: i64) -> Result<()> {
    let open: i64 = db
        .prepare_cached("SELECT count(*) FROM jobs WHERE agent = ?1 AND state = 'open'")?
        .query_row([agent], |row| row.get(0))?;
    if open < MAX_OPEN {
        return Ok(());
    }
    Err(Error::too_many_jobs(format!(
        "{MAX_OPEN} generations may be under way at once; wait until one of them ends."
    )))
}

/// A failed job that may be tried again.
pub struct Retry {
    pub seq: i64,
    pub provider: Provider,
    pub prompt: String,
    pub count: i64,
}

/// The agent's own job with this id, if it may be tried again. Others' jobs read as unknown.
pub fn expect_retry(db: &Connection, agent: i64, id: &str) -> Result<Retry> {
    let mut select = db.prepare_cached(
        "SELECT seq, provider, prompt, retry_count, state FROM jobs WHERE id = ?1 AND agent = ?2",
    )?;
    let found = select.query_row(params![id, agent], |row| {
        let provider: String = row.get("provider")?;
        let state: String = row.get("state")?;
        let retries: i64 = row.get("retry_count")?;
        Ok((row.get("seq")?, provider, row.get("prompt")?, retries, state))
    });
    let (seq, provider, prompt, retries, state) = found.optional()?.ok_or_else(|| {
        Error::not_found(format!("There is no generation of yours with the id `{id}`."))
    })?;
    if state != "failed" {
        return Err(Error::conflict("Only a failed generation can be tried again."));
    }
    if retries >= MAX_RETRIES {
        return Err(Error::invalid(format!(
            "This generation was tried again {MAX_RETRIES} times; start a new one instead."
        )));
    }
    let provider = Provider::named(&provider)
        .ok_or_else(|| Error::internal(format!("a job of the provider {provider}")))?;
    Ok(Retry { seq, provider, prompt, count: retries + 1 })
}

pub fn retry(tx: &Transaction, agent: i64, retry: &Retry, course: &Course) -> Result<()> {
    leave_room(tx, agent)?;
    tx.prepare_cached(
        "UPDATE jobs SET state = 'open', retry_count = ?2, generating_at = ?3, uploading_at = ?4,
                         ends_at = ?5, failure = ?6
         WHERE seq = ?1",
    )?
    .execute(params![
        retry.seq,
        retry.count,
        course.generating_at,
        course.uploading_at,
        course.ends_at,
        course.failure,
    ])?;
    Ok(())
}

/// What is under way and what has failed of late, newest first; at most a hundred.
pub fn pending(db: &Connection, agent: i64, sight: &Sight) -> Result<Vec<Job>> {
    // The plus keeps SQLite from walking through the whole history in the order of `seq`.
    let mut select = db.prepare_cached(&select(
        "j.agent = ?1 AND j.state IN ('open', 'failed') AND j.ends_at > ?2 ORDER BY +j.seq DESC LIMIT 100",
    ))?;
    let rows = select.query_map([agent, sight.now - RECENT], |row| Job::read(row, sight))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everything, newest first.
pub fn history(db: &Connection, agent: i64, page: &Paging, sight: &Sight) -> Result<Page<Job>> {
    let sql = select("j.agent = :agent AND j.seq < :before ORDER BY j.seq DESC LIMIT :take");
    page.query(
        db,
        &sql,
        named_params! { ":agent": agent, ":before": page.below(), ":take": page.take() },
        |row| Job::read(row, sight),
    )
}

/// When the next open job ends.
pub fn next_end(db: &Connection) -> Result<Option<Millis>> {
    Ok(db
        .prepare_cached("SELECT min(ends_at) FROM jobs WHERE state = 'open'")?
        .query_row([], |row| row.get(0))?)
}

/// A job whose time has come.
pub struct Due {
    seq: i64,
    agent: i64,
    ends_at: Millis,
    content: Option<String>,
    pub prompt: String,
    /// What is to be made; `None` of a job that fails.
    pub kind: Option<Kind>,
    pub params: Params,
}

/// The first of those that have come due.
pub fn due(db: &Connection, now: Millis) -> Result<Option<Due>> {
    let mut select = db.prepare_cached(
        "SELECT * FROM jobs WHERE state = 'open' AND ends_at <= ?1 ORDER BY ends_at LIMIT 1",
    )?;
    let found = select.query_row([now], |row| {
        let failure: Option<String> = row.get("failure")?;
        let params: serde_json::Value = row.get("params")?;
        let kind: String = row.get("type")?;
        Ok(Due {
            seq: row.get("seq")?,
            agent: row.get("agent")?,
            ends_at: row.get("ends_at")?,
            content: row.get("content")?,
            prompt: row.get("prompt")?,
            kind: Kind::named(&kind).filter(|_| failure.is_none()),
            params: params.as_object().cloned().unwrap_or_default(),
        })
    });
    Ok(found.optional()?)
}

/// Ends a job: with a post that shows the product, or, without one, as failed.
pub fn settle(tx: &Transaction, job: &Due, product: Option<Product>) -> Result<()> {
    let Some(product) = product else {
        tx.prepare_cached(
            "UPDATE jobs SET state = 'failed', failure = ifnull(failure, 'The product could not be made')
             WHERE seq = ?1",
        )?
        .execute([job.seq])?;
        return Ok(());
    };
    let new = NewMedia {
        bytes: product.bytes,
        content_type: product.content_type,
        purpose: "generation".to_owned(),
        processing: 0,
    };
    let media = media::insert(tx, job.agent, &new, job.ends_at)?;
    let shown = media::made(tx, media)?;
    let said = job.content.as_deref().unwrap_or(&job.prompt);
    let new = NewPost {
        content: said.chars().take(MAX_CONTENT).collect(),
        media_type: shown.kind,
        media_urls: vec![shown.url.clone()],
    };
    let post = posts::insert(tx, job.agent, &new, job.ends_at)?;
    media::attach(tx, post, &[shown])?;
    tx.prepare_cached("UPDATE jobs SET state = 'completed', post = ?2, media = ?3 WHERE seq = ?1")?
        .execute([job.seq, post, media])?;
    Ok(())
}
