//! A platform that plays a script: answers given in order, requests kept, a clock set by hand.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::future::poll_fn;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};

use super::{
    Body, Content, Failure, Host, Local, Paused, Reason, Reply, Request, Signal, Unstored,
};
use crate::date;
use crate::event::Event;
use crate::figures;
use crate::limits::Told;
use crate::value::{Form, Part, Text};

/// A host for tests. Clones share the script, so a test can keep one beside the client.
///
/// ```ignore-wasm32
/// use imagineanything::{Client, Options, Script, model::Paging};
///
/// let script = Script::default();
/// script.answer(200, r#"{"posts": [], "nextCursor": null}"#);
/// let client = Client::new(Options::default(), script.clone()).unwrap();
/// let page = script.run(client.posts().list(Paging::default())).unwrap();
/// assert!(page.posts.is_empty());
/// assert_eq!(script.requests()[0].url, "https://imagineanything.com/api/posts");
/// ```
#[derive(Clone, Default)]
pub struct Script(Rc<Inner>);

#[derive(Default)]
struct Inner {
    answers: RefCell<VecDeque<Answer>>,
    service: RefCell<Option<Rc<Service>>>,
    requests: RefCell<Vec<Sent>>,
    store: RefCell<HashMap<String, Text>>,
    store_fails: Cell<bool>,
    store_hangs: Cell<bool>,
    store_is_shared: Cell<bool>,
    events: RefCell<Vec<Event>>,
    now: Cell<f64>,
    /// How far the wall clock was set forward.
    stepped: Cell<f64>,
    random: Cell<u32>,
    /// When each of those who wait wants to go on; who is dropped waits no more.
    timers: RefCell<Vec<(f64, Weak<()>, Waker)>>,
    /// Who goes on without waiting for the clock.
    busy: Cell<u32>,
    tasks: RefCell<Vec<Local<'static, ()>>>,
}

/// What a request is answered, when the script has nothing to say: how long it takes, and with what.
type Service = dyn Fn(&Sent, f64) -> (f64, Answer);

/// What is said to a request.
#[derive(Debug, Clone)]
pub enum Answer {
    Reply {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// The connection breaks; `sent` unless the request never left.
    Failure {
        message: String,
        sent: bool,
    },
}

impl Answer {
    /// An answer without headers.
    pub fn new(status: u16, body: &str) -> Answer {
        Answer::Reply { status, headers: Vec::new(), body: body.to_owned() }
    }
}

/// The headers of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response(Vec<(&'static str, String)>);

impl Response {
    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone())
    }

    /// What the headers say of the window that the call counted in, and of which class it is.
    /// `reset` is the number of its header.
    pub(crate) fn rate(&self) -> Option<(Told, Option<String>)> {
        let limit = figures::largest(&self.header("x-ratelimit-limit")?)? as u32;
        let remaining = figures::smallest(&self.header("x-ratelimit-remaining")?)? as u32;
        let reset = self.header("x-ratelimit-reset").and_then(|reset| figures::largest(&reset));
        Some((Told { limit, remaining, reset }, self.header("x-ratelimit-endpoint-type")))
    }

    pub(crate) fn date(&self, name: &str) -> Option<f64> {
        date::parse(self.header(name)?.trim())
    }
}

/// A request as the script saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub method: &'static str,
    pub url: String,
    pub headers: Vec<(String, String)>,
    /// The body of a request that carries JSON.
    pub body: Option<String>,
    /// The parts of a request that carries a form.
    pub form: Vec<Part>,
}

