//! The client: who it is, where it sends, and the one loop that every call passes.

mod call;
mod closing;
mod dry;
mod options;
mod renewal;

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;

use serde::de::DeserializeOwned;

use crate::answer::{self, Answer};
use crate::error::{Error, ErrorKind, Issue};
use crate::event::Event;
use crate::flow::posts;
use crate::host::{Content, Host, Local, Paused, Reply, Request, Store, Unstored};
use crate::limits::{Budget, Limits};
use crate::operation::{Auth, Class, Medium, Method, Spec, Take};
use crate::request::{self, Parts};
use crate::retry::{self, Failed, Verdict};
use crate::round::Round;
use crate::rules::Context;
use crate::session::{self, Course, Credentials, Need, Tokens};
use crate::text::concat;
use crate::value::{Text, Value};
use call::Call;
use closing::Closing;
use options::TIMEOUT_MS;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use options::reserved;
pub use options::{Access, BASE_URL, CallOptions, OnLimit, Options};

/// How long a call waits for new tokens while it has one that is still good, in milliseconds.
const LONGEST_RENEWAL_MS: f64 = 5_000.0;

/// How many of the files that it uploaded a client knows by their ids.
const UPLOADS_KNOWN: usize = 100;

/// A client of ImagineAnything. Cheap to clone; clones share their tokens.
#[derive(Clone)]
pub struct Client {
    inner: Rc<Inner>,
    /// What every call of this clone is given.
    call: Rc<CallOptions>,
    /// When all calls of this clone are to be over, in milliseconds since 1970.
    end: f64,
    /// Whether they are steps towards another call, whose idempotency key is not theirs.
    is_step: bool,
}

struct Inner {
    host: Box<dyn Host>,
    base: String,
    options: Options,
    /// The ids of what was uploaded last.
    uploaded: RefCell<Vec<(String, Medium)>>,
    credentials: RefCell<Credentials>,
    tokens: RefCell<Option<Tokens>>,
    course: RefCell<Course>,
    /// Why the last token call failed.
    refusal: RefCell<Option<Error>>,
    /// The windows that the calls count in.
    limits: Rc<RefCell<Limits>>,
    /// The renewal under way, which all calls that need it wait for.
    renewal: Round<Result<Tokens, Error>>,
    closing: Closing,
    /// Until when a storage that hung is left alone.
    storage_rests_until: Cell<f64>,
    /// Set when a storage failed: it is told once.
    unstored: Cell<bool>,
    /// How many sign-outs there were: a renewal that began before one is void.
    sign_outs: Cell<u32>,
}

impl Client {
    /// A client that goes through `host`. Nothing is sent yet.
    pub fn new(mut options: Options, host: impl Host + 'static) -> Result<Client, Error> {
        let base = request::base_url(&options.base_url)
            .map_err(|issue| Error::invalid("connect", vec![issue]))?;
        let credentials = std::mem::take(&mut options.credentials);
        if options.warns_of_secret
            && host.is_page()
            && matches!(credentials, Credentials::Client { .. })
        {
            let message = "anybody who opens a page can read a client secret in it: connect with \
                           a token function that asks your backend, or say allowSecretInPage";
            host.emit(Event::Warning { code: "secret_in_page", message });
        }
        let limits = match credentials.owner() {
            // A space stands in no URL: no two credentials are the same text.
            Some(owner) => Limits::shared(&concat(&[&base, " ", owner])),
            None => Rc::default(),
        };
        let mut course = Course::default();
        // Until an answer tells, the service's clock is ours as it is now, whatever steps it takes.
        course.set_clock(None, host.monotonic(), host.now());
        let inner = Inner {
            host: Box::new(host),
            base,
            options,
            uploaded: RefCell::default(),
            credentials: RefCell::new(credentials),
            tokens: RefCell::default(),
            course: RefCell::new(course),
            refusal: RefCell::default(),
            limits,
            renewal: Round::default(),
            closing: Closing::default(),
            storage_rests_until: Cell::default(),
            unstored: Cell::default(),
            sign_outs: Cell::default(),
        };
        Ok(Client {
            inner: Rc::new(inner),
            call: Rc::default(),
            end: f64::INFINITY,
            is_step: false,
        })
    }

    /// The same client, whose calls are given these options. Everything else is shared.
    ///
    /// ```ignore-wasm32
    /// # use imagineanything::{Client, Options, Script};
    /// use imagineanything::CallOptions;
    ///
    /// # let script = Script::default();
    /// # script.answer(200, r#"{"posts": []}"#);
    /// # let client = Client::new(Options::default(), script.clone())?;
    /// let hasty = client.with(CallOptions { timeout_ms: Some(2_000.0), ..CallOptions::default() })?;
    /// let posts = hasty.posts();
    /// let page = posts.list(imagineanything::model::Paging::default());
    /// # script.run(page)?;
    /// # Ok::<(), imagineanything::Error>(())
    /// ```
    pub fn with(&self, options: CallOptions) -> Result<Client, Error> {
        let issues = options.check();
        if !issues.is_empty() {
            return Err(Error::invalid("with", issues));
        }
        Ok(self.given(options))
    }

