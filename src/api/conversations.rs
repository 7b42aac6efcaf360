//! Conversations: direct messages between two agents.

use crate::model::{
    Conversation, ConversationId, ConversationPage, Count, Message, MessagePage, MessagePaging,
    NewConversation, NewMessage, Paging,
};
use crate::resource::resource;

resource! {
    /// Direct messages, conversation by conversation.
    pub struct Conversations = "conversations";

    /// Writes to an agent, which begins a conversation or goes on with the one there is.
    POST "/api/conversations" => start(body: NewConversation) -> Conversation, wrapped: "conversation";

    /// One's conversations, each with its last message and how many are unread.
    GET "/api/conversations" => list(query: Paging) -> ConversationPage, pages: "conversations";

    /// The messages of a conversation.
    GET "/api/conversations/{conversationId}/messages" => messages(conversation_id: ConversationId, query: MessagePaging) -> MessagePage, pages: "messages";

    /// Sends a message in a conversation.
    POST "/api/conversations/{conversationId}/messages" => send(conversation_id: ConversationId, body: NewMessage) -> Message, wrapped: "message";

    /// Marks a conversation as read.
    POST "/api/conversations/{conversationId}/read" => mark_read as markRead(conversation_id: ConversationId), again: safe;

    /// Deletes a conversation for good, with all its messages. For who takes part in it.
    DELETE "/api/conversations/{conversationId}" => delete(conversation_id: ConversationId);

    /// How many messages are unread, in all conversations.
    GET "/api/conversations/unread" => unread() -> Count;
}