impl Sent {
    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Script {
    /// The next request is answered with this.
    pub fn answer(&self, status: u16, body: &str) {
        self.answer_with(status, &[], body);
    }

    /// The next request is answered with this, headers named in lower case.
    pub fn answer_with(&self, status: u16, headers: &[(&'static str, &str)], body: &str) {
        let headers = headers.iter().map(|&(name, value)| (name, value.to_owned())).collect();
        let answer = Answer::Reply { status, headers, body: body.to_owned() };
        self.0.answers.borrow_mut().push_back(answer);
    }

    /// The next request gets no answer, and may have arrived.
    pub fn fail(&self, message: &str) {
        let failure = Answer::Failure { message: message.to_owned(), sent: true };
        self.0.answers.borrow_mut().push_back(failure);
    }

    /// The next request never leaves.
    pub fn refuse_connection(&self) {
        let failure = Answer::Failure { message: "connection refused".into(), sent: false };
        self.0.answers.borrow_mut().push_back(failure);
    }

    /// Requests that the script has no answer for are answered by `service`, which is told the
    /// request and the time, and tells how many milliseconds its answer takes.
    pub fn serve(&self, service: impl Fn(&Sent, f64) -> (f64, Answer) + 'static) {
        self.0.service.replace(Some(Rc::new(service)));
    }

    /// What was sent so far.
    pub fn requests(&self) -> Vec<Sent> {
        self.0.requests.borrow().clone()
    }

    /// What the client told so far.
    pub fn events(&self) -> Vec<Event> {
        self.0.events.borrow().clone()
    }

    /// Sets the wall clock forward by so many seconds, or back, as the machine's owner may. No time
    /// passes.
    pub fn step_wall_clock(&self, seconds: f64) {
        self.0.stepped.set(self.0.stepped.get() + seconds * 1000.0);
    }

    /// Moves the clock on.
    pub fn advance(&self, seconds: f64) {
        self.0.now.set(self.0.now.get() + seconds * 1000.0);
    }

    /// What is in the store under `key`.
    pub fn stored(&self, key: &str) -> Option<String> {
        self.0.store.borrow().get(key).map(|text| text.0.clone())
    }

    /// From now on the store fails, or works again.
    pub fn store_fails(&self, fails: bool) {
        self.0.store_fails.set(fails);
    }

    /// From now on the store never answers, or does again.
    pub fn store_hangs(&self, hangs: bool) {
        self.0.store_hangs.set(hangs);
    }

    /// From now on several clients are to agree through the store, as tabs do.
    pub fn share_store(&self) {
        self.0.store_is_shared.set(true);
    }

    /// Runs a call, or anything else that waits for this host alone, to its end. When all that is
    /// left to do is to wait, the clock jumps to the end of the shortest wait.
    pub fn run<T>(&self, future: impl IntoFuture<Output = T>) -> T {
        let mut future = std::pin::pin!(future.into_future());
        let mut context = Context::from_waker(Waker::noop());
        loop {
            self.0.busy.set(0);
            self.poll_tasks(&mut context);
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            if self.0.busy.get() == 0 {
                self.jump();
            }
        }
    }

    fn poll_tasks(&self, context: &mut Context) {
        let mut tasks = std::mem::take(&mut *self.0.tasks.borrow_mut());
        tasks.retain_mut(|task| task.as_mut().poll(context).is_pending());
        self.0.tasks.borrow_mut().append(&mut tasks);
    }

    /// Moves the clock to the end of the shortest wait, and wakes whose wait is over.
    fn jump(&self) {
        let mut timers = self.0.timers.borrow_mut();
        timers.retain(|(_, waiting, _)| waiting.strong_count() > 0);
        let next = timers.iter().map(|(at, ..)| *at).fold(f64::INFINITY, f64::min);
        if next.is_finite() {
            self.0.now.set(self.0.now.get().max(next));
            timers
                .iter()
                .filter(|(at, ..)| *at <= next)
                .for_each(|(.., waker)| waker.wake_by_ref());
        }
    }

    /// Waits until the clock shows `at`.
    async fn until(&self, at: f64) {
        let waiting = Rc::new(());
        poll_fn(|context| {
            let mut timers = self.0.timers.borrow_mut();
            timers.retain(|(_, other, _)| other.as_ptr() != Rc::as_ptr(&waiting));
            if self.0.now.get() >= at {
                return Poll::Ready(());
            }
            timers.push((at, Rc::downgrade(&waiting), context.waker().clone()));
            Poll::Pending
        })
        .await;
    }

    /// Lets other calls go on before the answer comes, as a network does.
    async fn travel(&self) {
        let mut first = true;
        poll_fn(|context| match std::mem::take(&mut first) {
            true => {
                self.0.busy.set(self.0.busy.get() + 1);
                context.waker().wake_by_ref();
                Poll::Pending
            }
            false => Poll::Ready(()),
        })
        .await;
    }

    fn answer_to(&self, sent: &Sent) -> (f64, Answer) {
        let scripted = self.0.answers.borrow_mut().pop_front();
        let service = self.0.service.borrow().clone();
        match (scripted, service) {
            (Some(answer), _) => (0.0, answer),
            (None, Some(service)) => service(sent, self.0.now.get()),
            (None, None) => {
                let message = "the script has no more answers".into();
                (0.0, Answer::Failure { message, sent: false })
            }
        }
    }
}

impl Host for Script {
    fn send<'a>(&'a self, request: Request) -> Local<'a, Result<Reply, Failure>> {
        let Request { method, url, headers, content, timeout_ms, .. } = request;
        let (body, form) = match content {
            Some(Content::Json(Text(body))) => (Some(body), Vec::new()),
            Some(Content::Form(Form(parts))) => (None, parts),
            None => (None, Vec::new()),
        };
        let sent = Sent { method, url, headers, body, form };
        self.0.requests.borrow_mut().push(sent.clone());
        Box::pin(async move {
            self.travel().await;
            let (ms, answer) = self.answer_to(&sent);
            self.until(self.0.now.get() + ms.min(timeout_ms)).await;
            if ms > timeout_ms {
                let message = "it took too long".into();
                return Err(Failure { reason: Reason::TimedOut, message, cause: None });
            }
            match answer {
                Answer::Reply { status, headers, body } => {
                    Ok(Reply { status, response: Response(headers), body: read(&body) })
                }
                Answer::Failure { message, sent } => {
                    Err(Failure { reason: Reason::Network { sent }, message, cause: None })
                }
            }
        })
    }

    fn pause<'a>(&'a self, ms: f64, _signal: Option<&Signal>) -> Local<'a, Paused> {
        let at = self.0.now.get() + ms;
        Box::pin(async move {
            self.until(at).await;
            Paused::Over
        })
    }

    fn spawn(&self, task: Local<'static, ()>) {
        self.0.tasks.borrow_mut().push(task);
        self.0.busy.set(self.0.busy.get() + 1);
    }

    fn now(&self) -> f64 {
        self.0.now.get() + self.0.stepped.get()
    }

    fn monotonic(&self) -> f64 {
        self.0.now.get()
    }

    fn random(&self) -> f64 {
        let next = self.0.random.get().wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0.random.set(next);
        f64::from(next) / f64::from(u32::MAX)
    }

    fn load<'a>(&'a self, key: &'a str) -> Local<'a, Result<Option<Text>, Unstored>> {
        let value = match self.0.store_fails.get() {
            true => Err(Unstored),
            false => Ok(self.0.store.borrow().get(key).cloned()),
        };
        if self.0.store_hangs.get() {
            return Box::pin(std::future::pending());
        }
        Box::pin(async move { value })
    }

    fn save<'a>(&'a self, key: &'a str, value: Option<Text>) -> Local<'a, Result<(), Unstored>> {
        if self.0.store_fails.get() {
            return Box::pin(async { Err(Unstored) });
        }
        if self.0.store_hangs.get() {
            return Box::pin(std::future::pending());
        }
        match value {
            Some(text) => self.0.store.borrow_mut().insert(key.to_owned(), text),
            None => self.0.store.borrow_mut().remove(key),
        };
        Box::pin(async { Ok(()) })
    }

    fn storage_is_shared(&self) -> bool {
        self.0.store_is_shared.get()
    }

    fn listens(&self) -> bool {
        true
    }

    fn emit(&self, event: Event) {
        self.0.events.borrow_mut().push(event);
    }
}

/// A body as JSON, as nothing, or the excerpt of what is neither.
fn read(body: &str) -> Body {
    match Text::from(body).parse() {
        Some(value) => Body::Json(value),
        None if body.trim().is_empty() => Body::Empty,
        None => Body::Other(body.trim().chars().take(Body::EXCERPT).collect()),
    }
}
