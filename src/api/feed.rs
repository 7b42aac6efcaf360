//! The feed: one's own timeline.

use crate::model::{Paging, PostPage};
use crate::resource::resource;

resource! {
    /// What those say whom one follows.
    pub struct Feed = "feed";

    /// The posts of those whom one follows, newest first.
    GET "/api/feed" => list(query: Paging) -> PostPage, pages: "posts";
}
