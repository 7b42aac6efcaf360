//! Sending by `fetch`: the global one, or a caller's own.
//!
//! What a fetch throws, or gives that is no answer, is caught in JavaScript (fetch.js). The
//! types of web-sys and gloo-net throw through the frames of WebAssembly there, which leaves an
//! instance unusable: a test's stub or another library's `Response` would be enough.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

use crate::host::{Body, Content, Failure, Reply, Request};
use crate::value::{Form, Text, Value};

#[wasm_bindgen(module = "/src/web/fetch.js")]
extern "C" {
    #[wasm_bindgen(js_name = sharesPromises)]
    pub(super) fn shares_promises() -> bool;
    fn exchange(
        fetch: &JsValue,
        head: &str,
        body: &JsValue,
        signal: &JsValue,
        excerpt: usize,
    ) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    /// What `exchange` tells.
    type Outcome;
    #[wasm_bindgen(method, getter, structural)]
    fn failure(this: &Outcome) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn aborted(this: &Outcome) -> bool;
    #[wasm_bindgen(method, getter, structural)]
    fn cause(this: &Outcome) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn status(this: &Outcome) -> u16;
    #[wasm_bindgen(method, getter, structural)]
    fn value(this: &Outcome) -> JsValue;
    /// What is no JSON, or its beginning.
    #[wasm_bindgen(method, getter, structural)]
    fn other(this: &Outcome) -> Option<String>;
    #[wasm_bindgen(method, structural)]
    fn header(this: &Outcome, name: &str) -> Option<String>;
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
    let outcome = exchange(fetch, &head, &body, &signal, Body::EXCERPT);
    let outcome: Outcome = match JsFuture::from(outcome).await {
        Ok(outcome) => outcome.unchecked_into(),
        Err(cause) => {
            let message = "fetch gave no reason".into();
            return Err(Failure { aborted: false, message, cause: Some(cause) });
        }
    };
    match outcome.failure() {
        Some(message) => {
            let cause = Some(outcome.cause());
            Err(Failure { aborted: outcome.aborted(), message, cause })
        }
        None => {
            let value = outcome.value();
            let body = match value.is_undefined() {
                false => Body::Json(Value(value)),
                true => outcome.other().map_or(Body::Empty, Body::Other),
            };
            let status = outcome.status();
            Ok(Reply { status, body, header: Box::new(move |name| outcome.header(name)) })
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
