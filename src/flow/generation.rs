//! Generating from the start to the post that comes of it.

use std::future::IntoFuture;

use super::pace::Pace;
use super::plan::{Next, Plan, carry_on};
use super::{Work, expect};
use crate::answer;
use crate::api::generation::{Generation, specs};
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::host::Local;
use crate::model::{Job, JobId, NewGeneration};
use crate::rules::{Context, Field, Fields, Limit, Shape};
use crate::text::concat;
use crate::value::Value;

/// The shortest and the longest pause between two questions, in milliseconds: 6 to 60 of the 100
/// reads that the service allows a minute.
const PACE: Pace = Pace::new(1_000.0, 10_000.0);

/// How often the service tries a job again.
const MOST_RETRIES: f64 = 3.0;

/// How many jobs of the history are looked through.
const JOBS: f64 = 100.0;

/// How often a job may be nowhere before it counts as unknown: it may be on its way from one list
/// to the other.
const MISSES: u32 = 3;

/// What is taken to follow a job that was started before.
const RESUMED: Fields = Fields::of(&[Field::new("jobId", true, Shape::Text, Limit::Filled)]);

const ADVICE: &str = "; the job still runs: go on by generation.resume(jobId)";

impl Generation {
    /// Generates, from the start to the post that comes of it: starts a job and follows it until
    /// it is completed or failed. Awaited, it gives the completed job; [`Running::next`] gives the
    /// job at each change of its status.
    ///
    /// It asks every second at first, every 10 s when nothing happens, for 10 minutes at the most
    /// ([`Running::deadline_ms`]). A job that failed is a `server` error, unless it may be tried
    /// again ([`Running::retries`]). An error tells the id of the job once it is known; the job
    /// goes on at the service, and [`resume`](Generation::resume) follows it further.
    ///
    /// ```ignore-wasm32
    /// use imagineanything::model::{GenerationType, NewGeneration, Provider};
    /// use imagineanything::{Client, Credentials, Options, Script};
    ///
    /// let script = Script::default();
    /// script.answer(202, r#"{"jobId": "j1", "status": "pending"}"#);
    /// script.answer(200, r#"{"jobs": [{"id": "j1", "status": "uploading"}]}"#);
    /// script.answer(200, r#"{"jobs": []}"#);
    /// script.answer(200, r#"{"jobs": [{"id": "j1", "status": "completed", "postId": "p1"}]}"#);
    ///
    /// let credentials = Credentials::Token("iat_1".into());
    /// let client = Client::new(Options { credentials, ..Options::default() }, script.clone())?;
    /// let job = script.run(client.generation().run(NewGeneration {
    ///     provider: Provider::OpenAi,
    ///     generation_type: GenerationType::Image,
    ///     prompt: "A lighthouse in the fog".into(),
    ///     ..NewGeneration::default()
    /// }))?;
    /// assert_eq!(job.post_id, Some("p1".into()));
    /// # Ok::<(), imagineanything::Error>(())
    /// ```
    ///
    /// `POST /api/generate`, then `GET /api/generate/pending` and `GET /api/generate/history`
    pub fn run(&self, input: impl Into<NewGeneration>) -> Running {
        let input = Value::encode(&input.into());
        Running::new(self.client.clone(), input, 0).deadline_ms(Running::DEADLINE_MS)
    }

    /// Follows a job that was started before, as [`run`](Generation::run) does.
    pub fn resume(&self, job_id: impl Into<JobId>) -> Result<Running, Error> {
        let job_id = Value::encode(&job_id.into());
        let running = Running::resumed(self.client.clone(), job_id, 0)?;
        Ok(running.deadline_ms(Running::DEADLINE_MS))
    }
}

/// A job under way.
pub struct Running {
    client: Client,
    run: Run,
}

struct Run {
    stage: Stage,
    /// What to start.
    input: Option<Value>,
    job_id: Option<Value>,
    /// The job, as it was given last.
    job: Option<Value>,
    status: Option<Value>,
    pace: Pace,
    /// How often it may be tried again.
    retries: u32,
    /// How often it was nowhere.
    misses: u32,
    /// Whether it was started before.
    is_resumed: bool,
}

/// What was done last.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Nothing,
    Started,
    /// It is to be asked about, after a pause.
    Changed,
    Paused,
    /// The jobs under way were asked for.
    Asked,
    /// The history was.
    AskedHistory,
    Failed,
    Over,
}

impl Running {
    /// How long a job may take, in milliseconds, unless its caller says otherwise. The service
    /// gives jobs up after 5 minutes.
    pub(crate) const DEADLINE_MS: f64 = 600_000.0;

    pub(crate) fn new(client: Client, input: Option<Value>, retries: u32) -> Running {
        Running { client, run: Run { input, retries, ..Run::NEW } }
    }

    /// Follows a job that was started before.
    pub(crate) fn resumed(
        client: Client,
        job_id: Option<Value>,
        retries: u32,
    ) -> Result<Running, Error> {
        let given = Value::object(&[]);
        let given = job_id.iter().fold(given, |given, id| given.with("jobId", id.clone()));
        let issues = RESUMED.check(&given, &Context::default());
        if !issues.is_empty() {
            return Err(Error::invalid("generation.resume", issues));
        }
        let stage = Stage::Paused;
        let run = Run { stage, job_id, retries, is_resumed: true, ..Run::NEW };
        Ok(Running { client, run })
    }

