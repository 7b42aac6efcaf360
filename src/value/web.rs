//! `Value` on the engine's own values. Whatever a caller hands over (a proxy, a getter that
//! throws), reading it never throws.

use super::{File, Kind};
use crate::text::number;
use js_sys::{Array, Date, JSON, Object, Reflect};
use serde::{Serialize, Serializer, de::DeserializeOwned};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

/// A value of the engine that is, or may be, JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Value(pub JsValue);

/// A string of the engine that is, or may be, JSON. It is not copied into WebAssembly.
#[derive(Debug, Clone, PartialEq)]
pub struct Text(pub JsValue);

#[wasm_bindgen(module = "/src/value/kind.js")]
extern "C" {
    /// One crossing into JavaScript instead of one for each kind.
    #[wasm_bindgen(js_name = kindOf)]
    fn kind_of(value: &JsValue) -> u8;
    /// `undefined` is no value: it is absent.
    #[wasm_bindgen(js_name = fieldOf)]
    fn field_of(object: &JsValue, key: &str) -> JsValue;
    #[wasm_bindgen(js_name = describeOther)]
    fn describe_other(value: &JsValue) -> String;
    #[wasm_bindgen(js_name = sizeOf)]
    fn size_of(value: &JsValue) -> u32;
    fn alias(value: &JsValue, items: Option<&str>, name: &str, from: &str);
    fn flattened(value: &JsValue, key: &str) -> JsValue;
    #[wasm_bindgen(js_name = isSameText)]
    pub(crate) fn is_same_text(one: &str, other: &str) -> bool;
}

#[wasm_bindgen(module = "/src/value/file.js")]
extern "C" {
    #[wasm_bindgen(js_name = fileOf)]
    fn file_of(value: &JsValue) -> JsValue;
    #[wasm_bindgen(js_name = formOf)]
    fn form_of(parts: &Array) -> JsValue;
}

/// What `formOf` (file.js) made: it becomes a `FormData`, or bytes, when it is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Form(pub JsValue);

impl Form {
    /// The form of these texts and files. `None` when it cannot be made.
    pub fn new(parts: &[(&'static str, Value)]) -> Option<Form> {
        let parts: Array = parts
            .iter()
            .map(|(name, Value(value))| Array::of2(&JsValue::from_str(name), value))
            .collect();
        let form = form_of(&parts);
        (!form.is_undefined()).then_some(Form(form))
    }
}

/// A text as a part of a URL.
pub(crate) fn encode(text: &str) -> String {
    encode_uri_component(text)
}

/// Bytes are a `Uint8Array`.
pub(crate) fn serialize_bytes<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bytes(bytes)
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Object)]
    fn assign(to: &Object, one: &JsValue, other: &JsValue) -> JsValue;
    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn keys_of(object: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_namespace = Array, js_name = from)]
    fn items_of(list: &JsValue) -> Result<Array, JsValue>;
    #[wasm_bindgen(js_name = String)]
    fn text_of(number: &JsValue) -> String;
    // It throws for half of a surrogate pair, which no text of Rust has.
    #[wasm_bindgen(js_name = encodeURIComponent)]
    fn encode_uri_component(text: &str) -> String;
}

impl Value {
    /// An object of these fields.
    pub fn object(fields: &[(&str, Value)]) -> Value {
        let object = Object::new();
        for (key, Value(value)) in fields {
            // Setting a plain key of a new plain object cannot fail.
            let _ = Reflect::set(&object, &JsValue::from_str(key), value);
        }
        Value(object.into())
    }

    /// A list of these items.
    pub fn list(items: &[Value]) -> Value {
        Value(items.iter().map(|Value(item)| item).collect::<Array>().into())
    }

    /// The value of a typed argument. `None` when it cannot be JSON.
    pub fn encode<T: Serialize + ?Sized>(value: &T) -> Option<Value> {
        let json =
            serde_wasm_bindgen::Serializer::json_compatible().serialize_bytes_as_arrays(false);
        value.serialize(&json).ok().map(Value)
    }

    /// The typed form of an answer, or why there is none.
    pub fn decode<T: DeserializeOwned>(self) -> Result<T, String> {
        serde_wasm_bindgen::from_value(self.0).map_err(|error| error.to_string())
    }

    pub fn kind(&self) -> Kind {
        match kind_of(&self.0) {
            0 => Kind::Null,
            1 => Kind::Flag,
            2 => Kind::Number,
            3 => Kind::Text,
            4 => Kind::List,
            5 => Kind::Object,
            _ => Kind::Other,
        }
    }

    pub(super) fn describe_other(&self) -> String {
        describe_other(&self.0)
    }

    pub fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    /// The time that an ISO 8601 text tells, in milliseconds since 1970.
    pub(crate) fn time(&self) -> Option<f64> {
        Some(Date::parse(&self.text()?)).filter(|at| at.is_finite())
    }

    pub fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    /// A number as it is written. The engine writes fractions: doing it here would cost 20 kB.
    pub fn digits(&self) -> String {
        match self.0.as_f64() {
            Some(whole) if f64::from(whole as u32) == whole => number(whole as usize),
            Some(_) => text_of(&self.0),
            None => String::new(),
        }
    }

    pub fn flag(&self) -> Option<bool> {
        self.0.as_bool()
    }

    pub fn items(&self) -> Option<Vec<Value>> {
        match self.kind() {
            Kind::List => Some(items_of(&self.0).ok()?.iter().map(Value).collect()),
            _ => None,
        }
    }

    pub fn get(&self, key: &str) -> Option<Value> {
        let value = field_of(&self.0, key);
        (!value.is_undefined()).then_some(Value(value))
    }

    /// The same object with another value under `key`: a copy.
    pub fn with(self, key: &str, value: Value) -> Value {
        Value(assign(&Object::new(), &self.0, &Value::object(&[(key, value)]).0))
    }

    /// The object under `key`, with what stands beside it and is not in it.
    pub(crate) fn flattened(self, key: &str) -> Value {
        Value(flattened(&self.0, key))
    }

    /// What is known of the file that this is.
    pub fn file(&self) -> Option<File> {
        let file = Value(file_of(&self.0));
        Some(File { mime: file.get_text("mime")?, bytes: file.get_number("bytes")? })
    }

    /// Gives the object, or each of its items under the key `items`, the name `name` for what it
    /// calls `from`: a key, or keys with dots between them.
    pub(crate) fn alias(&mut self, items: Option<&str>, name: &str, from: &str) {
        alias(&self.0, items, name, from);
    }

    /// How many keys there are, which costs less than to have them all.
    pub fn size(&self) -> usize {
        size_of(&self.0) as usize
    }

    pub fn keys(&self) -> Vec<String> {
        match keys_of(&self.0) {
            Ok(keys) => keys.iter().filter_map(|key| key.as_string()).collect(),
            Err(_) => Vec::new(),
        }
    }

    /// The value as a JSON text. `None` when it cannot be one: a circle, a bigint.
    pub fn to_json(&self) -> Option<Text> {
        let text: JsValue = JSON::stringify(&self.0).ok()?.into();
        text.is_string().then_some(Text(text))
    }
}

impl Text {
    /// The value that the text is. `None` when it is not JSON.
    pub fn parse(&self) -> Option<Value> {
        #[wasm_bindgen]
        extern "C" {
            #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
            fn parse(text: &JsValue) -> Result<JsValue, JsValue>;
        }
        parse(&self.0).ok().map(Value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value(JsValue::from_str(text))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value(flag.into())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value(number.into())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text(JsValue::from_str(text))
    }
}
