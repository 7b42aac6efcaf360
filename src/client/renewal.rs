//! Getting, renewing, keeping and forgetting tokens: what `session` decides is done here.

use super::call::first;
use super::{CallOptions, Client, TIMEOUT_MS};
use crate::answer;
use crate::api::auth;
use crate::error::{Error, ErrorKind};
use crate::event::{Event, How};
use crate::host::{Cause, Local, Request, Unstored};
use crate::operation::Class;
use crate::round::result_of;
use crate::session::{self, Credentials, Grant, Need, Tokens};
use crate::text::{concat, number};
use crate::value::{Text, Value};

/// How long it takes, in milliseconds, until all others see what one wrote into the storage that
/// they share.
const AGREE_MS: f64 = 50.0;

/// How long a storage may take, in milliseconds.
const STORAGE_MS: f64 = 5_000.0;

/// How long a storage that took longer is left alone, in milliseconds.
const STORAGE_REST_MS: f64 = 60_000.0;

impl Client {
    /// New tokens, by the renewal under way or, where calls may not wait for each other, by one
    /// of its own. A renewal that several wait for is nobody's: who gives up must not end it, since
    /// a refresh token that was sent is used up.
    pub(super) async fn renew(&self, refused: Option<&str>) -> Result<Tokens, Error> {
        let renewal = self.renew_alone(refused.map(str::to_owned));
        if !self.inner.host.calls_may_wait_for_each_other() {
            return renewal.await;
        }
        let now = self.now();
        let under_way = self.inner.renewal.under_way(now);
        let round = under_way.unwrap_or_else(|| {
            let (client, round) = (self.clone(), self.inner.renewal.begin(now));
            let begun = round.clone();
            self.inner.host.spawn(Box::pin(async move {
                let result = renewal.await;
                client.inner.renewal.end(&begun, result);
            }));
            round
        });
        result_of(round).await
    }

