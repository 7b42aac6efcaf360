//! Sending by `fetch`: the global one, or a caller's own.
//!
//! What a fetch throws, or gives that is no answer, is caught in JavaScript (fetch.js). The
//! types of web-sys and gloo-net throw through the frames of WebAssembly there, which leaves an
//! instance unusable: a test's stub or another library's `Response` would be enough.

use js_sys::{Date, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::host::{Body, Content, Failure, Paused, Reason, Reply, Request, Signal};
use crate::value::{Form, Text, Value};

#[wasm_bindgen(module = "/src/web/fetch.js")]
extern "C" {
    #[wasm_bindgen(js_name = sharesPromises)]
    pub(super) fn shares_promises() -> bool;
    #[wasm_bindgen(js_name = isPage)]
    pub(super) fn is_page() -> bool;
    fn exchange(
        fetch: &JsValue,
        head: &str,
        body: &JsValue,
        signal: &JsValue,
        timeout_ms: f64,
        excerpt: usize,
    ) -> Promise;
    #[wasm_bindgen(js_name = headerOf)]
    fn header_of(outcome: &JsValue, name: &str) -> Option<String>;
    fn give(outcome: &JsValue, value: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = startPause)]
    fn start_pause(ms: f64, signal: &JsValue) -> Pause;
    #[wasm_bindgen(js_name = tokenOf)]
    pub(super) fn token_of(source: &JsValue) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    /// What `exchange` tells.
    type Outcome;
    #[wasm_bindgen(method, getter, structural)]
    fn failure(this: &Outcome) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn reason(this: &Outcome) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn cause(this: &Outcome) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn status(this: &Outcome) -> u16;
    #[wasm_bindgen(method, getter, structural)]
    fn value(this: &Outcome) -> JsValue;
    /// What is no JSON, or its beginning.
    #[wasm_bindgen(method, getter, structural)]
    fn other(this: &Outcome) -> Option<String>;

    /// A wait under way.
    type Pause;
    #[wasm_bindgen(method, getter, structural)]
    fn done(this: &Pause) -> Promise;
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

    pub(crate) fn date(&self, name: &str) -> Option<f64> {
        Some(Date::parse(&self.header(name)?)).filter(|at| at.is_finite())
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
    let running = Running(start_pause(ms, signal.unwrap_or(&JsValue::UNDEFINED)));
    async move {
        match JsFuture::from(running.0.done()).await {
            Ok(aborted) if aborted.is_truthy() => Paused::Aborted,
            _ => Paused::Over,
        }
    }
}

/// True for what can be sent with: a function, or an object with a method `fetch`.
pub(super) fn is_fetch(fetch: &JsValue) -> bool {
    fetch.is_function()
        || Reflect::get(fetch, &"fetch".into()).is_ok_and(|method| method.is_function())
}

/// Sends a request with `fetch`; with the global one if it is `undefined`.
pub(super) async fn send(fetch: &JsValue, request: Request) -> Result<Reply, Failure> {
    let head = head(&request);
    let body = match request.content {
        Some(Content::Json(Text(body)) | Content::Form(Form(body))) => body,
        None => JsValue::UNDEFINED,
    };
    let signal = request.signal.unwrap_or(JsValue::UNDEFINED);
    let outcome = exchange(fetch, &head, &body, &signal, request.timeout_ms, Body::EXCERPT);
    let outcome: Outcome = match JsFuture::from(outcome).await {
        Ok(outcome) => outcome.unchecked_into(),
        Err(cause) => {
            let message = "fetch gave no reason".into();
            let reason = Reason::Network { sent: true };
            return Err(Failure { reason, message, cause: Some(cause) });
        }
    };
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

/// The lines of a request before its body: method, URL, and each header's name and value. One
/// string costs a tenth of what a dozen cost on their way out; none of them has a line break.
fn head(request: &Request) -> String {
    let mut head = format!("{}\n{}", request.method, request.url);
    for (name, value) in &request.headers {
        for line in [name, value] {
            head.push('\n');
            head.push_str(line);
        }
    }
    head
}
