//! Sending by `fetch`: the global one, or a caller's own.
//!
//! What a fetch throws, or gives that is no answer, is caught in JavaScript (fetch.js). The
//! types of web-sys and gloo-net throw through the frames of WebAssembly there, which leaves an
//! instance unusable: a test's stub or another library's `Response` would be enough.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, RequestRedirect};

use crate::host::{Failure, Reply, Request};
use crate::value::Text;

#[wasm_bindgen(module = "/src/web/fetch.js")]
extern "C" {
    fn exchange(fetch: &JsValue, url: &str, init: &JsValue) -> Promise;
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
    fn body(this: &Outcome) -> JsValue;
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
    let outcome = JsFuture::from(exchange(fetch, &request.url, &init(&request))).await;
    let outcome: Outcome = match outcome {
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
        None => Ok(Reply {
            status: outcome.status(),
            body: Text(outcome.body()),
            header: Box::new(move |name| outcome.header(name)),
        }),
    }
}

/// The second argument of `fetch`.
fn init(request: &Request) -> JsValue {
    let init = RequestInit::new();
    init.set_method(request.method);
    let headers = Object::new();
    for (name, value) in &request.headers {
        // Setting a plain key of a new plain object cannot fail.
        let _ = Reflect::set(&headers, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    init.set_headers(&headers);
    // A redirect would take the token elsewhere; not every runtime takes it off on the way.
    init.set_redirect(RequestRedirect::Manual);
    if let Some(Text(body)) = &request.body {
        init.set_body(body);
    }
    let init: JsValue = init.into();
    if let Some(signal) = &request.signal {
        let _ = Reflect::set(&init, &"signal".into(), signal);
    }
    init
}
