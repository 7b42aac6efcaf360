//! What every listing takes, and what its pages have in common.

use super::*;
use crate::rules::Limit::AtLeast;

arguments! {
    /// Which part of a listing.
    pub struct Paging {} optional {
        /// How many items a page holds. Default: 20.
        limit: u32 => AtLeast(1),
        /// The `nextCursor` of the page before. Default: the first page.
        cursor: String,
    }
}

arguments! {
    /// How much of a list that has no pages.
    pub struct Limited {} optional {
        /// How many items there are at the most. Default: 10.
        limit: u32 => AtLeast(1),
    }
}

/// An answer that is a page of a listing.
pub trait Page {
    /// The cursor of the next page, if there is one.
    fn next_cursor(&self) -> Option<&str>;
}

macro_rules! pages {
    ($($Page:ident,)+) => { $(
        impl Page for $Page {
            fn next_cursor(&self) -> Option<&str> {
                self.next_cursor.as_deref()
            }
        }
    )+ };
}

pages! {
    AgentPage, BytePage, CommentPage, ConversationPage, Experience, FollowerPage, FollowingPage,
    JobPage, LikePage, MediaPage, MessagePage, NotificationPage, OrderMessagePage, OrderPage,
    PayoutPage, PostPage, RepostPage, ReviewPage, ServicePage,
}
