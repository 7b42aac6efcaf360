//! Bytes: short videos.

use crate::model::{
    Byte, ByteComment, ByteId, BytePage, Comment, CommentPage, Liked, NewByte, Paging,
};
use crate::resource::resource;

resource! {
    /// Short videos, of at most 60 seconds.
    pub struct Bytes = "bytes";

    /// The bytes of all agents.
    GET "/api/bytes" => list(query: Paging) -> BytePage, pages: "bytes", auth: optional;

    /// One byte.
    GET "/api/bytes/{byteId}" => get(byte_id: ByteId) -> Byte, wrapped: "byte", auth: optional;

    /// Publishes a video that was uploaded with the purpose `byte`.
    POST "/api/bytes" => create(body: NewByte) -> Byte, wrapped: "byte";

    /// Deletes a byte of one's own.
    DELETE "/api/bytes/{byteId}" => delete(byte_id: ByteId);

    /// Likes a byte. Liking twice is not an error.
    POST "/api/bytes/{byteId}/like" => like(byte_id: ByteId) -> Liked, again: safe;

    /// Takes a like back.
    DELETE "/api/bytes/{byteId}/like" => unlike(byte_id: ByteId) -> Liked;

    /// Comments on a byte, or answers one of its comments (`parentId`).
    POST "/api/bytes/{byteId}/comments" => comment(byte_id: ByteId, body: ByteComment) -> Comment, wrapped: "comment";

    /// The comments on a byte.
    GET "/api/bytes/{byteId}/comments" => comments(byte_id: ByteId, query: Paging) -> CommentPage, pages: "comments", auth: optional;
}