    /// How long it may take from now on, in milliseconds, instead of 10 minutes. When that is over
    /// it ends with `timeout`.
    pub fn deadline_ms(mut self, ms: f64) -> Running {
        self.client.end_in(ms);
        self
    }

    /// How often it is tried again when it failed: not at all by default, and 3 times at the most,
    /// which is the service's own limit for a job.
    pub fn retries(mut self, retries: u32) -> Running {
        self.run.retries = retries;
        self
    }

    /// The job with its next status; `None` after it was completed.
    pub async fn next(&mut self) -> Result<Option<Job>, Error> {
        match self.step().await? {
            Some(job) => answer::decode(&specs::pending, Some(job)).map(Some),
            None => Ok(None),
        }
    }
}

impl Plan for Run {
    fn next(&mut self, client: &Client, answer: Option<Value>) -> Result<Next, Error> {
        match self.stage {
            Stage::Nothing => {
                self.stage = Stage::Started;
                Ok(Next::Call(&specs::start, [self.input.take(), None]))
            }
            Stage::Started => {
                self.job_id = Some(expect(&specs::start, answer, "jobId")?);
                Ok(self.pause(client))
            }
            Stage::Changed => Ok(self.pause(client)),
            Stage::Paused => {
                self.stage = Stage::Asked;
                Ok(Next::Call(&specs::pending, [None, None]))
            }
            Stage::Asked | Stage::AskedHistory => self.learn(client, answer),
            Stage::Failed => self.fail(),
            Stage::Over => Ok(Next::Give(None)),
        }
    }

    fn failed(&mut self, _client: &Client, error: Error) -> Error {
        let is_known = self.job_id.is_some();
        if self.stage != Stage::Over {
            self.stage = if is_known { Stage::Changed } else { Stage::Over };
        }
        error.with(|it| {
            it.progress = self.job_id.clone().map(|id| ("jobId", id));
            // To run it again would start another job.
            it.retryable &= !is_known || self.is_resumed;
        })
    }

    fn advice(&self) -> &'static str {
        if self.job_id.is_some() { ADVICE } else { "" }
    }
}

impl Run {
    const NEW: Run = Run {
        stage: Stage::Nothing,
        input: None,
        job_id: None,
        job: None,
        status: None,
        pace: PACE,
        retries: 0,
        misses: 0,
        is_resumed: false,
    };

    fn pause(&mut self, client: &Client) -> Next {
        self.stage = Stage::Paused;
        Next::Pause(&specs::pending, self.pace.pause(client.random()))
    }

    /// Takes note of what a list says of the job: first that of those under way, then the history.
    fn learn(&mut self, client: &Client, answer: Option<Value>) -> Result<Next, Error> {
        let jobs = answer.and_then(|answer| answer.get("jobs")?.items());
        let mut jobs = jobs.into_iter().flatten();
        let Some(job) = jobs.find(|job| job.get("id") == self.job_id) else {
            if self.stage == Stage::Asked {
                self.stage = Stage::AskedHistory;
                let query = Value::object(&[("limit", JOBS.into())]);
                return Ok(Next::Call(&specs::history, [Some(query), None]));
            }
            self.misses += 1;
            if self.misses < MISSES {
                return Ok(self.pause(client));
            }
            let message = "no such job is pending, or new in the history";
            return Err(Error::new(ErrorKind::NotFound, self.name(), message));
        };
        self.misses = 0;
        let status = job.get("status");
        if status == self.status {
            return Ok(self.pause(client));
        }
        self.pace.quicken();
        self.stage = match status.as_ref().and_then(Value::text).as_deref() {
            Some("completed") => Stage::Over,
            Some("failed") => Stage::Failed,
            _ => Stage::Changed,
        };
        (self.status, self.job) = (status, Some(job.clone()));
        Ok(Next::Give(Some(job)))
    }

    /// Tries a job again that failed, or tells why it did.
    fn fail(&mut self) -> Result<Next, Error> {
        let job = self.job.as_ref();
        let retried = job.and_then(|job| job.get_number("retryCount")).unwrap_or_default();
        if self.retries > 0 && retried < MOST_RETRIES {
            self.retries -= 1;
            self.status = None;
            self.stage = Stage::Changed;
            return Ok(Next::Call(&specs::retry, [self.job_id.clone(), None]));
        }
        self.stage = Stage::Over;
        let said = job.and_then(|job| job.get_text("errorMessage"));
        let said = answer::redact(said.as_deref().unwrap_or("the service gave no reason"));
        let message = concat(&["the job failed: ", &said]);
        Err(Error::new(ErrorKind::Server, self.name(), &message))
    }

    fn name(&self) -> &'static str {
        if self.is_resumed { "generation.resume" } else { "generation.run" }
    }
}

impl Work for Running {
    fn step(&mut self) -> Local<'_, Result<Option<Value>, Error>> {
        carry_on(&self.client, &mut self.run)
    }
}

impl IntoFuture for Running {
    type Output = Result<Job, Error>;
    type IntoFuture = Local<'static, Result<Job, Error>>;

    /// The completed job.
    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
            let mut last = self.run.job.take();
            while let Some(job) = self.step().await? {
                last = Some(job);
            }
            answer::decode(&specs::pending, last)
        })
    }
}
