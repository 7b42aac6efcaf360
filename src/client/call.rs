//! One call on its way: its time, its attempts, and its place in the service's limits.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use super::{
    Answer, Client, Error, ErrorKind, Event, Failed, Limits, OnLimit, Reply, Request, TIMEOUT_MS,
    Verdict, answer, retry,
};
use crate::figures;
use crate::host::{Failure, Local, Paused};
use crate::limits::{Ticket, Turn, WINDOW_MS};
use crate::operation::{Again, Class, Spec};
use crate::request::Parts;
use crate::text::{concat, number};

pub(super) struct Call<'a> {
    client: &'a Client,
    pub spec: &'static Spec,
    /// How often it was sent.
    attempts: u32,
    /// How often it was not sent for want of a token.
    tokenless: u32,
    /// When the call must be over.
    deadline: f64,
    /// Whether waiting for a limit takes of its time.
    waits_in_time: bool,
    /// What it has waited for its limit, in milliseconds.
    waited: f64,
}

/// A place in a window, taken until its call is answered.
pub(super) struct Permit {
    limits: Rc<RefCell<Limits>>,
    client: Client,
    class: Class,
}

impl Permit {
    /// The call has its answer, or will get none.
    pub(super) fn answered(self) {}
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.limits.borrow_mut().answered(self.class, self.client.now());
    }
}

/// A place in the queue for a window, left when its caller goes.
struct Place<'a> {
    limits: &'a RefCell<Limits>,
    class: Class,
    ticket: Option<Ticket>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            self.limits.borrow_mut().give_up(self.class, ticket);
        }
    }
}

impl Client {
    /// A refusal for the limit pauses all calls of its class, if it is of their window.
    pub(super) fn paused_by(&self, class: Class, error: &Error, now: f64) {
        if let (ErrorKind::RateLimited, Some(ms)) = (error.kind(), error.retry_after_ms)
            && is_of_window(error, ms)
        {
            self.inner.limits.borrow_mut().pause(class, now + ms);
        }
    }

    /// A place in a window for a call that does not wait for one.
    pub(super) fn take_place(&self, class: Class) -> Permit {
        let limits = self.inner.limits.clone();
        limits.borrow_mut().take(class, self.now());
        Permit { limits, client: self.clone(), class }
    }
}

impl<'a> Call<'a> {
    pub(super) fn new(client: &'a Client, spec: &'static Spec) -> Self {
        let (now, options) = (client.now(), &client.inner.options);
        let own = client.call.timeout_ms.or(options.timeout_ms);
        // Without a time of its own it may wait for its limit, as long as there is time for both.
        let left = client.end - now;
        let hurries = left < own.unwrap_or(TIMEOUT_MS + options.max_wait_ms);
        let timeout = if hurries { left } else { own.unwrap_or(TIMEOUT_MS) };
        Call {
            client,
            spec,
            attempts: 0,
            tokenless: 0,
            deadline: now + timeout,
            waits_in_time: hurries || own.is_some(),
            waited: 0.0,
        }
    }

    /// How much of its time is left, in milliseconds.
    pub(super) fn remaining(&self) -> f64 {
        (self.deadline - self.client.now()).max(0.0)
    }

    /// How long to wait for the answer to the next attempt, in milliseconds. An attempt that others
    /// may follow takes half of the time, so that an answer that stalls leaves some for them.
    pub(super) fn patience(&self) -> f64 {
        let may_follow = self.spec.again == Again::Safe && self.tries() < self.retries();
        if may_follow { self.remaining() / 2.0 } else { self.remaining() }
    }

    /// How often the call came to its end without success.
    fn tries(&self) -> u32 {
        self.attempts + self.tokenless
    }

    /// How often the call may be made again.
    fn retries(&self) -> u32 {
        self.client.call.max_retries.unwrap_or(self.client.inner.options.max_retries)
    }

