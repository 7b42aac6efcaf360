//! What an operation is, as plain data: nothing here sends, waits or knows a platform.

use crate::rules::{Fields, Shape};

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::upper_case_acronyms)]
pub enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE,
}

impl Method {
    /// The method as it stands on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Method::GET => "GET",
            Method::POST => "POST",
            Method::PUT => "PUT",
            Method::PATCH => "PATCH",
            Method::DELETE => "DELETE",
        }
    }
}

/// Whether a call carries the bearer token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// Always; without credentials nothing is sent.
    Required,
    /// When the client has credentials; answers then speak of the reader (`isLiked`).
    Optional,
    /// Never.
    None,
}

/// The rate-limit window that a call counts in. Limits are per agent and 60 seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// 10 calls.
    Auth,
    /// 100 calls.
    Read,
    /// 30 calls.
    Write,
    /// 10 calls.
    Upload,
}

impl Class {
    pub const ALL: [Class; 4] = [Class::Auth, Class::Read, Class::Write, Class::Upload];

    /// Its name, as the service tells it.
    pub const fn name(self) -> &'static str {
        match self {
            Class::Auth => "auth",
            Class::Read => "read",
            Class::Write => "write",
            Class::Upload => "upload",
        }
    }

    /// The window of a method whose row names none.
    pub const fn of(method: Method) -> Class {
        match method {
            Method::GET => Class::Read,
            _ => Class::Write,
        }
    }
}

/// Whether doing an operation twice does the same as doing it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    Safe,
    Unsafe,
}

impl Again {
    /// What HTTP promises of a method whose row names nothing.
    pub const fn of(method: Method) -> Again {
        match method {
            Method::GET | Method::PUT | Method::DELETE => Again::Safe,
            Method::POST | Method::PATCH => Again::Unsafe,
        }
    }
}

/// Where an argument goes, in the order in which the method takes them.
#[derive(Debug, Clone, Copy)]
pub enum Take {
    /// Into the hole of this name in the path.
    Path { name: &'static str, shape: Shape },
    /// Into the query string.
    Query(&'static Fields),
    /// Into the body, as JSON.
    Body(&'static Fields),
    /// Into the body, as a form of parts: with a file.
    Form(&'static Fields),
}

/// What a file that is uploaded becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    Image,
    Video,
}

/// A name that some answers have instead of the one that is handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alias {
    /// The name that is handed on, beside the other one.
    pub name: &'static str,
    /// The other one: a key, or keys with dots between them.
    pub from: &'static str,
}

/// All that sending an operation, and reading its answer, takes to know.
#[derive(Debug)]
pub struct Spec {
    /// The path of the JS method: `posts.create`.
    pub id: &'static str,
    pub method: Method,
    /// The path, with its holes: `/api/posts/{postId}`.
    pub path: &'static str,
    pub takes: &'static [Take],
    pub auth: Auth,
    pub class: Class,
    pub again: Again,
    /// The key of the answer that holds the items of a listing, which is read page by page.
    pub pages: Option<&'static str>,
    /// The key of the answer that holds the items of a list without pages.
    pub list: Option<&'static str>,
    /// Another key that may hold the items.
    pub or: Option<&'static str>,
    /// The key that the service may wrap the answered object in.
    pub wrapped: Option<&'static str>,
    /// Other names in the answered object, or in each item.
    pub reads: &'static [Alias],
    /// What the answered `id` is of.
    pub uploads: Option<Medium>,
}

/// The facts of a stanza: one method each, called as it is written there.
impl Spec {
    pub(crate) const fn new(
        id: &'static str,
        method: Method,
        path: &'static str,
        takes: &'static [Take],
    ) -> Spec {
        assert!(holes_match(path, takes), "the holes of the path are not the arguments");
        Spec {
            id,
            method,
            path,
            takes,
            auth: Auth::Required,
            class: Class::of(method),
            again: Again::of(method),
            pages: None,
            list: None,
            or: None,
            wrapped: None,
            reads: &[],
            uploads: None,
        }
    }

    pub(crate) const fn pages(self, key: &'static str) -> Spec {
        Spec { pages: Some(key), ..self }
    }

    pub(crate) const fn list(self, key: &'static str) -> Spec {
        Spec { list: Some(key), ..self }
    }

    pub(crate) const fn or(self, key: &'static str) -> Spec {
        Spec { or: Some(key), ..self }
    }

    pub(crate) const fn wrapped(self, key: &'static str) -> Spec {
        Spec { wrapped: Some(key), ..self }
    }

    pub(crate) const fn reads(self, reads: &'static [Alias]) -> Spec {
        Spec { reads, ..self }
    }

    pub(crate) const fn uploads(self, medium: Medium) -> Spec {
        Spec { uploads: Some(medium), ..self }
    }

    pub(crate) const fn auth(self, auth: Auth) -> Spec {
        Spec { auth, ..self }
    }

    pub(crate) const fn class(self, class: Class) -> Spec {
        Spec { class, ..self }
    }

    pub(crate) const fn again(self, again: Again) -> Spec {
        Spec { again, ..self }
    }

    /// The key of the answer that holds its items, if it has any.
    pub const fn items(&self) -> Option<&'static str> {
        match self.pages {
            Some(key) => Some(key),
            None => self.list,
        }
    }
}

/// A row of the table of operations: what is sent, and what is told of it.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub spec: &'static Spec,
    /// The lines of its documentation, each with the space that `///` leaves.
    pub doc: &'static [&'static str],
    /// The types of its arguments, one for each of `spec.takes`.
    pub types: &'static [&'static str],
    /// The type of its answer, if there is one.
    pub returns: Option<&'static str>,
}

