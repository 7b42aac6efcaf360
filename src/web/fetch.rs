//! Sending by `fetch`: the global one, or a caller's own.
//!
//! What a fetch throws, or gives that is no answer, is caught in JavaScript (fetch.js). The
//! types of web-sys and gloo-net throw through the frames of WebAssembly there, which leaves an
//! instance unusable: a test's stub or another library's `Response` would be enough.

use std::cell::RefCell;

use js_sys::{Array, Date, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use super::task::{self, event};
use crate::host::{Body, Content, Failure, Listener, Paused, Reason, Reply, Request, Signal};
use crate::limits::Told;
use crate::text::concat;
use crate::value::{Form, Text, Value};

#[wasm_bindgen(module = "/src/web/fetch.js")]
extern "C" {
    #[wasm_bindgen(js_name = sharesPromises)]
    pub(super) fn shares_promises() -> bool;
    #[wasm_bindgen(js_name = isPage)]
    pub(super) fn is_page() -> bool;
    fn exchange(
        id: f64,
        fetch: &JsValue,
        start: &str,
        headers: &JsValue,
        body: &JsValue,
        signal: &JsValue,
        timeout_ms: f64,
        excerpt: usize,
    );
    #[wasm_bindgen(js_name = headerOf)]
    fn header_of(outcome: &JsValue, name: &str) -> Option<String>;
    #[wasm_bindgen(js_name = rateOf)]
    fn rate_of(outcome: &JsValue) -> Option<Rate>;
    fn give(outcome: &JsValue, value: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = startPause)]
    fn start_pause(id: f64, ms: f64, signal: &JsValue) -> Pause;
    #[wasm_bindgen(js_name = tokenOf)]
    fn token_of(id: f64, source: &JsValue);
}

#[wasm_bindgen(module = "/src/web/upload.js")]
extern "C" {
    #[wasm_bindgen(js_name = beginningOf)]
    fn beginning_of(id: f64, form: &JsValue, bytes: usize);
    fn share(listener: &JsValue, together: &Array, form: &JsValue);
}

#[wasm_bindgen]
extern "C" {
    /// What `exchange` tells.
    #[wasm_bindgen(extends = task::Outcome)]
    type Outcome;
    #[wasm_bindgen(method, getter, structural)]
    fn reason(this: &Outcome) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn status(this: &Outcome) -> u16;
    /// What is no JSON, or its beginning.
    #[wasm_bindgen(method, getter, structural)]
    fn other(this: &Outcome) -> Option<String>;

    /// What `rateOf` gives.
    type Rate;
    #[wasm_bindgen(method, getter, structural)]
    fn limit(this: &Rate) -> f64;
    #[wasm_bindgen(method, getter, structural)]
    fn remaining(this: &Rate) -> f64;
    #[wasm_bindgen(method, getter, structural)]
    fn reset(this: &Rate) -> f64;
    #[wasm_bindgen(method, getter, structural)]
    fn class(this: &Rate) -> Option<String>;

    /// A wait under way.
    type Pause;
    #[wasm_bindgen(method, structural)]
    fn cancel(this: &Pause);
}

/// What `exchange` told of an answer.
#[derive(Debug, Clone)]
pub struct Response(JsValue);

impl Response {
    /// A header by its name in lower case, if the platform shows it.
    pub fn header(&self, name: &str) -> Option<String> {
        header_of(&self.0, name)
    }

    /// What the headers say of the window that the call counted in, and of which class it is.
    /// `reset` is the number of its header.
    pub(crate) fn rate(&self) -> Option<(Told, Option<String>)> {
        let rate = rate_of(&self.0)?;
        let reset = Some(rate.reset()).filter(|at| at.is_finite());
        let told = Told { limit: rate.limit() as u32, remaining: rate.remaining() as u32, reset };
        Some((told, rate.class()))
    }

    pub(crate) fn date(&self, name: &str) -> Option<f64> {
        let text = self.header(name)?;
        // A date begins with its day. V8 takes nearly every number for a date, too.
        let is_date = text.trim_ascii_start().starts_with(|c: char| c.is_ascii_alphabetic());
        Some(Date::parse(&text)).filter(|at| is_date && at.is_finite())
    }

