//! Getting, renewing, keeping and forgetting tokens: what `session` decides is done here.

use super::{CallOptions, Client};
use crate::answer;
use crate::api::auth;
use crate::error::{Error, ErrorKind};
use crate::host::Local;
use crate::session::{self, Grant, Need, Tokens};
use crate::value::Value;

impl Client {
    /// New tokens, by the renewal under way or, where calls may not wait for each other, by one
    /// of its own.
    pub(super) async fn renew(&self, refused: Option<&str>) -> Result<Tokens, Error> {
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
            if let Need::Use(tokens) = client.look_again(refused.as_deref()).await {
                return Ok(tokens);
            }
            let held = client.0.tokens.borrow().clone();
            let grants = session::grants(&client.0.credentials.borrow(), held.as_ref());
            let mut failed = None;
            for grant in grants {
                let sent = grant.secret().to_owned();
                match client.grant(grant).await {
                    Ok((tokens, _)) => return Ok(tokens),
                    Err(error) if matches!(error.status, Some(400 | 401)) => failed = Some(error),
                    Err(error) => return Err(error),
                }
                // A refused refresh token is of no more use. Another tab may have used it up
                // meanwhile, and stored what it got; else the client credentials still count.
                if let Some(held) = &mut *client.0.tokens.borrow_mut() {
                    held.refresh.take_if(|held| *held == sent);
                }
                if let Need::Use(tokens) = client.look_again(refused.as_deref()).await {
                    return Ok(tokens);
                }
            }
            Err(failed.unwrap_or_else(|| {
                let message = "no tokens are stored for this client id: sign in with its secret";
                Error::new(ErrorKind::Unauthorized, auth::specs::token.id, message)
            }))
        })
    }

    /// Whether the tokens held will do, after a look at those that are stored.
    async fn look_again(&self, refused: Option<&str>) -> Need {
        self.adopt_stored().await;
        session::need(self.0.tokens.borrow().as_ref(), refused, self.0.host.now())
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
            let parts = client.check(spec, &[Some(grant.body())])?;
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
        let key = self.storage_key();
        self.forget();
        if let Some(key) = key {
            self.0.host.save(&key, None).await;
        }
    }

    /// Forgets tokens and credentials, and what a renewal under way will bring.
    pub(super) fn forget(&self) {
        self.0.sign_outs.set(self.0.sign_outs.get() + 1);
        self.0.tokens.take();
        self.0.credentials.take();
    }

    /// Takes over the tokens in the storage where they live longer than those held.
    pub(super) fn adopt_stored(&self) -> Local<'_, ()> {
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
