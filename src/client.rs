//! The client: who it is, where it sends, and the one loop that every call passes.

mod call;
mod dry;
mod renewal;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::de::DeserializeOwned;

use crate::answer::{self, Answer};
use crate::error::{Error, ErrorKind};
use crate::event::Event;
use crate::host::{Content, Host, Reply, Request, Signal};
use crate::limits::{Budget, Limits};
use crate::operation::{Auth, Class, Medium, Method, Spec};
use crate::request::{self, Parts};
use crate::retry::{self, Failed, Verdict};
use crate::round::Round;
use crate::rules::{Context, Unit};
use crate::session::{self, Course, Credentials, Need, Tokens};
use crate::text::concat;
use crate::value::Value;
use call::Call;

/// The live service.
pub const BASE_URL: &str = "https://imagineanything.com";

/// How many of the files that it uploaded a client knows by their ids.
const UPLOADS_KNOWN: usize = 100;

/// How long a call may take by default, in milliseconds, besides what it waits for its limit.
const TIMEOUT_MS: f64 = 30_000.0;

/// What a client is made of, besides its host.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the service is. Https, or http to this machine. Default: [`BASE_URL`].
    pub base_url: String,
    /// Default: none, for what everybody may read.
    pub credentials: Credentials,
    /// What counts as a character where a text is limited.
    pub unit: Unit,
    /// How long a call may take in all, in milliseconds. Default: 30 seconds, besides what it
    /// waits for its limit.
    pub timeout_ms: Option<f64>,
    /// How often a call that failed is made again, if that does no harm. Default: 2.
    pub max_retries: u32,
    /// How long a call may wait for its limit, in milliseconds. Default: a minute and a half, which
    /// is a window and the answers that came late in it.
    pub max_wait_ms: f64,
    /// What to do when a limit is used up. Default: wait.
    pub on_limit: OnLimit,
    /// What the client may do. Default: everything.
    pub access: Access,
    /// Whether calls are told instead of sent. Default: no.
    pub dry_run: bool,
    /// Whether a client secret in a page, where anybody can read it, is warned of. Default: yes.
    pub warns_of_secret: bool,
}

/// What a call does when its limit is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnLimit {
    /// It waits until there is room.
    #[default]
    Wait,
    /// It fails with `rate_limited` at once.
    Throw,
    /// It is sent: the service is to say whether there is room. For one that has other limits.
    Ignore,
}

/// What a client may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    #[default]
    ReadAndWrite,
    /// Every write is refused before it is sent.
    ReadOnly,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            base_url: BASE_URL.into(),
            credentials: Credentials::None,
            unit: Unit::default(),
            timeout_ms: None,
            max_retries: 2,
            max_wait_ms: 90_000.0,
            on_limit: OnLimit::default(),
            access: Access::default(),
            dry_run: false,
            warns_of_secret: true,
        }
    }
}

impl Options {
    /// The live service, with the client credentials that registration gave.
    pub fn client(id: impl Into<String>, secret: impl Into<String>) -> Options {
        let credentials = Credentials::Client { id: id.into(), secret: secret.into() };
        Options { credentials, ..Options::default() }
    }
}

/// What one call is given besides its arguments.
#[derive(Clone, Default)]
pub struct CallOptions {
    /// Ends the call.
    pub signal: Option<Signal>,
    /// More headers, by their names in lower case.
    pub headers: Vec<(String, String)>,
    /// How long the call may take in all, in milliseconds, instead of the client's own.
    pub timeout_ms: Option<f64>,
    /// How often it is made again, instead of the client's own.
    pub max_retries: Option<u32>,
    /// Whether it is told instead of sent.
    pub dry_run: bool,
}