    /// The outcome, with the value that is handed on.
    #[cfg(feature = "js")]
    pub(super) fn give(&self, value: &JsValue) -> JsValue {
        give(&self.0, value)
    }
}

/// Ends a wait whose future is dropped.
struct Running(Pause);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Waits, or until the signal aborts.
pub(super) fn pause(ms: f64, signal: Option<&Signal>) -> impl Future<Output = Paused> + use<> {
    let signal = signal.cloned().unwrap_or(JsValue::UNDEFINED);
    let mut running = None;
    let over = event(|id| running = Some(Running(start_pause(id, ms, &signal))));
    async move {
        let _running = running;
        if over.await.value().is_truthy() { Paused::Aborted } else { Paused::Over }
    }
}

/// What a caller's function gives for a token, or what it rejects with.
#[cfg(feature = "js")]
pub(super) async fn token(source: &JsValue) -> Result<JsValue, JsValue> {
    let outcome = event(|id| token_of(id, source)).await;
    match outcome.failure() {
        Some(_) => Err(outcome.cause()),
        None => Ok(outcome.value()),
    }
}

/// True for what can be sent with: a function, or an object with a method `fetch`.
pub(super) fn is_fetch(fetch: &JsValue) -> bool {
    fetch.is_function()
        || Reflect::get(fetch, &"fetch".into()).is_ok_and(|method| method.is_function())
}

/// The media type of a form's file, and after a line break its first bytes, a character for each.
/// `None` when it cannot be read.
pub(crate) async fn beginning(form: &Form, bytes: usize) -> Option<String> {
    event(|id| beginning_of(id, &form.0, bytes)).await.value().as_string()
}

/// Files of which one listener is told.
#[derive(Default)]
pub(crate) struct Together(Array);

impl Together {
    /// Has `listener` told of one more.
    pub(crate) fn share(&self, listener: &Listener, form: &Form) {
        share(listener, &self.0, &form.0);
    }
}

/// Sends a request with `fetch`; with the global one if it is `undefined`.
pub(super) async fn send(fetch: &JsValue, request: Request) -> Result<Reply, Failure> {
    let start = concat(&[request.method, "\n", &request.url]);
    let headers = header_lines(&request.headers);
    let body = match request.content {
        Some(Content::Json(Text(body)) | Content::Form(Form(body))) => body,
        None => JsValue::UNDEFINED,
    };
    let signal = request.signal.unwrap_or(JsValue::UNDEFINED);
    let timeout_ms = request.timeout_ms;
    let answered = event(|id| {
        exchange(id, fetch, &start, &headers, &body, &signal, timeout_ms, Body::EXCERPT)
    });
    let outcome: Outcome = answered.await.unchecked_into();
    match outcome.failure() {
        Some(message) => {
            let reason = match outcome.reason().as_deref() {
                Some("aborted") => Reason::Aborted,
                Some("timeout") => Reason::TimedOut,
                reason => Reason::Network { sent: reason != Some("unsent") },
            };
            Err(Failure { reason, message, cause: Some(outcome.cause()) })
        }
        None => {
            let value = outcome.value();
            let body = match value.is_undefined() {
                false => Body::Json(Value(value)),
                true => outcome.other().map_or(Body::Empty, Body::Other),
            };
            let status = outcome.status();
            Ok(Reply { status, body, response: Response(outcome.into()) })
        }
    }
}

/// A line for each header's name and for its value; none of them has a line break. The text is kept
/// for the next request, which mostly has the same: handing over a text costs more than it.
fn header_lines(headers: &[(String, String)]) -> JsValue {
    thread_local! {
        static LAST: RefCell<(String, JsValue)> = const { RefCell::new((String::new(), JsValue::UNDEFINED)) };
    }
    // Room for most.
    let mut lines = String::with_capacity(256);
    for (name, value) in headers {
        for line in [name, value] {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    LAST.with_borrow_mut(|last| {
        if last.0 != lines {
            *last = (lines.clone(), JsValue::from_str(&lines));
        }
        last.1.clone()
    })
}
