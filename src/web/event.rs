//! Events on their way to a listener in JavaScript.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::event::Event;
use crate::value::Value;

#[wasm_bindgen(module = "/src/web/emit.js")]
extern "C" {
    #[wasm_bindgen(js_name = emit)]
    pub(super) fn tell(listener: &JsValue, event: &JsValue);
}

/// Tells `listener` of an event: an object whose `type` says which.
pub(super) fn emit(listener: &JsValue, event: &Event) {
    let optional = |value: Option<Value>| value.unwrap_or(Value(JsValue::UNDEFINED));
    let number = |number: u32| Value::from(f64::from(number));
    let Value(event) = match event {
        Event::Request { operation, attempt, method, url } => Value::object(&[
            ("type", "request".into()),
            ("operation", (*operation).into()),
            ("attempt", number(*attempt)),
            ("method", (*method).into()),
            ("url", url.as_str().into()),
        ]),
        Event::Response { operation, attempt, status, duration_ms, request_id } => {
            Value::object(&[
                ("type", "response".into()),
                ("operation", (*operation).into()),
                ("attempt", number(*attempt)),
                ("status", number((*status).into())),
                ("durationMs", (*duration_ms).into()),
                ("requestId", optional(request_id.as_deref().map(Value::from))),
            ])
        }
        Event::Retry { operation, attempt, delay_ms, reason } => Value::object(&[
            ("type", "retry".into()),
            ("operation", (*operation).into()),
            ("attempt", number(*attempt)),
            ("delayMs", (*delay_ms).into()),
            ("reason", reason.as_str().into()),
        ]),
        Event::Limited { operation, class, wait_ms } => Value::object(&[
            ("type", "limited".into()),
            ("operation", (*operation).into()),
            ("class", (*class).into()),
            ("waitMs", (*wait_ms).into()),
        ]),
        Event::Token { how, expires_at } => Value::object(&[
            ("type", "token".into()),
            ("how", how.name().into()),
            ("expiresAt", optional(expires_at.map(Value::from))),
        ]),
        Event::Warning { code, message } => Value::object(&[
            ("type", "warning".into()),
            ("code", (*code).into()),
            ("message", (*message).into()),
        ]),
    };
    tell(listener, &event);
}