    /// A place in the window of the call's class, now or when there is room.
    pub(super) async fn enter(&mut self) -> Result<Permit, Error> {
        let (client, class) = (self.client, self.spec.class);
        let limits = &client.inner.limits;
        if client.inner.options.on_limit == OnLimit::Ignore {
            return Ok(client.take_place(class));
        }
        let mut place = Place { limits, class, ticket: None };
        loop {
            let now = client.now();
            let turn = limits.borrow_mut().turn(class, place.ticket, now);
            match turn {
                Turn::Go => {
                    place.ticket = None;
                    return Ok(Permit { limits: limits.clone(), client: client.clone(), class });
                }
                Turn::Wait(ms, ticket) => {
                    let first = place.ticket.replace(ticket).is_none();
                    if self.is_too_long(ms) {
                        return Err(self.limited(ms));
                    }
                    if first {
                        let class = class.name();
                        let operation = self.spec.id;
                        client.tell(|| Event::Limited { operation, class, wait_ms: ms });
                    }
                    self.pause(ms).await?;
                    self.waited += ms;
                    if !self.waits_in_time {
                        self.deadline += ms;
                    }
                }
            }
        }
    }

    /// Whether the call is not to wait so long for its limit.
    fn is_too_long(&self, ms: f64) -> bool {
        let options = &self.client.inner.options;
        options.on_limit == OnLimit::Throw
            || self.waited + ms > options.max_wait_ms
            || (self.waits_in_time && ms > self.remaining())
    }

    fn limited(&self, ms: f64) -> Error {
        let seconds = (ms / 1000.0).ceil() as u32;
        let class = self.spec.class.name();
        let message = concat(&[
            "the limit of ",
            class,
            " calls is used up; there is room in ",
            &number(seconds as usize),
            " s. Nothing was sent",
        ]);
        Error::new(ErrorKind::RateLimited, self.spec.id, &message).with(|it| {
            it.retryable = true;
            it.retry_after_ms = Some(ms);
            it.attempts = self.attempts;
        })
    }

    /// What `work` gives, unless so many milliseconds are over or the caller's signal ends it first.
    pub(super) async fn in_time<T>(
        &self,
        ms: f64,
        work: impl Future<Output = T>,
    ) -> Result<T, Error> {
        let end = self.client.inner.host.pause(ms, self.client.call.signal.as_ref());
        first(work, end).await.map_err(|paused| self.ended(paused))
    }

    async fn pause(&self, ms: f64) -> Result<(), Error> {
        match self.client.inner.host.pause(ms, self.client.call.signal.as_ref()).await {
            Paused::Over => Ok(()),
            Paused::Aborted => Err(self.ended(Paused::Aborted)),
        }
    }

    fn ended(&self, paused: Paused) -> Error {
        let error = match paused {
            Paused::Aborted => Error::aborted(self.spec.id),
            Paused::Over => {
                let message = "no token came in time; nothing was sent";
                Error::new(ErrorKind::Timeout, self.spec.id, message)
            }
        };
        error.with(|it| it.attempts = self.attempts)
    }

    /// Whether there is time to send it: the machine may have slept since the call began, or the page
    /// was busy.
    pub(super) fn still_in_time(&self) -> Result<(), Error> {
        if self.remaining() > 0.0 {
            return Ok(());
        }
        let message = "its time was over before it could be sent; nothing was sent";
        let error = Error::new(ErrorKind::Timeout, self.spec.id, message);
        Err(error.with(|it| it.attempts = self.attempts))
    }

    pub(super) async fn fetch(&mut self, request: Request) -> Result<Reply, Failure> {
        self.attempts += 1;
        let (host, operation, attempt) = (&self.client.inner.host, self.spec.id, self.attempts);
        if !host.listens() {
            return host.send(request).await;
        }
        let (method, url) = (request.method, request.url.clone());
        host.emit(Event::Request { operation, attempt, method, url });
        let began = host.monotonic();
        let reply = host.send(request).await;
        if let Ok(reply) = &reply {
            let request_id = reply.response.header("x-request-id");
            let duration_ms = host.monotonic() - began;
            let status = reply.status;
            host.emit(Event::Response { operation, attempt, status, duration_ms, request_id });
        }
        reply
    }

    /// Takes note of what an answer says of the window that the call counted in.
    pub(super) fn learn(&self, reply: &Reply) {
        // A client without token calls learns the service's clock here, once.
        if !self.client.knows_clock() {
            let time = answer::service_time(&reply.response);
            if time.is_some() {
                self.client.set_clock(time);
            }
        }
        let Some((mut told, class)) = reply.response.rate() else { return };
        // The service may count a call elsewhere than its documentation says.
        if class.is_none_or(|class| class == self.spec.class.name()) {
            let now = self.client.now();
            let service_time = self.client.service_time();
            let until = |reset| figures::reset_at(reset, service_time) - service_time + now;
            told.reset = told.reset.map(until);
            self.client.inner.limits.borrow_mut().learn(self.spec.class, told, now);
        }
    }

