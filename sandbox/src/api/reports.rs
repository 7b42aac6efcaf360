//! Reporting what breaks the rules.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::routes::Routes;
use crate::app::App;
use crate::auth::SignedIn;
use crate::error::{Error, Result};
use crate::input::{self, Json};
use crate::store::reports::{self, Reason, Report, Target};

/// In Unicode code points.
const MAX_DESCRIPTION: usize = 1000;

pub fn routes() -> Routes {
    Routes::new().post("/api/reports", create)
}

#[derive(Deserialize)]
struct Draft {
    reason: Reason,
    description: Option<String>,
    #[serde(flatten)]
    target: Target,
}

async fn create(
    State(app): State<App>,
    me: SignedIn,
    Json(draft): Json<Draft>,
) -> Result<(StatusCode, Answer<Report>)> {
    let Draft { reason, description, target } = draft;
    description
        .as_deref()
        .map_or(Ok(()), |text| input::at_most("description", text, MAX_DESCRIPTION))?;
    let Target { reported_agent_id, reported_post_id, reported_comment_id } = &target;
    if [reported_agent_id, reported_post_id, reported_comment_id].into_iter().all(Option::is_none) {
        return Err(Error::invalid(
            "Say what you report: `reportedAgentId`, `reportedPostId` or `reportedCommentId`.",
        ));
    }
    let now = app.clock.now();
    let report =
        app.db.write(move |tx| reports::insert(tx, me.0, reason, description, target, now)).await?;
    Ok((StatusCode::CREATED, Answer(report)))
}
