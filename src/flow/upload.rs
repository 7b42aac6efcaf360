//! Uploading: a look into the file first, then its way, then a wait if it is a video.

use std::future::poll_fn;
use std::task::Poll;

use super::expect;
use super::pace::Pace;
use super::plan::{Next, Plan, carry_on};
use crate::answer::Answer;
use crate::api::media::specs;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Issue};
use crate::host::{Content, Local, Together, beginning};
use crate::operation::{Medium, Spec};
use crate::request::Parts;
use crate::sniff;
use crate::value::Value;

/// How long to wait for a video by default, in milliseconds.
pub(crate) const READY_MS: f64 = 300_000.0;

/// The shortest and the longest pause between two looks at a video, in milliseconds.
const PACE: Pace = Pace::new(1_000.0, 10_000.0);

/// What a video's `status` may be while the service processes it, and when that went wrong.
/// **Assumption:** the contract says that videos are processed, not how that shows; here a `status`
/// in the list of media tells. One that is another word, or is not there, keeps nobody from posting
/// the video: then the service is to say.
const PROCESSING: [&str; 3] = ["processing", "pending", "uploading"];
const FAILED: [&str; 2] = ["failed", "error"];

/// An upload, and what became of it.
pub(super) type UnderWay<'a> = (Local<'a, Outcome>, Option<Outcome>);
type Outcome = Result<Answer, Error>;

impl Client {
    /// Uploads a file whose arguments were checked, and waits for it if it is a video that is to be
    /// ready.
    pub(crate) fn upload<'a>(
        &'a self,
        spec: &'static Spec,
        parts: &'a Parts,
    ) -> Local<'a, Outcome> {
        Box::pin(async move {
            if let Some(issue) = look_into(parts, "file".into()).await {
                return Err(Error::invalid(spec.id, vec![issue]));
            }
            let mut answer = self.send_file(spec, parts, &Together::default()).await?;
            if let (Some(Medium::Video), Some(ms)) = (spec.uploads, self.ready_ms()) {
                let id = expect(spec, answer.value, "id")?;
                answer.value = self.ready(id, ms).await?;
            }
            Ok(answer)
        })
    }

    /// Sends a file. `together` is what the files share of which the caller's listener is told.
    pub(super) fn send_file<'a>(
        &'a self,
        spec: &'static Spec,
        parts: &'a Parts,
        together: &Together,
    ) -> Local<'a, Outcome> {
        if let (Some(listener), Some(Content::Form(form))) =
            (&self.call_options().listener, &parts.content)
        {
            together.share(listener, form);
        }
        Box::pin(self.send(spec, parts))
    }

    /// How long to wait for a video.
    pub(super) fn ready_ms(&self) -> Option<f64> {
        self.call_options().until_ready_ms
    }

    /// The video of this id, as it is told when it can be posted.
    pub(super) fn ready(
        &self,
        id: Value,
        within_ms: f64,
    ) -> Local<'static, Result<Option<Value>, Error>> {
        let mut client = self.steps();
        client.end_in(within_ms);
        Box::pin(async move {
            let mut watch = Watch { id, pace: PACE, asks: true };
            carry_on(&client, &mut watch).await
        })
    }
}

/// A video that is waited for.
struct Watch {
    id: Value,
    pace: Pace,
    /// Whether it is to be asked for next.
    asks: bool,
}

impl Plan for Watch {
    fn next(&mut self, client: &Client, answer: Option<Value>) -> Result<Next, Error> {
        self.asks = !self.asks;
        if !self.asks {
            let videos = Value::object(&[("type", "VIDEO".into())]);
            return Ok(Next::Call(&specs::list, [Some(videos), None]));
        }
        let videos = answer.and_then(|page| page.get("media")?.items()).unwrap_or_default();
        let video = videos.into_iter().find(|it| it.get("id").as_ref() == Some(&self.id));
        let status = match &video {
            Some(video) => video.get_text("status").unwrap_or_default(),
            None => PROCESSING[0].into(),
        };
        let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(&status));
        if is(&FAILED) {
            let message = "the service could not process the video";
            return Err(Error::new(ErrorKind::Server, specs::upload_video.id, message));
        }
        if !is(&PROCESSING) {
            return Ok(Next::Give(video));
        }
        Ok(Next::Pause(&specs::upload_video, self.pace.pause(client.random())))
    }

    fn failed(&mut self, _client: &Client, error: Error) -> Error {
        uploaded(error, std::slice::from_ref(&self.id))
    }

    fn advice(&self) -> &'static str {
        "; the video may be ready later"
    }
}

/// The same failure, which tells what was uploaded before.
pub(super) fn uploaded(error: Error, ids: &[Value]) -> Error {
    error.with(|it| {
        it.progress = Some(("uploadedIds", Value::list(ids)));
        // The same call would upload it again.
        it.retryable = false;
    })
}

/// What is wrong with the content of a file, which lies at `path`.
pub(super) fn look_into(parts: &Parts, path: String) -> Local<'_, Option<Issue>> {
    Box::pin(async move {
        let Some(Content::Form(form)) = &parts.content else { return None };
        let read = beginning(form, sniff::BEGINNING).await;
        match read.as_deref().and_then(|read| read.split_once('\n')) {
            Some((claimed, beginning)) => sniff::fault(&path, claimed, beginning),
            None => Some(Issue::new(&path, "a file", "one that cannot be read")),
        }
    })
}

/// Waits until all are done.
pub(super) async fn all(under_way: &mut [UnderWay<'_>]) {
    poll_fn(|context| {
        let mut polled = Poll::Ready(());
        for (upload, outcome) in under_way.iter_mut() {
            if outcome.is_none() {
                match upload.as_mut().poll(context) {
                    Poll::Ready(done) => *outcome = Some(done),
                    Poll::Pending => polled = Poll::Pending,
                }
            }
        }
        polled
    })
    .await;
}