    /// The same client with options that were checked.
    pub(crate) fn given(&self, options: CallOptions) -> Client {
        Client { call: Rc::new(options), ..self.clone() }
    }

    /// What its calls are given.
    pub(crate) fn call_options(&self) -> &CallOptions {
        &self.call
    }

    /// How much of each limit is left: of `auth`, `read`, `write` and `upload`.
    pub fn limits(&self) -> [(Class, Budget); 4] {
        let now = self.now();
        let mut limits = self.inner.limits.borrow_mut();
        Class::ALL.map(|class| (class, limits.budget(class, now)))
    }

    /// Checks the arguments of an operation, sends it, and decodes the answer.
    pub(crate) async fn call<T: DeserializeOwned>(
        &self,
        spec: &'static Spec,
        args: &[Option<Value>],
    ) -> Result<T, Error> {
        answer::decode(spec, self.perform(spec, args).await?)
    }

    /// Does an operation by its row: checks the arguments, in the order of `spec.takes`, sends
    /// them, and gives the answer as it came. For tools that choose from [`TABLE`](crate::TABLE).
    pub async fn perform(
        &self,
        spec: &'static Spec,
        args: &[Option<Value>],
    ) -> Result<Option<Value>, Error> {
        let parts = self.check(spec, args)?;
        self.answer(spec, &parts).await
    }

    /// What a call gives: the value of its answer, or the request that it would have sent.
    pub(crate) async fn answer(
        &self,
        spec: &'static Spec,
        parts: &Parts,
    ) -> Result<Option<Value>, Error> {
        if self.is_dry() {
            return Ok(Some(self.dry_run(spec, parts)));
        }
        Ok(self.deliver(spec, parts).await?.value)
    }

    /// The arguments in the form in which they are sent, or all their faults.
    pub(crate) fn check(
        &self,
        spec: &'static Spec,
        args: &[Option<Value>],
    ) -> Result<Parts, Error> {
        let uploaded = &self.inner.uploaded.borrow();
        let context = Context { unit: self.inner.options.unit, uploaded, ..Context::default() };
        match Parts::new(spec, args, &context) {
            // The row knows no files: a post with some is another matter.
            Err(_) if posts::has_files(spec, args) => posts::check(args, &context),
            parts => parts,
        }
    }

