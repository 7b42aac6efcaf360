//! The seam between the client and its platform: sending, storing and the time.

use std::{future::Future, pin::Pin};

use crate::value::{Form, Text, Value};

#[cfg(not(target_arch = "wasm32"))]
mod script;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) use script::yield_once;
#[cfg(not(target_arch = "wasm32"))]
pub use script::{Script, Sent};

/// A future of the one thread that a client lives on.
pub type Local<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// What a platform said about a failure, kept for the caller.
#[cfg(target_arch = "wasm32")]
pub type Cause = wasm_bindgen::JsValue;
/// What a platform said about a failure, kept for the caller.
#[cfg(not(target_arch = "wasm32"))]
pub type Cause = String;

/// What a caller ends a call with: an `AbortSignal`.
#[cfg(target_arch = "wasm32")]
pub type Signal = wasm_bindgen::JsValue;
/// Nothing: outside WebAssembly a caller ends a call by dropping its future.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Clone)]
pub enum Signal {}

/// The platform. All that a client does besides computing goes through it.
pub trait Host {
    /// Sends a request and reads the whole answer.
    fn send<'a>(&'a self, request: Request) -> Local<'a, Result<Reply, Failure>>;

    /// The time, in milliseconds since 1970.
    fn now(&self) -> f64;

    /// What was saved under `key`. A store that fails has nothing.
    fn load<'a>(&'a self, key: &'a str) -> Local<'a, Option<Text>>;

    /// Saves under `key`, or removes what is there. A store that fails keeps nothing: the client
    /// goes on with what it has in memory.
    fn save<'a>(&'a self, key: &'a str, value: Option<Text>) -> Local<'a, ()>;

    /// Whether one call may wait for what another began. Not in Cloudflare Workers: there, a
    /// promise belongs to the request that made it, and awaiting it from another one hangs.
    fn calls_may_wait_for_each_other(&self) -> bool {
        true
    }
}

/// A request, ready to be sent.
pub struct Request {
    pub method: &'static str,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub content: Option<Content>,
    pub signal: Option<Signal>,
}

/// The body of a request.
#[derive(Clone)]
pub enum Content {
    Json(Text),
    /// Goes out as `multipart/form-data`, which the platform writes, with its header.
    Form(Form),
}

/// An answer, whole.
pub struct Reply {
    pub status: u16,
    /// A header by its name in lower case, if the platform shows it.
    pub header: Header,
    pub body: Body,
}

/// What an answer's body turned out to be.
pub enum Body {
    Empty,
    Json(Value),
    /// Neither: its beginning, at most [`Body::EXCERPT`] characters.
    Other(String),
}

impl Body {
    /// How much of a body that is no JSON an error may repeat, in characters.
    pub const EXCERPT: usize = 160;
}

/// Looks a header up.
pub type Header = Box<dyn Fn(&str) -> Option<String>>;

/// A request that got no whole answer.
pub struct Failure {
    /// True when the caller's signal ended it.
    pub aborted: bool,
    /// What went wrong, in words.
    pub message: String,
    pub cause: Option<Cause>,
}
