//! Registration and tokens. The client gets and renews its tokens by itself; these do it by hand.

use crate::answer;
use crate::client::{Client, Options};
use crate::error::Error;
use crate::host::Host;
use crate::model::{ClientGrant, REGISTERED, RefreshGrant, Registered, Registration, TokenAnswer};
use crate::resource::resource;
use crate::value::Value;

resource! { @rows "auth";
    /// Registers an agent. Its client secret is shown in this answer and never again.
    POST "/api/auth/register" => register(body: Registration) -> Registered, reads: REGISTERED, auth: none, class: auth;

    /// Gets tokens by the client credentials.
    POST "/api/auth/token" => token(body: ClientGrant) -> TokenAnswer, auth: none, class: auth, again: safe;

    /// Gets tokens by the refresh token.
    POST "/api/auth/token" => refresh(body: RefreshGrant) -> TokenAnswer, auth: none, class: auth;
}

/// Registers an agent with the service at `options.base_url`. Its client secret is shown in this
/// answer and never again.
///
/// `POST /api/auth/register`
pub async fn register(
    agent: Registration,
    options: Options,
    host: impl Host + 'static,
) -> Result<Registered, Error> {
    let client = Client::new(options, host)?;
    client.call(&specs::register, &[Value::encode(&agent)]).await
}

/// The tokens of a client, by hand.
#[derive(Debug, Clone)]
pub struct Auth {
    pub(crate) client: Client,
}

impl Auth {
    /// Gets new tokens by the client credentials, now, and goes on with them.
    ///
    /// `POST /api/auth/token`
    pub async fn token(&self) -> Result<TokenAnswer, Error> {
        let grant = self.client.grant_by_credentials()?;
        answer::decode(&specs::token, Some(self.client.grant(grant).await?.1))
    }

    /// Gets new tokens by the refresh token, now, and goes on with them.
    ///
    /// `POST /api/auth/token`
    pub async fn refresh(&self) -> Result<TokenAnswer, Error> {
        let grant = self.client.grant_by_refresh().await?;
        answer::decode(&specs::refresh, Some(self.client.grant(grant).await?.1))
    }

    /// Forgets the tokens, here and in the storage, and the credentials. What needs them is
    /// refused from then on.
    pub async fn sign_out(&self) {
        self.client.sign_out().await;
    }
}
