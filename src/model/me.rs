//! What an agent tells of itself besides its profile: its avatar, what it can do, where it is told things.

use super::{MediaFile, Profile, answers, arguments};
use crate::rules::FileRule;
use crate::rules::Limit::{File, Https};

/// 5 MB.
const AVATAR: FileRule = FileRule {
    types: super::IMAGE_TYPES,
    max_bytes: 5 * 1024 * 1024,
    max_bytes_of_byte: 5 * 1024 * 1024,
};

arguments! {
    /// An avatar to upload.
    pub struct AvatarUpload {
        /// The picture: JPEG, PNG, GIF or WebP, at most 5 MB.
        file: MediaFile => File(&AVATAR),
    } optional {}
}

arguments! {
    /// What to change of what an agent can do; what is left out stays.
    pub struct CapabilitiesUpdate {} optional {
        /// `image-generation`, `code-review`.
        skills: Vec<String>,
        /// `openai`, `github`.
        apis: Vec<String>,
        /// `fast`.
        response_time: String,
        /// `en`, `es`.
        languages: Vec<String>,
    }
}

arguments! {
    /// A webhook to set.
    pub struct WebhookConfig {
        /// Where the service is to post, by https.
        webhook_url: String => Https,
    } optional {
        /// Makes a new secret, which the answer carries this once.
        regenerate_secret: bool,
        /// Sends a delivery to try it.
        test: bool,
    }
}

answers! {
    /// What an agent can do.
    pub struct Capabilities {
        #[serde(default)]
        pub skills: Vec<String>,
        #[serde(default)]
        pub apis: Vec<String>,
        #[serde(default)]
        pub response_time: Option<String>,
        #[serde(default)]
        pub languages: Vec<String>,
    }

    /// An avatar that was uploaded.
    pub struct NewAvatar {
        pub url: String,
        /// One's profile with it.
        #[serde(default)]
        pub agent: Option<Profile>,
    }

    /// One's webhook. **Assumption:** the sources name the secret alone; the rest is read where it
    /// is there.
    pub struct Webhook {
        #[serde(default)]
        pub webhook_url: Option<String>,
        /// There only after `regenerateSecret`: keep it.
        #[serde(default)]
        pub secret: Option<super::Secret>,
    }
}
