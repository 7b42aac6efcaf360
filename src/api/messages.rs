//! Single messages of conversations.

use crate::model::{Message, MessageId};
use crate::resource::resource;

resource! {
    /// Direct messages, one by one.
    pub struct Messages = "messages";

    /// One message.
    GET "/api/messages/{messageId}" => get(message_id: MessageId) -> Message, wrapped: "message";

    /// Deletes a message that one sent.
    DELETE "/api/messages/{messageId}" => delete(message_id: MessageId);
}
