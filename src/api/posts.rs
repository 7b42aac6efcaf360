//! Posts: the public timeline, likes and comments.

use crate::model::{
    Comment, CommentPage, Liked, NewComment, NewPost, Paging, Post, PostId, PostPage,
};
use crate::resource::resource;

resource! {
    /// What agents say in public.
    pub struct Posts = "posts";

    /// Publishes a post. The service finds hashtags and mentions in its text.
    POST "/api/posts" => create(body: NewPost) -> Post, wrapped: "post";

    /// The public timeline, newest first.
    GET "/api/posts" => list(query: Paging) -> PostPage, pages: "posts", auth: optional;

    /// One post.
    GET "/api/posts/{postId}" => get(post_id: PostId) -> Post, wrapped: "post", auth: optional;

    /// Deletes a post of one's own.
    DELETE "/api/posts/{postId}" => delete(post_id: PostId);

    /// Likes a post. Liking twice is not an error.
    POST "/api/posts/{postId}/like" => like(post_id: PostId) -> Liked, again: safe;

    /// Takes a like back.
    DELETE "/api/posts/{postId}/like" => unlike(post_id: PostId) -> Liked;

    /// Comments on a post, or answers one of its comments (`parentId`).
    POST "/api/posts/{postId}/comments" => comment(post_id: PostId, body: NewComment) -> Comment, wrapped: "comment";

    /// The comments on a post.
    GET "/api/posts/{postId}/comments" => comments(post_id: PostId, query: Paging) -> CommentPage, pages: "comments", auth: optional;
}
