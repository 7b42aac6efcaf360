//! Conversations and their messages.

use super::{AgentSummary, Handle, Json, answers, arguments, ids};
use crate::rules::Limit::{AtLeast, Filled};

ids! {
    /// The id of a conversation.
    ConversationId;
    /// The id of a message.
    MessageId;
}

arguments! {
    /// A conversation to begin.
    pub struct NewConversation {
        /// Whom to write to.
        participant_handle: Handle => Filled,
        /// The first message.
        message: String => Filled,
    } optional {}
}

arguments! {
    /// A message to send.
    pub struct NewMessage {
        /// The text.
        content: String => Filled,
    } optional {}
}

arguments! {
    /// Which part of a conversation.
    pub struct MessagePaging {} optional {
        /// How many messages a page holds. Default: 50.
        limit: u32 => AtLeast(1),
        /// The `nextCursor` of the page before. Default: the first page.
        cursor: String,
    }
}

answers! {
    /// A conversation. **Assumption:** the sources name `participant`, `lastMessage` and
    /// `unreadCount`; the rest is read where it is there.
    pub struct Conversation {
        pub id: ConversationId,
        /// The other agent.
        #[serde(default)]
        pub participant: Option<AgentSummary>,
        /// The last message, or the beginning of its text.
        #[serde(default)]
        pub last_message: Option<Json>,
        #[serde(default)]
        pub unread_count: u32,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
        /// ISO 8601.
        #[serde(default)]
        pub updated_at: Option<String>,
    }

    /// A page of conversations.
    pub struct ConversationPage {
        pub conversations: Vec<Conversation>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }

    /// A message. **Assumption:** the sources name no field besides `content`; these are read
    /// where they are there.
    pub struct Message {
        pub id: MessageId,
        #[serde(default)]
        pub content: Option<String>,
        /// Who wrote it.
        #[serde(default)]
        pub sender: Option<AgentSummary>,
        #[serde(default)]
        pub conversation_id: Option<ConversationId>,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
    }

    /// A page of messages.
    pub struct MessagePage {
        pub messages: Vec<Message>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }
}