    fn renew_alone(&self, refused: Option<String>) -> Local<'static, Result<Tokens, Error>> {
        let client = self.clone();
        Box::pin(async move {
            // Another tab or isolate may have done it.
            if let Need::Use(tokens) = client.look_again(refused.as_deref()).await {
                return Ok(tokens);
            }
            client.cooled_down()?;
            let source = match &*client.inner.credentials.borrow() {
                Credentials::Source(source) => Some(source.clone()),
                _ => None,
            };
            // Not while the credentials are borrowed: the function may close the client.
            if let Some(source) = source {
                return client.take_from_source(source()).await;
            }
            let shared = client.storage_key().filter(|_| client.inner.host.storage_is_shared());
            let claim = shared.map(|key| key + ":renewing");
            if let Some(claim) = &claim
                && let Some(tokens) = client.go_first(claim, refused.as_deref()).await
            {
                return Ok(tokens);
            }
            let got = client.get_tokens(refused.as_deref()).await;
            if let Some(claim) = claim {
                client.store(claim, None).await;
            }
            got
        })
    }

    /// New tokens by the grants there are, best first.
    async fn get_tokens(&self, refused: Option<&str>) -> Result<Tokens, Error> {
        let held = self.inner.tokens.borrow().clone();
        let alone = !self.inner.host.calls_may_wait_for_each_other();
        let grants = session::grants(&self.inner.credentials.borrow(), held.as_ref(), alone);
        let mut failed = None;
        for grant in grants {
            let sent = grant.secret().to_owned();
            match self.grant(grant).await {
                Ok((tokens, _)) => return Ok(tokens),
                Err(error) if matches!(error.status, Some(400 | 401)) => failed = Some(error),
                Err(error) => return Err(error),
            }
            // A refused refresh token is of no more use. Another tab may have used it up
            // meanwhile, and stored what it got; else the client credentials still count.
            if let Some(held) = &mut *self.inner.tokens.borrow_mut() {
                held.refresh.take_if(|held| *held == sent);
            }
            if let Need::Use(tokens) = self.look_again(refused).await {
                return Ok(tokens);
            }
        }
        Err(failed.unwrap_or_else(|| {
            let message = "no tokens are stored for this clientId: sign in with its secret";
            Error::new(ErrorKind::Unauthorized, auth::specs::token.id, message)
        }))
    }

    /// Agrees through the storage with others (tabs) that this client renews, and nobody else: a
    /// refresh token that two send may end the session of both. Gives the tokens instead when
    /// somebody else got them meanwhile. A storage that fails agrees with everybody.
    async fn go_first(&self, key: &str, refused: Option<&str>) -> Option<Tokens> {
        let host = &self.inner.host;
        let mine = Value::from(host.random());
        let mut claims = 0;
        loop {
            if let Need::Use(tokens) = self.look_again(refused).await {
                return Some(tokens);
            }
            let other = self.who_renews(key).await;
            if other.as_ref().is_some_and(|other| *other != mine) {
                host.pause(AGREE_MS * (2.0 + host.random()), None).await;
                continue;
            }
            // A storage that forgets what was written agrees with everybody, too.
            if other.is_some() || claims == 2 {
                return None;
            }
            claims += 1;
            let until = host.now() + TIMEOUT_MS;
            let claim = Value::object(&[("by", mine.clone()), ("until", until.into())]).to_json();
            self.store(key.to_owned(), claim).await;
            // Who claimed it at the same time has written, too: the last one has it.
            host.pause(AGREE_MS * (1.0 + host.random()), None).await;
        }
    }

    /// Who renews by now, if anybody does.
    async fn who_renews(&self, key: &str) -> Option<Value> {
        let claim = self.stored(key.to_owned()).await?.parse()?;
        let until = claim.get_number("until")?;
        let left = until - self.inner.host.now();
        // A claim by a clock that is ahead holds nobody up.
        claim.get("by").filter(|_| left > 0.0 && left <= TIMEOUT_MS)
    }

    /// Whether the token calls of late were of any use. A service that is broken, or refuses every
    /// token that it gives, is not asked for more of them without a pause.
    fn cooled_down(&self) -> Result<(), Error> {
        let Some(ms) = self.inner.course.borrow().cooldown(self.now()) else {
            return Ok(());
        };
        let id = auth::specs::token.id;
        let last = self.inner.refusal.borrow().clone();
        let last = last.unwrap_or_else(|| Error::new(ErrorKind::Unauthorized, id, ""));
        let code = last.code.as_deref().map_or(String::new(), |code| concat(&[" ", code]));
        let status = match last.status {
            Some(status) => concat(&[" (", &number(status.into()), &code, ")"]),
            None => String::new(),
        };
        let why = match last.message.is_empty() {
            true => "the service refuses the tokens that it gives",
            false => "the service refused the last token calls",
        };
        let seconds = number((ms / 1000.0).ceil() as usize);
        let message =
            concat(&[why, &status, "; the next is made in ", &seconds, " s. Nothing was sent"]);
        Err(Error::new(last.kind(), id, &message).with(|it| {
            it.status = last.status;
            it.code = last.code.clone();
            it.retryable = last.retryable;
            it.retry_after_ms = Some(ms);
        }))
    }

    /// A token call was of no use. One that the service did not answer costs it nothing, and so is
    /// no reason to wait.
    fn failed(&self, error: &Error) {
        if matches!(error.kind(), ErrorKind::Network | ErrorKind::Timeout) {
            return;
        }
        let now = self.now();
        let until = error.retry_after_ms.map(|ms| now + ms);
        self.inner.course.borrow_mut().failed(now, until);
        self.inner.refusal.replace(Some(error.clone()));
    }

    /// Takes a token of the caller's own. A function that fails is away, as a service is without a
    /// network, unless it says that it refuses.
    async fn take_from_source(
        &self,
        token: Local<'static, Result<String, Cause>>,
    ) -> Result<Tokens, Error> {
        let fault = |kind, message: &str| Error::new(kind, auth::specs::token.id, message);
        let sign_outs = self.inner.sign_outs.get();
        let access = match token.await {
            Ok(token) => token.trim_ascii().to_owned(),
            Err(cause) => {
                let (kind, message) = match is_refusal(&cause) {
                    true => (ErrorKind::Unauthorized, "the token function refused to give one"),
                    false => (ErrorKind::Network, "the token function failed"),
                };
                return Err(fault(kind, message).with(|it| it.cause = Some(cause)));
            }
        };
        if !session::is_bearer(&access) {
            let message = match access.is_empty() {
                true => "the token function gave no text, or an empty one",
                false => "the token function gave a text that is not visible ASCII",
            };
            return Err(fault(ErrorKind::Unauthorized, message));
        }
        if self.inner.sign_outs.get() != sign_outs {
            return Err(fault(ErrorKind::Unauthorized, "the client was signed out meanwhile"));
        }
        let tokens = Tokens::without_end(access);
        self.hold(&tokens, How::Callback);
        Ok(tokens)
    }

    /// Goes on with other tokens than before.
    fn hold(&self, tokens: &Tokens, how: How) {
        self.inner.course.borrow_mut().granted(self.now());
        self.inner.tokens.replace(Some(tokens.clone()));
        self.told_of(tokens, how);
    }

    fn told_of(&self, tokens: &Tokens, how: How) {
        let expires_at = Some(tokens.expires_at).filter(|at| at.is_finite());
        self.tell(|| Event::Token { how, expires_at });
    }

    /// Whether the tokens held will do, after a look at those that are stored.
    fn look_again<'a>(&'a self, refused: Option<&'a str>) -> Local<'a, Need> {
        Box::pin(async move {
            self.adopt_stored().await;
            session::need(self.inner.tokens.borrow().as_ref(), refused, self.service_time())
        })
    }

    /// Asks for tokens and keeps them. Gives the service's own answer besides.
    pub(crate) fn grant(&self, grant: Grant) -> Local<'static, Result<(Tokens, Value), Error>> {
        let client = self.clone();
        Box::pin(async move {
            let asked = client.ask(&grant).await;
            let (tokens, answer) = asked.inspect_err(|error| client.failed(error))?;
            client.hold(&tokens, grant.how());
            let sign_outs = client.inner.sign_outs.get();
            if let (Some(key), Some(record)) = (client.storage_key(), tokens.to_stored()) {
                client.store(key.clone(), Some(record)).await;
                // A sign-out meanwhile may have been stored before this.
                if client.inner.sign_outs.get() != sign_outs && !client.inner.closing.is_closed() {
                    client.store(key, None).await;
                }
            }
            Ok((tokens, answer))
        })
    }

    /// What the service gives for a grant. It counts as a call, which waits for nothing: the calls
    /// that need it wait long enough.
    async fn ask(&self, grant: &Grant) -> Result<(Tokens, Value), Error> {
        let spec = grant.spec();
        let sign_outs = self.inner.sign_outs.get();
        let parts = self.check(spec, &[Some(grant.body())])?;
        let request = Request {
            method: spec.method.name(),
            url: parts.url(&self.inner.base),
            headers: super::headers(&parts, &CallOptions::default(), None, None),
            content: parts.content,
            signal: None,
            timeout_ms: TIMEOUT_MS,
        };
        let _permit = self.take_place(Class::Auth);
        let reply = self.inner.host.send(request).await;
        // Whatever the answer is: after a refusal, the next grant would sign in again.
        if self.inner.sign_outs.get() != sign_outs {
            let message = "the client was signed out meanwhile";
            return Err(Error::new(ErrorKind::Unauthorized, spec.id, message));
        }
        let now = self.now();
        let judged = match reply {
            Ok(reply) => {
                self.set_clock(answer::service_time(&reply.response));
                answer::judge(spec, reply, self.service_time(), &[grant.secret()])
                    .map_err(|(error, _)| error)
            }
            Err(failure) => Err(answer::unanswered(spec, &self.inner.base, failure).0),
        };
        let judged = judged.map_err(|error| answer::without(grant.secret(), error));
        let answer = judged.inspect_err(|error| self.paused_by(Class::Auth, error, now))?.value;
        let held = self.inner.tokens.borrow().clone();
        let now = self.service_time();
        let tokens = answer.as_ref().and_then(|it| Tokens::from_answer(it, held.as_ref(), now));
        match (tokens, answer) {
            (Some(tokens), Some(answer)) => Ok((tokens, answer)),
            _ => {
                let message = "the answer carries no access_token";
                Err(Error::new(ErrorKind::Decode, spec.id, message))
            }
        }
    }

    /// The grant by client credentials, or why there is none.
    pub(crate) fn grant_by_credentials(&self) -> Result<Grant, Error> {
        session::client_grant(&self.inner.credentials.borrow()).ok_or_else(|| {
            let message = "needs clientId and clientSecret: connect with both";
            Error::new(ErrorKind::Unauthorized, auth::specs::token.id, message)
        })
    }

    /// The grant by the refresh token that is held or stored, or why there is none.
    pub(crate) async fn grant_by_refresh(&self) -> Result<Grant, Error> {
        if self.inner.tokens.borrow().is_none() {
            self.adopt_stored().await;
        }
        session::refresh_grant(self.inner.tokens.borrow().as_ref()).ok_or_else(|| {
            let message = "there is no refresh token yet: call auth.token() first";
            Error::new(ErrorKind::Unauthorized, auth::specs::refresh.id, message)
        })
    }

    /// Forgets tokens and credentials, here and in the storage.
    pub(crate) async fn sign_out(&self) {
        let key = self.storage_key();
        self.forget();
        if let Some(key) = key {
            self.store(key, None).await;
        }
    }

    /// Forgets tokens and credentials, and what a renewal under way will bring.
    pub(super) fn forget(&self) {
        self.inner.sign_outs.set(self.inner.sign_outs.get() + 1);
        self.inner.tokens.take();
        self.inner.credentials.take();
    }

    /// Takes over the tokens in the storage where they live longer than those held.
    pub(super) fn adopt_stored(&self) -> Local<'_, ()> {
        Box::pin(async {
            let Some(key) = self.storage_key() else { return };
            let Some(text) = self.stored(key).await else { return };
            // After a sign-out meanwhile there is no key, and what was loaded is nobody's.
            if let (Some(stored), Some(_)) = (Tokens::from_stored(&text), self.storage_key()) {
                let mut held = self.inner.tokens.borrow_mut();
                if held.as_ref().is_none_or(|held| held.expires_at < stored.expires_at) {
                    *held = Some(stored.clone());
                    drop(held);
                    self.told_of(&stored, How::Storage);
                }
            }
        })
    }

    /// What the storage has, unless it fails or takes too long.
    fn stored(&self, key: String) -> Local<'_, Option<Text>> {
        Box::pin(async move {
            let loaded = self.patiently(self.inner.host.load(&key)).await;
            self.note(loaded.is_ok());
            loaded.ok().flatten()
        })
    }

    /// Has the storage keep a value, or forget it, unless it fails or takes too long.
    fn store(&self, key: String, value: Option<Text>) -> Local<'_, ()> {
        Box::pin(async move {
            let saved = self.patiently(self.inner.host.save(&key, value)).await;
            self.note(saved.is_ok());
        })
    }

    /// What a storage does, unless it takes too long. One that hung is left alone for a minute.
    pub(crate) async fn patiently<T>(
        &self,
        work: Local<'_, Result<T, Unstored>>,
    ) -> Result<T, Unstored> {
        if self.now() < self.inner.storage_rests_until.get() {
            return Err(Unstored);
        }
        let patience = self.inner.host.pause(STORAGE_MS, None);
        first(work, patience).await.unwrap_or_else(|_| {
            self.inner.storage_rests_until.set(self.now() + STORAGE_REST_MS);
            Err(Unstored)
        })
    }

    /// Tells once of a storage that fails. The client goes on with what it has in memory.
    fn note(&self, done: bool) {
        if !done && !self.inner.unstored.replace(true) {
            let message = "the storage failed: tokens are kept in memory alone";
            self.tell(|| Event::Warning { code: "storage_failed", message });
        }
    }

    pub(crate) fn storage_key(&self) -> Option<String> {
        self.inner.credentials.borrow().storage_key(&self.inner.base)
    }
}

/// Whether what a token function rejects with says that it refuses: an `ApiError` of that kind, or
/// anything with the status of a refusal, such as a `Response`.
#[cfg(target_arch = "wasm32")]
fn is_refusal(cause: &Cause) -> bool {
    let cause = Value(cause.clone());
    let status = cause.get_number("status");
    cause.get_text("kind").as_deref() == Some("unauthorized")
        || status.is_some_and(|status| status == 401.0 || status == 403.0)
}

#[cfg(not(target_arch = "wasm32"))]
fn is_refusal(_cause: &Cause) -> bool {
    false
}
