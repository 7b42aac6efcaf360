//! `Value` on `serde_json`: for tests and tools that run outside WebAssembly.

use super::Kind;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub struct Value(pub Json);

/// A text that is, or may be, JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

impl Value {
    /// An object of these fields.
    pub fn object(fields: &[(&str, Value)]) -> Value {
        Value(fields.iter().map(|(key, Value(json))| ((*key).to_owned(), json.clone())).collect())
    }

    /// The value of a typed argument. `None` when it cannot be JSON.
    pub fn encode<T: Serialize + ?Sized>(value: &T) -> Option<Value> {
        serde_json::to_value(value).ok().map(Value)
    }

    /// The typed form of an answer, or why there is none.
    pub fn decode<T: DeserializeOwned>(self) -> Result<T, String> {
        serde_json::from_value(self.0).map_err(|error| error.to_string())
    }

    pub fn kind(&self) -> Kind {
        match self.0 {
            Json::Null => Kind::Null,
            Json::Bool(_) => Kind::Flag,
            Json::Number(_) => Kind::Number,
            Json::String(_) => Kind::Text,
            Json::Array(_) => Kind::List,
            Json::Object(_) => Kind::Object,
        }
    }

    pub(super) fn describe_other(&self) -> String {
        "not JSON".into()
    }

    pub fn text(&self) -> Option<String> {
        self.0.as_str().map(str::to_owned)
    }

    pub fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    /// A number as it is written.
    pub fn digits(&self) -> String {
        match self.number() {
            Some(number) => number.to_string(),
            None => String::new(),
        }
    }

    pub fn flag(&self) -> Option<bool> {
        self.0.as_bool()
    }

    pub fn items(&self) -> Option<Vec<Value>> {
        Some(self.0.as_array()?.iter().cloned().map(Value).collect())
    }

    pub fn get(&self, key: &str) -> Option<Value> {
        self.0.get(key).cloned().map(Value)
    }

    /// How many keys there are.
    pub fn size(&self) -> usize {
        self.0.as_object().map_or(0, serde_json::Map::len)
    }

    pub fn keys(&self) -> Vec<String> {
        self.0.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
    }

    /// The value as a JSON text. `None` when it cannot be one.
    pub fn to_json(&self) -> Option<Text> {
        Some(Text(self.0.to_string()))
    }
}

impl Text {
    /// The value that the text is. `None` when it is not JSON.
    pub fn parse(&self) -> Option<Value> {
        serde_json::from_str(&self.0).ok().map(Value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value(text.into())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value(number.into())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text(text.into())
    }
}
