//! The client: who it is, where it sends, and the one loop that every call passes.

mod renewal;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::de::DeserializeOwned;

use crate::answer;
use crate::error::{Error, ErrorKind};
use crate::host::{Content, Host, Reply, Request, Signal};
use crate::operation::{Auth, Medium, Spec};
use crate::request::{self, Parts};
use crate::round::Round;
use crate::rules::{Context, Unit};
use crate::session::{self, Credentials, Need, Tokens};
use crate::value::Value;

/// The live service.
pub const BASE_URL: &str = "https://imagineanything.com";

/// How many of the files that it uploaded a client knows by their ids.
const UPLOADS_KNOWN: usize = 100;

/// What a client is made of, besides its host.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the service is. Https, or http to this machine. Default: [`BASE_URL`].
    pub base_url: String,
    /// Default: none, for what everybody may read.
    pub credentials: Credentials,
    /// What counts as a character where a text is limited.
    pub unit: Unit,
}

impl Default for Options {
    fn default() -> Options {
        Options { base_url: BASE_URL.into(), credentials: Credentials::None, unit: Unit::default() }
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
}

/// A client of ImagineAnything. Cheap to clone; clones share their tokens.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    host: Box<dyn Host>,
    base: String,
    unit: Unit,
    /// The ids of what was uploaded last.
    uploaded: RefCell<Vec<(String, Medium)>>,
    credentials: RefCell<Credentials>,
    tokens: RefCell<Option<Tokens>>,
    /// The renewal under way, which all calls that need it wait for.
    renewal: Round<Result<Tokens, Error>>,
    /// Set by `close`.
    closed: Cell<bool>,
    /// How many sign-outs there were: a renewal that began before one is void.
    sign_outs: Cell<u32>,
}

impl Client {
    /// A client that goes through `host`. Nothing is sent yet.
    pub fn new(options: Options, host: impl Host + 'static) -> Result<Client, Error> {
        let base = request::base_url(&options.base_url)
            .map_err(|issue| Error::invalid("connect", vec![issue]))?;
        Ok(Client(Rc::new(Inner {
            host: Box::new(host),
            base,
            unit: options.unit,
            uploaded: RefCell::default(),
            credentials: RefCell::new(options.credentials),
            tokens: RefCell::default(),
            renewal: Round::default(),
            closed: Cell::default(),
            sign_outs: Cell::default(),
        })))
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
        self.send(spec, &parts, &CallOptions::default()).await
    }

    /// The arguments in the form in which they are sent, or all their faults.
    pub(crate) fn check(
        &self,
        spec: &'static Spec,
        args: &[Option<Value>],
    ) -> Result<Parts, Error> {
        let uploaded = &self.0.uploaded.borrow();
        let context = Context { unit: self.0.unit, uploaded, ..Context::default() };
        Parts::new(spec, args, &context)
    }

    /// The one loop: the layers of a call, in the order in which it passes them: token, request,
    /// fetch, judge. A rate-limit budget will stand before the token, what an answer teaches of it
    /// before the judge, and a wait before another turn; today only a new token makes one.
    pub(crate) async fn send(
        &self,
        spec: &'static Spec,
        parts: &Parts,
        options: &CallOptions,
    ) -> Result<Option<Value>, Error> {
        if self.0.closed.get() {
            let message = "the client was closed: connect again";
            return Err(Error::new(ErrorKind::Aborted, spec.id, message));
        }
        let mut refused = None;
        loop {
            let token = self.token(spec, refused.as_deref()).await?;
            let request = self.request(spec, parts, options, token.as_deref());
            let reply = self.fetch(spec, request).await?;
            if reply.status == 401 && refused.is_none() && self.renews(token.as_deref()) {
                refused = token;
                continue;
            }
            let secret = token.unwrap_or_default();
            let answer = answer::judge(spec, reply);
            let answer = answer.map_err(|error| answer::without(&secret, error))?;
            self.learn(spec, answer.as_ref());
            return Ok(answer);
        }
    }

    /// Takes note of what an answer teaches for later calls.
    fn learn(&self, spec: &Spec, answer: Option<&Value>) {
        let id = answer.and_then(|answer| answer.get_text("id"));
        if let (Some(medium), Some(id)) = (spec.uploads, id) {
            let uploaded = &mut *self.0.uploaded.borrow_mut();
            let mut full = uploaded.len() == UPLOADS_KNOWN;
            uploaded.retain(|_| !std::mem::take(&mut full));
            uploaded.push((id, medium));
        }
    }

    /// The access token for a call; `None` when it goes without.
    async fn token(
        &self,
        spec: &'static Spec,
        refused: Option<&str>,
    ) -> Result<Option<String>, Error> {
        let may_sign_in = match (spec.auth, &*self.0.credentials.borrow()) {
            (Auth::None, _) | (Auth::Optional, Credentials::None) => return Ok(None),
            (_, Credentials::Token(token)) => return Ok(Some(token.clone())),
            (Auth::Required, Credentials::None) => {
                let message = "needs credentials: connect with clientId and clientSecret, or a \
                               token";
                return Err(Error::new(ErrorKind::Unauthorized, spec.id, message));
            }
            (_, Credentials::Client { .. }) => true,
            (_, Credentials::Stored { .. }) => false,
        };
        if self.0.tokens.borrow().is_none() {
            self.adopt_stored().await;
        }
        let held = self.0.tokens.borrow().clone();
        if held.is_none() && spec.auth == Auth::Optional && !may_sign_in {
            return Ok(None);
        }
        match session::need(held.as_ref(), refused, self.0.host.now()) {
            Need::Use(tokens) => Ok(Some(tokens.access)),
            Need::Renew => match self.renew(refused).await {
                Ok(tokens) => Ok(Some(tokens.access)),
                // A stored session that is over must not keep anybody from what all may read.
                Err(error)
                    if spec.auth == Auth::Optional
                        && !may_sign_in
                        && error.kind() == ErrorKind::Unauthorized =>
                {
                    Ok(None)
                }
                Err(error) => Err(error.with(|it| it.operation = spec.id)),
            },
        }
    }

    fn request(
        &self,
        spec: &Spec,
        parts: &Parts,
        options: &CallOptions,
        token: Option<&str>,
    ) -> Request {
        let mut headers = vec![("accept".to_owned(), "application/json".to_owned())];
        if let Some(Content::Json(_)) = parts.content {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        if let Some(token) = token {
            headers.push(("authorization".to_owned(), format!("Bearer {token}")));
        }
        headers.extend(options.headers.iter().cloned());
        Request {
            method: spec.method.name(),
            url: parts.url(&self.0.base),
            headers,
            content: parts.content.clone(),
            signal: options.signal.clone(),
        }
    }

    async fn fetch(&self, spec: &Spec, request: Request) -> Result<Reply, Error> {
        let sent = self.0.host.send(request).await;
        sent.map_err(|failure| answer::unanswered(spec, &self.0.base, failure))
    }

    /// Whether a call refused with this token may try again with a new one.
    fn renews(&self, token: Option<&str>) -> bool {
        token.is_some() && !matches!(*self.0.credentials.borrow(), Credentials::Token(_))
    }

    /// Forgets tokens and credentials, here alone, and refuses every call that comes later. The
    /// storage keeps what it has.
    pub fn close(&self) {
        self.0.closed.set(true);
        self.forget();
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("base_url", &self.0.base).finish_non_exhaustive()
    }
}
