//! JSON as the platform has it: the engine's own values in WebAssembly, `serde_json` elsewhere.
//!
//! Answers pass through the client as such a value, so that a page gets the object that
//! `JSON.parse` made, and Rust decodes only what Rust decides on.

#[cfg(not(target_arch = "wasm32"))]
#[path = "native.rs"]
mod platform;
#[cfg(target_arch = "wasm32")]
#[path = "web.rs"]
mod platform;

#[cfg(not(target_arch = "wasm32"))]
pub use platform::Part;
pub use platform::{Form, Text, Value};

use crate::text::{concat, length, number};
pub(crate) use platform::{encode, serialize_bytes};

#[cfg(not(target_arch = "wasm32"))]
mod same_text;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use same_text::is_same_text;

/// Whether two texts are the same to a service that may keep one in another form. **Assumption:** how
/// the service stores a text is not documented. Texts count as the same when they differ only in
/// Unicode normalization, white space, HTML entities, invisible characters, or in where their links
/// lead (a service may shorten them).
#[cfg(target_arch = "wasm32")]
pub(crate) use platform::is_same_text;

/// The kinds of a value that arguments tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Null,
    Flag,
    Number,
    Text,
    List,
    Object,
    /// What JSON has no word for: a function, a symbol, a bigint.
    Other,
}

/// What is known of a file without reading it.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Its media type in lower case, without parameters.
    pub mime: String,
    /// Its size.
    pub bytes: f64,
}

impl Value {
    /// What the value is, in words that never repeat a string: it may be a secret.
    pub fn describe(&self) -> String {
        match self.kind() {
            Kind::Null => "null".into(),
            Kind::Flag => if self.flag() == Some(true) { "true" } else { "false" }.into(),
            Kind::Number => concat(&["the number ", &self.digits()]),
            Kind::Text => match self.text() {
                Some(text) if !text.is_empty() => {
                    concat(&["a string of ", &number(length(&text)), " characters"])
                }
                _ => "an empty string".into(),
            },
            Kind::List => "an array".into(),
            Kind::Object => "an object".into(),
            Kind::Other => self.describe_other(),
        }
    }

    /// The string under `key`, if there is one.
    pub fn get_text(&self, key: &str) -> Option<String> {
        self.get(key)?.text()
    }

    /// The number under `key`, if there is one.
    pub fn get_number(&self, key: &str) -> Option<f64> {
        self.get(key)?.number()
    }
}
