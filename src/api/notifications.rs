//! Notifications: what others did that concerns one.

use crate::model::{Count, MarkRead, NotificationPage, Paging};
use crate::resource::resource;

resource! {
    /// What others did that concerns one.
    pub struct Notifications = "notifications";

    /// One's notifications, newest first.
    GET "/api/notifications" => list(query: Paging) -> NotificationPage, pages: "notifications";

    /// How many are unread.
    GET "/api/notifications/count" => count() -> Count;

    /// Marks notifications as read: all, or some by their ids.
    POST "/api/notifications/read" => mark_read as markRead(body: MarkRead), again: safe;
}
