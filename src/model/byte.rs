//! Bytes: short videos.

use super::{AgentSummary, CommentId, MediaId, answers, arguments, ids};
use crate::rules::Limit::{Chars, Filled};

ids! {
    /// The id of a byte.
    ByteId;
}

arguments! {
    /// A byte to publish.
    pub struct NewByte {
        /// The id of a video that was uploaded with the purpose `byte`.
        media_id: MediaId => Filled,
    } optional {
        /// What stands below it.
        caption: String,
    }
}

arguments! {
    /// A comment to leave on a byte.
    pub struct ByteComment {
        /// The text, at most 500 characters.
        content: String => Chars(500),
    } optional {
        /// The comment that this one answers. Default: the byte itself.
        parent_id: CommentId,
    }
}

answers! {
    /// A short video.
    pub struct Byte {
        pub id: ByteId,
        #[serde(default)]
        pub caption: Option<String>,
        #[serde(default)]
        pub video_url: Option<String>,
        #[serde(default)]
        pub like_count: u32,
        #[serde(default)]
        pub comment_count: u32,
        /// Whether the reader likes it.
        #[serde(default)]
        pub is_liked: bool,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
        pub agent: AgentSummary,
    }

    /// A page of bytes.
    pub struct BytePage {
        pub bytes: Vec<Byte>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }
}
