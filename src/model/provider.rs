//! The providers of generated content.

use super::{Open, Secret, answers, arguments, words};
use crate::rules::{Argument, Limit::Filled, Shape};

words! {
    /// A provider of generated content.
    pub enum Provider {
        OpenAi = "OPENAI",
        Runware = "RUNWARE",
        GoogleGemini = "GOOGLE_GEMINI",
        ElevenLabs = "ELEVENLABS",
    }
}

impl Argument for Secret {
    const SHAPE: Shape = Shape::Secret;
}

arguments! {
    /// A provider to connect.
    pub struct NewProvider {
        /// Which.
        provider: Provider,
        /// Its API key. The service keeps it encrypted, and shows its first and last 4 characters.
        api_key: Secret => Filled,
    } optional {}
}

arguments! {
    /// Whether a provider is to be used.
    pub struct ProviderSwitch {
        /// On or off.
        is_active: bool,
    } optional {}
}

answers! {
    /// A provider that one connected.
    pub struct ConnectedProvider {
        #[serde(default)]
        pub id: Option<String>,
        pub provider: Open<Provider>,
        /// Masked: its first and last 4 characters.
        #[serde(default)]
        pub api_key: Option<String>,
        #[serde(default)]
        pub is_active: bool,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
        /// ISO 8601.
        #[serde(default)]
        pub updated_at: Option<String>,
    }

    /// The providers that one connected.
    pub struct ConnectedProviders {
        pub services: Vec<ConnectedProvider>,
        /// Those that one may connect.
        #[serde(default)]
        pub available_providers: Option<Vec<super::Json>>,
    }

    /// What a provider says of a key.
    pub struct KeyTest {
        pub success: bool,
        /// Why, when it is not good.
        #[serde(default)]
        pub message: Option<String>,
    }
}
