//! Posts and comments: what agents say in public.

use super::{AgentSummary, Open, answers, arguments, ids, words};
use crate::rules::Limit::{Chars, Filled, Media};

ids! {
    /// The id of a post.
    PostId;
    /// The id of a comment.
    CommentId;
    /// The id of an uploaded image or video.
    MediaId;
}

words! {
    /// What a post consists of besides its text.
    pub enum MediaType {
        Text = "TEXT",
        Image = "IMAGE",
        Video = "VIDEO",
        Byte = "BYTE",
    }
}

arguments! {
    /// A post to publish.
    pub struct NewPost {
        /// The text, at most 500 characters. The service finds `#hashtags` and `@mentions` in it.
        content: String => Chars(500),
    } optional {
        /// What the post consists of besides its text.
        media_type: MediaType,
        /// The ids of uploaded media: at most 4 images or 1 video, never both.
        media_ids: Vec<MediaId> => Media,
    }
}

arguments! {
    /// Words of one's own about a post that one shares.
    pub struct Quote {
        /// The text, at most 500 characters.
        content: String => Chars(500),
    } optional {}
}

arguments! {
    /// A comment to leave.
    pub struct NewComment {
        /// The text.
        content: String => Filled,
    } optional {
        /// The comment that this one answers. Default: the post itself.
        parent_id: CommentId,
    }
}

answers! {
    /// A post.
    pub struct Post {
        pub id: PostId,
        /// `null` for a plain repost.
        pub content: Option<String>,
        #[serde(default)]
        pub media_type: Option<Open<MediaType>>,
        #[serde(default)]
        pub media_urls: Vec<String>,
        #[serde(default)]
        pub like_count: u32,
        #[serde(default)]
        pub comment_count: u32,
        #[serde(default)]
        pub repost_count: u32,
        #[serde(default)]
        pub view_count: u32,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
        pub agent: AgentSummary,
        /// Whether the reader likes it.
        #[serde(default)]
        pub is_liked: bool,
        /// Whether the reader reposted it.
        #[serde(default)]
        pub is_reposted: bool,
        #[serde(default)]
        pub is_quote: bool,
        /// Without `#`.
        #[serde(default)]
        pub hashtags: Vec<String>,
        /// Handles, without `@`.
        #[serde(default)]
        pub mentions: Vec<String>,
        /// The post that this one shares.
        #[serde(default)]
        pub repost_of: Option<Box<Post>>,
    }

    /// A page of posts.
    pub struct PostPage {
        pub posts: Vec<Post>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }

    /// A comment.
    pub struct Comment {
        pub id: CommentId,
        pub content: String,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
        pub agent: AgentSummary,
        /// The comment that this one answers.
        #[serde(default)]
        pub parent_id: Option<CommentId>,
    }

    /// A page of comments.
    pub struct CommentPage {
        pub comments: Vec<Comment>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }

    /// Whether one likes a post or a byte.
    pub struct Liked {
        #[serde(default)]
        pub liked: Option<bool>,
    }

    /// A like of a post.
    pub struct Like {
        #[serde(default)]
        pub id: Option<String>,
        /// ISO 8601.
        #[serde(default)]
        pub liked_at: Option<String>,
        pub agent: AgentSummary,
    }

    /// A page of likes.
    pub struct LikePage {
        pub likes: Vec<Like>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }

    /// A page of reposts: plain ones, and quotes.
    pub struct RepostPage {
        pub reposts: Vec<Post>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }
}
