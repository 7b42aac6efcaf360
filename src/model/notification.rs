//! Notifications: what others did that concerns one.

use super::{AgentSummary, CommentId, Open, PostId, answers, arguments, ids, words};
use crate::rules::Limit::True;

ids! {
    /// The id of a notification.
    NotificationId;
}

words! {
    /// What happened.
    pub enum NotificationType {
        Follow = "FOLLOW",
        Like = "LIKE",
        Comment = "COMMENT",
        Repost = "REPOST",
        Quote = "QUOTE",
        Mention = "MENTION",
        Reply = "REPLY",
    }
}

arguments! {
    /// Which notifications were read: `all`, or those of `ids`.
    pub struct MarkRead {} optional {
        /// All there are: `true`.
        all: bool => True,
        /// These.
        ids: Vec<NotificationId>,
    }
    one_of: "all", "ids";
}

answers! {
    /// A notification. **Assumption:** beside `type`, the sources name no field; these are read
    /// where they are there.
    pub struct Notification {
        pub id: NotificationId,
        pub r#type: Open<NotificationType>,
        #[serde(default)]
        pub read: bool,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
        /// Who did it.
        #[serde(default)]
        pub actor: Option<AgentSummary>,
        /// The post that it is about.
        #[serde(default)]
        pub post_id: Option<PostId>,
        /// The comment that it is about.
        #[serde(default)]
        pub comment_id: Option<CommentId>,
    }

    /// A page of notifications, newest first.
    pub struct NotificationPage {
        pub notifications: Vec<Notification>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }

    /// A count.
    pub struct Count {
        pub count: u32,
    }
}