    /// Sends a call, and what belongs to it: the files of a post, the look into a file.
    pub(crate) fn deliver<'a>(
        &'a self,
        spec: &'static Spec,
        parts: &'a Parts,
    ) -> Local<'a, Result<Answer, Error>> {
        match (&parts.content, &parts.files) {
            (Some(Content::Form(_)), _) => self.upload(spec, parts),
            (_, Some(files)) => self.publish(spec, files),
            _ => Box::pin(self.send(spec, parts)),
        }
    }

    /// All that is wrong with the body of an operation.
    pub(crate) fn faults(&self, spec: &'static Spec, body: &Value) -> Vec<Issue> {
        let uploaded = &self.inner.uploaded.borrow();
        let context = Context { unit: self.inner.options.unit, uploaded, ..Context::default() };
        match spec.takes.last() {
            Some(Take::Body(fields)) => fields.check(body, &context),
            _ => Vec::new(),
        }
    }

    /// Sends a call, unless the client is closed meanwhile.
    pub(crate) async fn send(&self, spec: &'static Spec, parts: &Parts) -> Result<Answer, Error> {
        let work = pin!(self.attempts(spec, parts));
        self.inner.closing.unless_closed(work).await.unwrap_or_else(|| Err(closed(spec)))
    }

    /// The one loop: the layers of a call, in the order in which it passes them: budget, token,
    /// request, fetch, learn, judge, and a wait before another turn.
    async fn attempts(&self, spec: &'static Spec, parts: &Parts) -> Result<Answer, Error> {
        let mut call = Call::new(self, spec);
        let mut refused = None;
        loop {
            self.admit(spec)?;
            let permit = call.enter().await?;
            let token = self.token(&call, refused.as_deref()).await;
            // Whoever closed the client meanwhile knows why there is none.
            self.admit(spec)?;
            let token = match token {
                Ok(token) => token,
                Err(error) => {
                    call.without_token(error).await?;
                    continue;
                }
            };
            call.still_in_time()?;
            let request = self.request(&call, parts, token.as_deref());
            let reply = call.fetch(request).await;
            permit.answered();
            if let Ok(reply) = &reply {
                call.learn(reply);
                if reply.status == 401 && refused.is_none() && self.renews(token.as_deref()) {
                    refused = token;
                    continue;
                }
            }
            match call.judge(parts, reply, token.as_deref()) {
                Ok(answer) => {
                    self.learn(spec, token.is_some(), answer.value.as_ref());
                    return Ok(answer);
                }
                Err((error, failed)) => call.again(error, failed).await?,
            }
        }
    }

    /// Whether a call may be made at all.
    pub(crate) fn admit(&self, spec: &'static Spec) -> Result<(), Error> {
        if self.inner.closing.is_closed() {
            return Err(closed(spec));
        }
        if self.now() >= self.end {
            return Err(Error::new(ErrorKind::Timeout, spec.id, "the deadline is over"));
        }
        // What gets tokens changes nothing of what is there.
        let reads = spec.method == Method::GET || spec.class == Class::Auth;
        if self.inner.options.access == Access::ReadOnly && !reads {
            let message = "the client may only read: connect without readOnly";
            return Err(Error::new(ErrorKind::ReadOnly, spec.id, message));
        }
        Ok(())
    }

    /// The access token for a call; `None` when it goes without.
    async fn token(&self, call: &Call<'_>, refused: Option<&str>) -> Result<Option<String>, Error> {
        let spec = call.spec;
        let may_sign_in = match (spec.auth, &*self.inner.credentials.borrow()) {
            (Auth::None, _) | (Auth::Optional, Credentials::None) => return Ok(None),
            (_, Credentials::Token(token)) => return Ok(Some(token.clone())),
            (Auth::Required, Credentials::None) => {
                let message = "needs credentials: connect with clientId and clientSecret, or a \
                               token";
                return Err(Error::new(ErrorKind::Unauthorized, spec.id, message));
            }
            (_, Credentials::Client { .. } | Credentials::Source(_)) => true,
            (_, Credentials::Stored { .. }) => false,
        };
        if self.inner.tokens.borrow().is_none() {
            call.in_time(call.remaining(), self.adopt_stored()).await?;
        }
        let held = self.inner.tokens.borrow().clone();
        if held.is_none() && spec.auth == Auth::Optional && !may_sign_in {
            return Ok(None);
        }
        match session::need(held.as_ref(), refused, self.service_time()) {
            Need::Use(tokens) => Ok(Some(tokens.access)),
            Need::Renew => match self.renew_in_time(call, held.as_ref(), refused).await? {
                Ok(tokens) => Ok(Some(tokens.access)),
                // A stored session that is over must not keep anybody from what all may read.
                Err(error)
                    if spec.auth == Auth::Optional
                        && !may_sign_in
                        && error.kind() == ErrorKind::Unauthorized =>
                {
                    Ok(None)
                }
                // What is no refusal signs nobody out while the token lives.
                Err(error) => match held.filter(|held| self.still_good(held, refused, &error)) {
                    Some(held) => Ok(Some(held.access)),
                    None => Err(error.with(|it| it.operation = spec.id)),
                },
            },
        }
    }

    /// New tokens. Where the token held is still good, a token service that hangs takes no more than
    /// half of the call's time.
    async fn renew_in_time(
        &self,
        call: &Call<'_>,
        held: Option<&Tokens>,
        refused: Option<&str>,
    ) -> Result<Result<Tokens, Error>, Error> {
        let half = (call.remaining() / 2.0).min(LONGEST_RENEWAL_MS);
        let is_good = |held: &Tokens| {
            self.service_time() + half < held.expires_at && refused != Some(&held.access)
        };
        let has_other = held.is_some_and(is_good);
        let ms = if has_other { half } else { call.remaining() };
        match call.in_time(ms, self.renew(refused)).await {
            Err(error) if has_other && error.kind() == ErrorKind::Timeout => Ok(Err(error)),
            renewed => renewed,
        }
    }

    fn still_good(&self, held: &Tokens, refused: Option<&str>, error: &Error) -> bool {
        error.kind() != ErrorKind::Unauthorized
            && self.service_time() < held.expires_at
            && refused != Some(&held.access)
    }

    pub(crate) fn service_time(&self) -> f64 {
        self.inner.course.borrow().service_time(self.now(), self.inner.host.now())
    }

    /// Learns the service's clock from an answer that came now.
    fn set_clock(&self, service_time: Option<f64>) {
        let (now, wall) = (self.now(), self.inner.host.now());
        self.inner.course.borrow_mut().set_clock(service_time, now, wall);
    }

    /// Whether the service's clock is known, from the `Date` of an answer.
    pub(crate) fn knows_clock(&self) -> bool {
        self.inner.course.borrow().knows_clock()
    }

    fn request(&self, call: &Call<'_>, parts: &Parts, token: Option<&str>) -> Request {
        Request {
            method: call.spec.method.name(),
            url: parts.url(&self.inner.base),
            headers: headers(parts, &self.call, self.key(), token),
            content: parts.content.clone(),
            signal: self.call.signal.clone(),
            timeout_ms: call.patience(),
        }
    }

    /// Whether a call refused with this token may try again with a new one.
    fn renews(&self, token: Option<&str>) -> bool {
        let renews =
            token.is_some() && !matches!(*self.inner.credentials.borrow(), Credentials::Token(_));
        if renews && self.inner.tokens.borrow().as_ref().map(|held| held.access.as_str()) == token {
            self.inner.course.borrow_mut().refused();
        }
        renews
    }

    /// Takes note of what a success teaches for later calls.
    fn learn(&self, spec: &Spec, signed: bool, answer: Option<&Value>) {
        if signed {
            self.inner.course.borrow_mut().proved();
        }
        if let (Some(medium), Some(answer)) = (spec.uploads, answer)
            && let Some(id) = answer.get_text("id")
        {
            let uploaded = &mut *self.inner.uploaded.borrow_mut();
            let mut full = uploaded.len() == UPLOADS_KNOWN;
            uploaded.retain(|_| !std::mem::take(&mut full));
            uploaded.push((id, medium));
        }
    }

    /// Waits between the calls of longer work, unless the caller's signal ends it.
    pub(crate) async fn pause(&self, spec: &'static Spec, ms: f64) -> Result<(), Error> {
        self.admit(spec)?;
        let ms = ms.min(self.end - self.now());
        let mut pause = self.inner.host.pause(ms, self.call.signal.as_ref());
        match self.inner.closing.unless_closed(pause.as_mut()).await {
            Some(Paused::Over) => Ok(()),
            Some(Paused::Aborted) => Err(Error::aborted(spec.id)),
            None => Err(closed(spec)),
        }
    }

    /// The time by a clock that only goes forward, in milliseconds.
    pub(crate) fn now(&self) -> f64 {
        self.inner.host.monotonic()
    }

    /// The same client, for steps towards a call of this one.
    pub(crate) fn steps(&self) -> Client {
        Client { is_step: true, ..self.clone() }
    }

    /// The idempotency key of its calls.
    fn key(&self) -> Option<&String> {
        self.call.idempotency_key.as_ref().filter(|_| !self.is_step)
    }

    /// Sets in how many milliseconds all calls of this clone are to be over.
    pub(crate) fn end_in(&mut self, ms: f64) {
        self.end = self.now() + ms;
    }

    /// A number from 0 to 1, by chance.
    pub(crate) fn random(&self) -> f64 {
        self.inner.host.random()
    }

    /// Tells of an event, if anybody wants to know.
    pub(crate) fn tell(&self, event: impl FnOnce() -> Event) {
        if self.inner.host.listens() {
            self.inner.host.emit(event());
        }
    }

    /// Forgets tokens and credentials, here alone, ends all calls and waits that are in flight with
    /// `aborted`, and refuses every later call. The storage keeps what it has.
    pub fn close(&self) {
        self.forget();
        self.inner.closing.close();
    }
}

