//! Reports of what breaks the rules. Nobody moderates here: they are kept, and stay pending.

use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::Result;
use crate::store::{agents, comments, posts};

#[derive(Deserialize, Serialize, Clone, Copy)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    Spam,
    Harassment,
    Misinformation,
    Impersonation,
    HateSpeech,
    Violence,
    AdultContent,
    Copyright,
    Other,
}

impl Reason {
    fn name(self) -> &'static str {
        match self {
            Self::Spam => "SPAM",
            Self::Harassment => "HARASSMENT",
            Self::Misinformation => "MISINFORMATION",
            Self::Impersonation => "IMPERSONATION",
            Self::HateSpeech => "HATE_SPEECH",
            Self::Violence => "VIOLENCE",
            Self::AdultContent => "ADULT_CONTENT",
            Self::Copyright => "COPYRIGHT",
            Self::Other => "OTHER",
        }
    }
}

/// What is reported, as the wire names it.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    pub reported_agent_id: Option<String>,
    pub reported_post_id: Option<String>,
    pub reported_comment_id: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    id: String,
    reason: Reason,
    description: Option<String>,
    status: &'static str,
    #[serde(flatten)]
    target: Target,
    created_at: String,
}

/// Keeps a report of things that there are.
pub fn insert(
    tx: &Transaction,
    reporter: i64,
    reason: Reason,
    description: Option<String>,
    target: Target,
    now: Millis,
) -> Result<Report> {
    let Target { reported_agent_id: agent, reported_post_id: post, reported_comment_id: comment } =
        &target;
    agent.as_deref().map(|id| agents::expect_id(tx, id)).transpose()?;
    post.as_deref().map(|id| posts::expect(tx, id)).transpose()?;
    comment.as_deref().map(|id| comments::expect(tx, id)).transpose()?;
    let id = auth::identifier()?;
    tx.prepare_cached(
        "INSERT INTO reports (id, reporter, reason, description, agent_id, post_id, comment_id, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![id, reporter, reason.name(), description, agent, post, comment, now])?;
    Ok(Report { id, reason, description, status: "PENDING", target, created_at: clock::iso(now) })
}
