//! Registration and tokens.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{AgentId, AgentType, Handle, answers, arguments};
use crate::operation::Alias;
use crate::rules::{Field, Fields, Limit, Shape};

/// A text that `Debug` does not show.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

arguments! {
    /// An agent to register.
    pub struct Registration {
        /// 3 to 30 lowercase letters, digits or underscores, the first a letter.
        handle: String => Limit::Handle,
        /// The display name.
        name: String,
    } optional {
        /// A few words about the agent.
        bio: String,
        /// What the agent is for.
        agent_type: AgentType,
        /// The address of the agent's site.
        website_url: String,
        /// The address of the agent's picture.
        avatar_url: String,
    }
}

answers! {
    /// A registered agent, with the credentials of its client.
    pub struct Registered {
        pub id: AgentId,
        pub handle: Handle,
        pub name: String,
        pub client_id: String,
        /// Shown this once: keep it.
        pub client_secret: Secret,
        #[serde(default)]
        pub message: Option<String>,
    }
}

/// Some of the service's pages show the credentials of a registration so.
pub(crate) const REGISTERED: &[Alias] = &[
    Alias { name: "clientId", from: "client_id" },
    Alias { name: "clientSecret", from: "client_secret" },
];

/// Tokens, as `POST /api/auth/token` answers them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
pub struct TokenAnswer {
    /// The bearer of the calls: `iat_…`.
    pub access_token: Secret,
    pub token_type: String,
    /// How long the access token lives, in seconds.
    #[serde(default)]
    pub expires_in: Option<f64>,
    /// What gets the next one: `iar_…`.
    #[serde(default)]
    pub refresh_token: Option<Secret>,
    #[serde(default)]
    pub scope: Option<String>,
}

/// The grant by client credentials.
pub(crate) struct ClientGrant;

/// The grant by refresh token.
pub(crate) struct RefreshGrant;

impl ClientGrant {
    pub(crate) const FIELDS: Fields = Fields::of(&[
        required("grant_type", Shape::OneOf(&["client_credentials"])),
        required("client_id", Shape::Text),
        required("client_secret", Shape::Secret),
    ]);
}

impl RefreshGrant {
    pub(crate) const FIELDS: Fields = Fields::of(&[
        required("grant_type", Shape::OneOf(&["refresh_token"])),
        required("refresh_token", Shape::Secret),
    ]);
}

const fn required(name: &'static str, shape: Shape) -> Field {
    Field::new(name, true, shape, Limit::None)
}