fn closed(spec: &Spec) -> Error {
    Error::new(ErrorKind::Aborted, spec.id, "the client was closed: connect again")
}

/// Where a client keeps its tokens.
pub(crate) struct OwnStore(pub Client);

impl Store for OwnStore {
    fn load<'a>(&'a self, key: &'a str) -> Local<'a, Result<Option<Text>, Unstored>> {
        self.0.inner.host.load(key)
    }

    fn save<'a>(&'a self, key: &'a str, value: Option<Text>) -> Local<'a, Result<(), Unstored>> {
        self.0.inner.host.save(key, value)
    }
}

/// The headers of a request.
fn headers(
    parts: &Parts,
    options: &CallOptions,
    key: Option<&String>,
    token: Option<&str>,
) -> Vec<(String, String)> {
    let mut headers = vec![("accept".to_owned(), "application/json".to_owned())];
    if let Some(Content::Json(_)) = parts.content {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    if let Some(token) = token {
        headers.push(("authorization".to_owned(), concat(&["Bearer ", token])));
    }
    if let Some(key) = key {
        headers.push(("idempotency-key".to_owned(), key.clone()));
    }
    headers.extend(options.headers.iter().cloned());
    headers
}

/// Clones are equal; two clients that were made apart never are. Frameworks ask it of what they
/// hand to a component.
impl PartialEq for Client {
    fn eq(&self, other: &Client) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner) && Rc::ptr_eq(&self.call, &other.call)
    }
}

impl Eq for Client {}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("base_url", &self.inner.base).finish_non_exhaustive()
    }
}