/// A client of ImagineAnything. Cheap to clone; clones share their tokens.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

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
    /// Set by `close`.
    closed: Cell<bool>,
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
        Ok(Client(Rc::new(Inner {
            host: Box::new(host),
            base,
            options,
            uploaded: RefCell::default(),
            credentials: RefCell::new(credentials),
            tokens: RefCell::default(),
            course: RefCell::default(),
            refusal: RefCell::default(),
            limits,
            renewal: Round::default(),
            closed: Cell::default(),
            unstored: Cell::default(),
            sign_outs: Cell::default(),
        })))
    }

    /// How much of each limit is left: of `auth`, `read`, `write` and `upload`.
    pub fn limits(&self) -> [(Class, Budget); 4] {
        let now = self.0.host.now();
        let mut limits = self.0.limits.borrow_mut();
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
        let options = CallOptions::default();
        if self.is_dry(&options) {
            return Ok(Some(self.dry_run(spec, &parts, &options)));
        }
        Ok(self.send(spec, &parts, &options).await?.value)
    }

    /// The arguments in the form in which they are sent, or all their faults.
    pub(crate) fn check(
        &self,
        spec: &'static Spec,
        args: &[Option<Value>],
    ) -> Result<Parts, Error> {
        let uploaded = &self.0.uploaded.borrow();
        let context = Context { unit: self.0.options.unit, uploaded, ..Context::default() };
        Parts::new(spec, args, &context)
    }

    /// The one loop: the layers of a call, in the order in which it passes them: budget, token,
    /// request, fetch, learn, judge, and a wait before another turn.
    pub(crate) async fn send(
        &self,
        spec: &'static Spec,
        parts: &Parts,
        options: &CallOptions,
    ) -> Result<Answer, Error> {
        let mut call = Call::new(self, spec, options);
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
    fn admit(&self, spec: &'static Spec) -> Result<(), Error> {
        if self.0.closed.get() {
            let message = "the client was closed: connect again";
            return Err(Error::new(ErrorKind::Aborted, spec.id, message));
        }
        // What gets tokens changes nothing of what is there.
        let reads = spec.method == Method::GET || spec.class == Class::Auth;
        if self.0.options.access == Access::ReadOnly && !reads {
            let message = "the client may only read: connect without readOnly";
            return Err(Error::new(ErrorKind::ReadOnly, spec.id, message));
        }
        Ok(())
    }

    /// The access token for a call; `None` when it goes without.
    async fn token(&self, call: &Call<'_>, refused: Option<&str>) -> Result<Option<String>, Error> {
        let spec = call.spec;
        let may_sign_in = match (spec.auth, &*self.0.credentials.borrow()) {
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
        if self.0.tokens.borrow().is_none() {
            self.adopt_stored().await;
        }
        let held = self.0.tokens.borrow().clone();
        if held.is_none() && spec.auth == Auth::Optional && !may_sign_in {
            return Ok(None);
        }
        match session::need(held.as_ref(), refused, self.service_time()) {
            Need::Use(tokens) => Ok(Some(tokens.access)),
            Need::Renew => match call.in_time(self.renew(refused)).await? {
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

    fn still_good(&self, held: &Tokens, refused: Option<&str>, error: &Error) -> bool {
        error.kind() != ErrorKind::Unauthorized
            && self.service_time() < held.expires_at
            && refused != Some(&held.access)
    }

    fn service_time(&self) -> f64 {
        self.0.course.borrow().service_time(self.0.host.now())
    }

    fn request(&self, call: &Call<'_>, parts: &Parts, token: Option<&str>) -> Request {
        Request {
            method: call.spec.method.name(),
            url: parts.url(&self.0.base),
            headers: headers(parts, call.options, token),
            content: parts.content.clone(),
            signal: call.options.signal.clone(),
            timeout_ms: call.patience(),
        }
    }

    /// Whether a call refused with this token may try again with a new one.
    fn renews(&self, token: Option<&str>) -> bool {
        let renews =
            token.is_some() && !matches!(*self.0.credentials.borrow(), Credentials::Token(_));
        if renews && self.0.tokens.borrow().as_ref().map(|held| held.access.as_str()) == token {
            self.0.course.borrow_mut().refused();
        }
        renews
    }

    /// Takes note of what a success teaches for later calls.
    fn learn(&self, spec: &Spec, signed: bool, answer: Option<&Value>) {
        if signed {
            self.0.course.borrow_mut().proved();
        }
        if let (Some(medium), Some(answer)) = (spec.uploads, answer)
            && let Some(id) = answer.get_text("id")
        {
            let uploaded = &mut *self.0.uploaded.borrow_mut();
            let mut full = uploaded.len() == UPLOADS_KNOWN;
            uploaded.retain(|_| !std::mem::take(&mut full));
            uploaded.push((id, medium));
        }
    }

    /// Tells of an event, if anybody wants to know.
    fn tell(&self, event: impl FnOnce() -> Event) {
        if self.0.host.listens() {
            self.0.host.emit(event());
        }
    }

    /// Forgets tokens and credentials, here alone, and refuses every call that comes later. The
    /// storage keeps what it has.
    pub fn close(&self) {
        self.0.closed.set(true);
        self.forget();
    }
}

/// The headers of a request.
fn headers(parts: &Parts, options: &CallOptions, token: Option<&str>) -> Vec<(String, String)> {
    let mut headers = vec![("accept".to_owned(), "application/json".to_owned())];
    if let Some(Content::Json(_)) = parts.content {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    if let Some(token) = token {
        headers.push(("authorization".to_owned(), format!("Bearer {token}")));
    }
    headers.extend(options.headers.iter().cloned());
    headers
}

/// Clones are equal; two clients that were made apart never are. Frameworks ask it of what they
/// hand to a component.
impl PartialEq for Client {
    fn eq(&self, other: &Client) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Client {}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("base_url", &self.0.base).finish_non_exhaustive()
    }
}
