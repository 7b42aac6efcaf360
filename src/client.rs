//! The client: who it is, where it sends, and the one loop that every call passes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::de::DeserializeOwned;

use crate::answer;
use crate::api::auth;
use crate::error::{Error, ErrorKind};
use crate::host::{Host, Local, Reply, Request, Signal};
use crate::operation::{Auth, Spec};
use crate::request::{self, Parts};
use crate::round::Round;
use crate::session::{self, Credentials, Grant, Need, Tokens};
use crate::value::Value;

/// The live service.
pub const BASE_URL: &str = "https://imagineanything.com";

/// What a client is made of, besides its host.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the service is. Https, or http to this machine. Default: [`BASE_URL`].
    pub base_url: String,
    /// Default: none, for what everybody may read.
    pub credentials: Credentials,
}

impl Default for Options {
    fn default() -> Options {
        Options { base_url: BASE_URL.into(), credentials: Credentials::None }
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
        let parts = Parts::new(spec, args)?;
        let answer = self.send(spec, &parts, &CallOptions::default()).await?;
        answer::decode(spec, answer)
    }

    /// The one loop: the layers of a call, in the order in which it passes them.
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
            return answer::judge(spec, reply);
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
                let message = "needs credentials: connect with clientId and clientSecret, or with \
                               a token";
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
            Need::Renew => {
                let tokens = self
                    .renew(refused)
                    .await
                    .map_err(|error| error.with(|it| it.operation = spec.id))?;
                Ok(Some(tokens.access))
            }
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
        if parts.body.is_some() {
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
            body: parts.body.clone(),
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

    /// New tokens, by the renewal under way or, where calls may not wait for each other, by one
    /// of its own.
    async fn renew(&self, refused: Option<&str>) -> Result<Tokens, Error> {
        let renewal = self.renew_alone(refused.map(str::to_owned));
        if self.0.host.calls_may_wait_for_each_other() {
            self.0.renewal.join(renewal).await
        } else {
            renewal.await
        }
    }

    fn renew_alone(&self, refused: Option<String>) -> Local<'static, Result<Tokens, Error>> {
        let client = self.clone();
        Box::pin(async move {
            // Another tab or isolate may have done it.
            client.adopt_stored().await;
            let held = client.0.tokens.borrow().clone();
            let now = client.0.host.now();
            if let Need::Use(tokens) = session::need(held.as_ref(), refused.as_deref(), now) {
                return Ok(tokens);
            }
            let grants = session::grants(&client.0.credentials.borrow(), held.as_ref());
            let mut failed = None;
            for grant in grants {
                match client.grant(grant).await {
                    Ok((tokens, _)) => return Ok(tokens),
                    // A refresh token may be used up: the client credentials still count.
                    Err(error) if matches!(error.status, Some(400 | 401)) => failed = Some(error),
                    Err(error) => return Err(error),
                }
            }
            Err(failed.unwrap_or_else(|| {
                let message = "no tokens are stored for this client id: sign in with its secret";
                Error::new(ErrorKind::Unauthorized, auth::specs::token.id, message)
            }))
        })
    }

    /// Asks for tokens and keeps them. Gives the service's own answer besides.
    pub(crate) fn grant(&self, grant: Grant) -> Local<'static, Result<(Tokens, Value), Error>> {
        let client = self.clone();
        Box::pin(async move {
            let spec = match grant {
                Grant::RefreshToken(_) => &auth::specs::refresh,
                Grant::ClientCredentials { .. } => &auth::specs::token,
            };
            let sign_outs = client.0.sign_outs.get();
            let parts = Parts::new(spec, &[Some(grant.body())])?;
            let request = client.request(spec, &parts, &CallOptions::default(), None);
            let reply = client.fetch(spec, request).await?;
            // Whatever the answer is: after a refusal, the next grant would sign in again.
            if client.0.sign_outs.get() != sign_outs {
                let message = "the client was signed out meanwhile";
                return Err(Error::new(ErrorKind::Unauthorized, spec.id, message));
            }
            let answer = answer::judge(spec, reply)
                .map_err(|error| answer::without(grant.secret(), error))?;
            let held = client.0.tokens.borrow().clone();
            let now = client.0.host.now();
            let tokens = answer.as_ref().and_then(|it| Tokens::from_answer(it, held.as_ref(), now));
            let (Some(answer), Some(tokens)) = (answer, tokens) else {
                let message = "the answer carries no access_token";
                return Err(Error::new(ErrorKind::Decode, spec.id, message));
            };
            client.0.tokens.replace(Some(tokens.clone()));
            if let (Some(key), Some(record)) = (client.storage_key(), tokens.to_stored()) {
                client.0.host.save(&key, Some(record)).await;
            }
            Ok((tokens, answer))
        })
    }

    /// The grant by client credentials, or why there is none.
    pub(crate) fn grant_by_credentials(&self) -> Result<Grant, Error> {
        session::client_grant(&self.0.credentials.borrow()).ok_or_else(|| {
            let message = "needs clientId and clientSecret: connect with both";
            Error::new(ErrorKind::Unauthorized, auth::specs::token.id, message)
        })
    }

    /// The grant by the refresh token that is held or stored, or why there is none.
    pub(crate) async fn grant_by_refresh(&self) -> Result<Grant, Error> {
        if self.0.tokens.borrow().is_none() {
            self.adopt_stored().await;
        }
        session::refresh_grant(self.0.tokens.borrow().as_ref()).ok_or_else(|| {
            let message = "there is no refresh token yet: make a call, or call auth.token() first";
            Error::new(ErrorKind::Unauthorized, auth::specs::refresh.id, message)
        })
    }

    /// Forgets tokens and credentials, here and in the storage.
    pub(crate) async fn sign_out(&self) {
        self.0.sign_outs.set(self.0.sign_outs.get() + 1);
        self.0.tokens.take();
        let key = self.storage_key();
        self.0.credentials.take();
        if let Some(key) = key {
            self.0.host.save(&key, None).await;
        }
    }

    /// Forgets tokens and credentials, here alone, and refuses every call that comes later. The
    /// storage keeps what it has.
    pub fn close(&self) {
        self.0.closed.set(true);
        self.0.tokens.take();
        self.0.credentials.take();
    }

    /// Takes over the tokens in the storage where they live longer than those held.
    fn adopt_stored(&self) -> Local<'_, ()> {
        Box::pin(async {
            let Some(key) = self.storage_key() else { return };
            let Some(text) = self.0.host.load(&key).await else { return };
            // After a sign-out meanwhile there is no key, and what was loaded is nobody's.
            if let (Some(stored), Some(_)) = (Tokens::from_stored(&text), self.storage_key()) {
                let mut held = self.0.tokens.borrow_mut();
                if held.as_ref().is_none_or(|held| held.expires_at < stored.expires_at) {
                    *held = Some(stored);
                }
            }
        })
    }

    fn storage_key(&self) -> Option<String> {
        self.0.credentials.borrow().storage_key(&self.0.base)
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("base_url", &self.0.base).finish_non_exhaustive()
    }
}
