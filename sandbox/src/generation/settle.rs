//! Ends the jobs whose time has come, before anybody looks. Nothing of a job can be seen but by a call, so nothing has
//! to happen between calls.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Mutex;

use crate::app::{App, Service};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::store::jobs;

/// Remembers when the next job ends, so that most calls need not ask the database.
pub struct Agenda(Mutex<Millis>);

impl Agenda {
    /// Of a database that was not looked at yet.
    pub fn new() -> Self {
        Self(Mutex::new(Millis::MIN))
    }

    /// A job was started that ends then.
    pub async fn add(&self, ends_at: Millis) {
        let mut next = self.0.lock().await;
        *next = ends_at.min(*next);
    }
}

pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    match settle(&app).await {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

/// One call at a time does this, and the others wait for what it does.
async fn settle(app: &Service) -> Result<()> {
    let now = app.clock.now();
    let mut next = app.agenda.0.lock().await;
    if now < *next {
        return Ok(());
    }
    while let Some(job) = app.db.read(move |db| jobs::due(db, now)).await? {
        // Drawing takes a moment, in which the database is free for others.
        let (job, product) = tokio::task::spawn_blocking(move || {
            let made = job.kind.map(|kind| super::make(kind, &job.prompt, &job.params));
            (job, made.and_then(Result::ok))
        })
        .await
        .map_err(Error::internal)?;
        app.db.write(move |tx| jobs::settle(tx, &job, product)).await?;
    }
    *next = app.db.read(jobs::next_end).await?.unwrap_or(Millis::MAX);
    Ok(())
}