    /// The answer, or the error and how the call failed; `None` when that was its caller's will.
    pub(super) fn judge(
        &self,
        parts: &Parts,
        reply: Result<Reply, Failure>,
        token: Option<&str>,
    ) -> Result<Answer, (Error, Option<Failed>)> {
        let now = self.client.service_time();
        let judged = match reply {
            Ok(reply) => {
                let secrets: Vec<_> =
                    parts.secrets.iter().map(String::as_str).chain(token).collect();
                answer::judge(self.spec, reply, now, &secrets)
                    .map_err(|(error, failed)| (error, Some(failed)))
            }
            Err(failure) => Err(answer::unanswered(self.spec, &self.client.inner.base, failure)),
        };
        judged.map_err(|(error, failed)| {
            let mut error = answer::without(token.unwrap_or_default(), error);
            for secret in &parts.secrets {
                error = answer::without(secret, error);
            }
            (error.with(|it| it.attempts = self.attempts), failed)
        })
    }

    /// The same for a call that got no token. It was not sent, and so even a write may be made again.
    pub(super) async fn without_token(&mut self, error: Error) -> Result<(), Error> {
        self.tokenless += 1;
        let error = error.with(|it| it.attempts = self.attempts);
        let failed = match (error.kind(), error.retry_after_ms) {
            (ErrorKind::Network | ErrorKind::Server | ErrorKind::RateLimited, Some(ms)) => {
                Some(Failed::Refused { status: 503, retry_after_ms: Some(ms) })
            }
            (ErrorKind::Network | ErrorKind::Server, None) => {
                Some(Failed::Unanswered { sent: false })
            }
            _ => None,
        };
        self.retry(error, failed).await
    }

    /// Waits until the call is to be made again, or gives the error that it ends with.
    pub(super) async fn again(&self, error: Error, failed: Option<Failed>) -> Result<(), Error> {
        self.client.paused_by(self.spec.class, &error, self.client.now());
        self.retry(error, failed).await
    }

    async fn retry(&self, error: Error, failed: Option<Failed>) -> Result<(), Error> {
        let Some(failed) = failed else { return Err(error) };
        let host = &self.client.inner.host;
        let again = self.spec.again;
        match retry::verdict(failed, again, self.tries(), self.retries(), host.random()) {
            Verdict::Stop => Err(error),
            Verdict::Ambiguous => Err(ambiguous(error)),
            Verdict::Again(ms) => {
                let limited = matches!(failed, Failed::Refused { status: 429, .. })
                    && is_of_window(&error, ms)
                    && self.client.inner.options.on_limit != OnLimit::Ignore;
                let too_long = match limited {
                    // It waits with all calls of its class, in its budget.
                    true => self.is_too_long(ms),
                    false => ms > self.client.inner.options.max_wait_ms || ms > self.remaining(),
                };
                if too_long {
                    return Err(error);
                }
                if limited {
                    // Also for as long as nobody told.
                    let until = host.monotonic() + ms;
                    self.client.inner.limits.borrow_mut().pause(self.spec.class, until);
                }
                let (operation, attempt) = (self.spec.id, self.attempts);
                self.client.tell(|| Event::Retry {
                    operation,
                    attempt,
                    delay_ms: ms,
                    reason: error.reason(),
                });
                if limited { Ok(()) } else { self.pause(ms).await }
            }
        }
    }
}

/// What `work` gives, unless the pause ends first.
pub(super) async fn first<T>(
    work: impl Future<Output = T>,
    mut pause: Local<'_, Paused>,
) -> Result<T, Paused> {
    let mut work = pin!(work);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Ok(done)),
        Poll::Pending => pause.as_mut().poll(context).map(Err),
    })
    .await
}

/// Whether a refusal for so long is of the window of its class: else one endpoint has a quota of its
/// own ("ten images a day"), which is no reason for others to wait.
fn is_of_window(error: &Error, ms: f64) -> bool {
    ms <= WINDOW_MS || error.code.as_deref() == Some("rate_limit_exceeded")
}

/// The error of a call that may have been done.
fn ambiguous(error: Error) -> Error {
    error.with(|it| {
        it.kind = ErrorKind::AmbiguousWrite;
        it.retryable = false;
        it.message.push_str(". It may have been done: look before you repeat it");
    })
}