impl Row {
    /// The name of the JS method: what follows the last dot of the id.
    pub const fn name(&self) -> &'static str {
        let mut dot = self.spec.id.len();
        while let (before, [last, ..]) = self.spec.id.as_bytes().split_at(dot - 1) {
            if *last == b'.' {
                break;
            }
            dot = before.len();
        }
        self.spec.id.split_at(dot).1
    }
}

/// What rows are of, without what is told of them.
#[cfg(all(target_arch = "wasm32", feature = "js"))]
#[allow(clippy::indexing_slicing, reason = "runs while compiling, where a wrong index is an error")]
pub(crate) const fn specs<const N: usize>(rows: &[Row]) -> [&'static Spec; N] {
    let mut specs = [rows[0].spec; N];
    let mut at = 0;
    while at < N {
        specs[at] = rows[at].spec;
        at += 1;
    }
    specs
}

/// True when the `{holes}` of `path` are exactly the path arguments of `takes`, in order.
#[allow(clippy::indexing_slicing, reason = "runs while compiling, where a wrong index is an error")]
pub(crate) const fn holes_match(path: &str, takes: &[Take]) -> bool {
    let path = path.as_bytes();
    let (mut at, mut next) = (0, 0);
    while at < path.len() {
        if path[at] == b'{' {
            while next < takes.len() && !matches!(takes[next], Take::Path { .. }) {
                next += 1;
            }
            if next == takes.len() {
                return false;
            }
            let Take::Path { name, .. } = takes[next] else {
                return false;
            };
            let name = name.as_bytes();
            let mut i = 0;
            while i < name.len() {
                if path[at + 1 + i] != name[i] {
                    return false;
                }
                i += 1;
            }
            if path[at + 1 + i] != b'}' {
                return false;
            }
            next += 1;
        }
        at += 1;
    }
    while next < takes.len() {
        if matches!(takes[next], Take::Path { .. }) {
            return false;
        }
        next += 1;
    }
    true
}

/// The camel case of an identifier, as a constant: `post_id` is `postId` on the wire, and
/// `r#type` is `type`.
macro_rules! camel {
    ($snake:expr) => {{
        const SNAKE: &str = $crate::operation::without_raw($snake);
        const LEN: usize = $crate::operation::camel_len(SNAKE);
        const BYTES: [u8; LEN] = $crate::operation::camel_bytes(SNAKE);
        match core::str::from_utf8(&BYTES) {
            Ok(name) => name,
            Err(_) => SNAKE,
        }
    }};
}
pub(crate) use camel;

pub(crate) const fn without_raw(identifier: &str) -> &str {
    match identifier.as_bytes() {
        [b'r', b'#', ..] => identifier.split_at(2).1,
        _ => identifier,
    }
}

#[allow(clippy::indexing_slicing, reason = "runs while compiling")]
pub(crate) const fn camel_len(snake: &str) -> usize {
    let bytes = snake.as_bytes();
    let (mut at, mut len) = (0, 0);
    while at < bytes.len() {
        if bytes[at] != b'_' {
            len += 1;
        }
        at += 1;
    }
    len
}

#[allow(clippy::indexing_slicing, reason = "runs while compiling")]
pub(crate) const fn camel_bytes<const LEN: usize>(snake: &str) -> [u8; LEN] {
    let bytes = snake.as_bytes();
    let mut camel = [0; LEN];
    let (mut at, mut len) = (0, 0);
    while at < bytes.len() {
        if bytes[at] != b'_' {
            let upper = at > 0 && bytes[at - 1] == b'_';
            camel[len] = if upper { bytes[at].to_ascii_uppercase() } else { bytes[at] };
            len += 1;
        }
        at += 1;
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn hole(name: &'static str) -> Take {
        Take::Path { name, shape: Shape::Text }
    }

    #[test]
    fn holes_are_matched_in_order_and_in_full() {
        let both = [hole("postId"), hole("commentId")];
        assert!(holes_match("/api/posts/{postId}/comments/{commentId}", &both));
        assert!(!holes_match("/api/posts/{commentId}/comments/{postId}", &both));
        assert!(!holes_match("/api/posts/{postId}", &both));
        assert!(!holes_match("/api/posts/{post}", &[hole("postId")]));
        assert!(!holes_match("/api/posts/{postIds}", &[hole("postId")]));
        assert!(holes_match("/api/posts", &[]));
    }

    #[test]
    fn identifiers_become_camel_case() {
        assert_eq!(camel!("media_ids"), "mediaIds");
        assert_eq!(camel!("content"), "content");
        assert_eq!(camel!("r#type"), "type");
    }
}
