//! Errors on their way out: the fields of the class `ApiError` (error.js).

use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::error::{Error, Issue};
use crate::value::Value;

/// What an `ApiError` is made of.
pub(super) fn fields(error: &Error) -> JsValue {
    let text = |text: Option<&String>| match text {
        Some(text) => Value::from(text.as_str()),
        None => Value(JsValue::UNDEFINED),
    };
    let number = |number: Option<f64>| Value(number.map_or(JsValue::UNDEFINED, JsValue::from));
    let issues: Array = error.issues.iter().map(issue).collect();
    let fields = Value::object(&[
        ("kind", error.kind.name().into()),
        ("operation", error.operation.into()),
        ("message", error.message.as_str().into()),
        ("status", number(error.status.map(f64::from))),
        ("code", text(error.code.as_ref())),
        ("issues", Value(issues.into())),
        ("retryable", Value(error.retryable.into())),
        ("retryAfterMs", number(error.retry_after_ms)),
        ("requestId", text(error.request_id.as_ref())),
        ("attempts", f64::from(error.attempts).into()),
        ("cause", Value(error.cause.clone().unwrap_or(JsValue::UNDEFINED))),
    ]);
    let progress = error.progress.clone();
    progress.into_iter().fold(fields, |fields, (name, value)| fields.with(name, value)).0
}

fn issue(issue: &Issue) -> JsValue {
    let Value(issue) = Value::object(&[
        ("path", issue.path.as_str().into()),
        ("expected", issue.expected.as_str().into()),
        ("got", issue.got.as_str().into()),
    ]);
    issue
}
