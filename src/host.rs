//! The seam between the client and its platform: sending, waiting, storing, the time and chance.

use std::{future::Future, pin::Pin};

use crate::event::Event;
use crate::value::{Form, Text, Value};

#[cfg(not(target_arch = "wasm32"))]
mod script;
#[cfg(not(target_arch = "wasm32"))]
pub use script::{Answer, Response, Script, Sent};

#[cfg(target_arch = "wasm32")]
pub use crate::web::Response;
#[cfg(target_arch = "wasm32")]
pub(crate) use crate::web::{Together, beginning};

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

/// Who is told how much of a file has left: a function that is given `{ sent, total }`, in bytes.
#[cfg(target_arch = "wasm32")]
pub type Listener = wasm_bindgen::JsValue;
/// Nobody: outside WebAssembly a request is sent at once.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Clone)]
pub enum Listener {}

/// The media type of a form's file, and after a line break its first bytes, a character for each.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) async fn beginning(form: &Form, bytes: usize) -> Option<String> {
    let part = form.0.iter().find(|part| part.file.is_some())?;
    let (_, mime) = part.file.clone()?;
    let bytes: String = part.data.iter().take(bytes).copied().map(char::from).collect();
    Some(mime + "\n" + &bytes)
}

/// Files of which one listener is told.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Default)]
pub(crate) struct Together(());

#[cfg(not(target_arch = "wasm32"))]
impl Together {
    pub(crate) fn share(&self, listener: &Listener, _form: &Form) {
        match *listener {}
    }
}

/// The platform. All that a client does besides computing goes through it.
pub trait Host {
    /// Sends a request and reads the whole answer.
    fn send<'a>(&'a self, request: Request) -> Local<'a, Result<Reply, Failure>>;

    /// Waits, or until the signal ends it. Dropped, it leaves no timer behind.
    fn pause<'a>(&'a self, ms: f64, signal: Option<&Signal>) -> Local<'a, Paused>;

    /// Goes on with `task` until it is done, whoever waits for it or not.
    fn spawn(&self, task: Local<'static, ()>);

    /// The wall clock, in milliseconds since 1970, for what the service and other tabs tell by it. It
    /// may be set back or forward at any time.
    fn now(&self) -> f64;

    /// A clock that only goes forward, in milliseconds from any beginning: every window, pause and
    /// deadline is measured by it. It should go on while the machine sleeps, where the platform
    /// knows such a clock.
    fn monotonic(&self) -> f64;

    /// A number from 0 to 1, by chance.
    fn random(&self) -> f64;

    /// What was saved under `key`.
    fn load<'a>(&'a self, key: &'a str) -> Local<'a, Result<Option<Text>, Unstored>>;

    /// Saves under `key`, or removes what is there.
    fn save<'a>(&'a self, key: &'a str, value: Option<Text>) -> Local<'a, Result<(), Unstored>>;

    /// Whether one call may wait for what another began. Not in Cloudflare Workers: there, a
    /// promise belongs to the request that made it, and awaiting it from another one hangs.
    fn calls_may_wait_for_each_other(&self) -> bool {
        true
    }

    /// Whether others (tabs) see at once what is stored here, so that they can agree through it.
    fn storage_is_shared(&self) -> bool {
        false
    }

    /// Whether anybody can read what the client holds: a page has a document.
    fn is_page(&self) -> bool {
        false
    }

    /// Whether somebody wants to be told of events.
    fn listens(&self) -> bool {
        false
    }

    /// Tells of an event.
    fn emit(&self, _event: Event) {}
}

/// A place that outlives a client, for what long work is to know when it begins anew.
pub trait Store {
    /// What was saved under `key`.
    fn load<'a>(&'a self, key: &'a str) -> Local<'a, Result<Option<Text>, Unstored>>;

    /// Saves under `key`, or removes what is there.
    fn save<'a>(&'a self, key: &'a str, value: Option<Text>) -> Local<'a, Result<(), Unstored>>;
}

/// How a pause ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paused {
    Over,
    /// The caller's signal ended it.
    Aborted,
}

/// A storage failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unstored;

/// A request, ready to be sent.
pub struct Request {
    pub method: &'static str,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub content: Option<Content>,
    pub signal: Option<Signal>,
    /// How long the answer may take, to its last byte.
    pub timeout_ms: f64,
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
    pub response: Response,
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
    /// How much of a body that is no JSON is kept, in characters: more than an error tells, so that
    /// secrets are masked before they are cut.
    pub const EXCERPT: usize = 1_000;
}

/// A request that got no whole answer.
pub struct Failure {
    pub reason: Reason,
    /// What went wrong, in words.
    pub message: String,
    pub cause: Option<Cause>,
}

/// Why there is no whole answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The caller's signal ended it.
    Aborted,
    /// It took too long.
    TimedOut,
    /// The connection broke; `sent` unless the request surely never left.
    Network { sent: bool },
}
