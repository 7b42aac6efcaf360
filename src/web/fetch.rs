//! Sending by `fetch`: the global one, looked up for each call, or a caller's own.
//!
//! The bindings are our own and all of them catch: those of web-sys and gloo-net throw through
//! the frames of WebAssembly, which leaves an instance unusable, when `fetch` resolves to
//! something that is no `Response` of this realm: a test's stub, another library's class.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::RequestInit;

use crate::host::{Failure, Reply, Request, Signal};
use crate::value::Text;

/// What a client sends with.
#[derive(Default)]
pub(super) enum Fetch {
    #[default]
    Global,
    Function(Function),
    /// An object with a method `fetch`, which needs its `this`.
    Method(JsValue, Function),
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(url: &str, init: &JsValue) -> Result<JsValue, JsValue>;

    /// What `fetch` resolved to.
    type Answer;
    #[wasm_bindgen(catch, method, getter, structural)]
    fn status(this: &Answer) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, method, getter, structural)]
    fn headers(this: &Answer) -> Result<Headers, JsValue>;
    #[wasm_bindgen(catch, method, structural)]
    fn text(this: &Answer) -> Result<JsValue, JsValue>;

    type Headers;
    #[wasm_bindgen(catch, method, structural)]
    fn get(this: &Headers, name: &str) -> Result<JsValue, JsValue>;
}

impl Fetch {
    pub(super) fn of(fetch: JsValue) -> Option<Fetch> {
        match fetch.dyn_into::<Function>() {
            Ok(function) => Some(Fetch::Function(function)),
            Err(object) => {
                let method = Reflect::get(&object, &"fetch".into()).ok()?.dyn_into().ok()?;
                Some(Fetch::Method(object, method))
            }
        }
    }

    pub(super) async fn send(&self, request: Request) -> Result<Reply, Failure> {
        let signal = request.signal.clone();
        if is_aborted(signal.as_ref()) {
            return Err(failure(signal.as_ref(), JsValue::UNDEFINED));
        }
        let exchange = async {
            let init = init(&request);
            let answer = settle(match self {
                Fetch::Global => global_fetch(&request.url, &init),
                Fetch::Function(function) => {
                    function.call2(&JsValue::UNDEFINED, &JsValue::from_str(&request.url), &init)
                }
                Fetch::Method(object, method) => {
                    method.call2(object, &JsValue::from_str(&request.url), &init)
                }
            })
            .await?;
            read(answer).await
        };
        exchange.await.map_err(|cause| failure(signal.as_ref(), cause))
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
    init.set_redirect(web_sys::RequestRedirect::Manual);
    if let Some(Text(body)) = &request.body {
        init.set_body(body);
    }
    let init: JsValue = init.into();
    if let Some(signal) = &request.signal {
        let _ = Reflect::set(&init, &"signal".into(), signal);
    }
    init
}

/// The whole answer, out of what `fetch` resolved to.
async fn read(answer: JsValue) -> Result<Reply, JsValue> {
    if !answer.is_object() {
        return Err(JsValue::from_str("fetch resolved to something that is no Response"));
    }
    let answer: Answer = answer.unchecked_into();
    let status = answer.status()?.as_f64().filter(|status| (0.0..=999.0).contains(status));
    let Some(status) = status else {
        return Err(JsValue::from_str("fetch resolved to something without a status"));
    };
    let headers = answer.headers()?;
    let body = settle(answer.text()).await?;
    if !body.is_string() {
        return Err(JsValue::from_str("the text of the answer is no string"));
    }
    Ok(Reply {
        status: status as u16,
        header: Box::new(move |name| {
            if headers.is_object() { headers.get(name).ok()?.as_string() } else { None }
        }),
        body: Text(body),
    })
}

/// Waits for what a function returned or threw, whether or not it is a promise.
pub(super) async fn settle(returned: Result<JsValue, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&returned?)).await
}

/// Why there is no answer. A caller's abort is told by the signal: what `fetch` then rejects with
/// differs between runtimes.
fn failure(signal: Option<&Signal>, cause: JsValue) -> Failure {
    Failure { aborted: is_aborted(signal), message: describe(&cause), cause: Some(cause) }
}

fn is_aborted(signal: Option<&Signal>) -> bool {
    signal
        .and_then(|signal| Reflect::get(signal, &"aborted".into()).ok())
        .is_some_and(|aborted| aborted.is_truthy())
}

/// What a rejection says; Node puts the reason of its `fetch failed` one cause deeper.
fn describe(cause: &JsValue) -> String {
    if let Some(text) = cause.as_string() {
        return text;
    }
    let get = |object: &JsValue, key: &str| {
        if object.is_object() { Reflect::get(object, &key.into()).ok() } else { None }
    };
    let message = get(cause, "message").and_then(|message| message.as_string());
    let deeper = get(cause, "cause")
        .and_then(|cause| get(&cause, "message"))
        .and_then(|message| message.as_string())
        .filter(|message| !message.is_empty());
    match (message, deeper) {
        (Some(message), Some(deeper)) => format!("{message}: {deeper}"),
        (Some(message), None) => message,
        _ => "fetch gave no reason".into(),
    }
}
