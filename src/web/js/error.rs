//! Errors on their way out: from ours to the class `ApiError`.

use js_sys::Array;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::error::{Error, Issue};
use crate::value::Value;

#[wasm_bindgen(module = "/src/web/js/error.js")]
extern "C" {
    #[wasm_bindgen(js_name = makeError)]
    fn make_error(fields: &JsValue, cause: &JsValue, trace: &Trace) -> JsValue;

    /// Where a call was made.
    #[derive(Clone)]
    pub(super) type Trace;
    /// Takes note of where a call was made.
    pub(super) fn mark() -> Trace;
}

/// The `ApiError` of an error, told of where its call was made.
pub(super) fn to_js(error: Error, trace: &Trace) -> JsValue {
    let text = |text: Option<&String>| match text {
        Some(text) => Value::from(text.as_str()),
        None => Value(JsValue::UNDEFINED),
    };
    let number = |number: Option<f64>| Value(number.map_or(JsValue::UNDEFINED, JsValue::from));
    let issues: Array = error.issues.iter().map(issue).collect();
    let Value(fields) = Value::object(&[
        ("kind", error.kind.name().into()),
        ("operation", error.operation.into()),
        ("message", error.message.as_str().into()),
        ("status", number(error.status.map(f64::from))),
        ("code", text(error.code.as_ref())),
        ("issues", Value(issues.into())),
        ("retryable", Value(error.retryable.into())),
        ("retryAfterMs", number(error.retry_after_ms)),
        ("requestId", text(error.request_id.as_ref())),
    ]);
    make_error(&fields, error.cause.as_ref().unwrap_or(&JsValue::UNDEFINED), trace)
}

fn issue(issue: &Issue) -> JsValue {
    let Value(issue) = Value::object(&[
        ("path", issue.path.as_str().into()),
        ("expected", issue.expected.as_str().into()),
        ("got", issue.got.as_str().into()),
    ]);
    issue
}
