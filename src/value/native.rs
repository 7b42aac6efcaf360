//! `Value` on `serde_json`: for tests and tools that run outside WebAssembly.

use super::{File, Kind};
use crate::date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Serialize, Serializer, de::DeserializeOwned};
use serde_json::Value as Json;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub struct Value(pub Json);

/// A text that is, or may be, JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

/// The parts of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form(pub Vec<Part>);

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    /// The name and the media type of a file; `None` for a text.
    pub file: Option<(String, String)>,
    pub data: Vec<u8>,
}

impl Form {
    /// The form of these texts and files. `None` when it cannot be made.
    pub fn new(parts: &[(&'static str, Value)]) -> Option<Form> {
        parts.iter().map(|(name, value)| Part::new(name, value)).collect::<Option<_>>().map(Form)
    }
}

impl Part {
    fn new(name: &str, value: &Value) -> Option<Part> {
        let name = name.to_owned();
        if let Some(text) = value.text() {
            return Some(Part { name, file: None, data: text.into_bytes() });
        }
        let file = Some((value.get_text("name")?, value.get_text("type")?));
        let data = value.get_text("data")?.chars().map(u8::try_from).collect::<Result<_, _>>();
        Some(Part { name, file, data: data.ok()? })
    }
}

/// A text as a part of a URL: everything encoded but what `encodeURIComponent` leaves alone.
pub(crate) fn encode(text: &str) -> String {
    const UNRESERVED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    const RESERVED: &AsciiSet =
        &UNRESERVED.remove(b'!').remove(b'\'').remove(b'(').remove(b')').remove(b'*');
    utf8_percent_encode(text, RESERVED).to_string()
}

/// JSON has no bytes: here they are a text, a character for each.
pub(crate) fn serialize_bytes<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&bytes.iter().copied().map(char::from).collect::<String>())
}

impl Value {
    /// An object of these fields.
    pub fn object(fields: &[(&str, Value)]) -> Value {
        Value(fields.iter().map(|(key, Value(json))| ((*key).to_owned(), json.clone())).collect())
    }

    /// A list of these items.
    pub fn list(items: &[Value]) -> Value {
        Value(items.iter().map(|Value(item)| item.clone()).collect())
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

    /// The time that an ISO 8601 text tells, in milliseconds since 1970.
    pub(crate) fn time(&self) -> Option<f64> {
        date::parse_iso(self.0.as_str()?)
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

    /// The same object with another value under `key`.
    pub fn with(mut self, key: &str, value: Value) -> Value {
        if let Json::Object(fields) = &mut self.0 {
            fields.insert(key.to_owned(), value.0);
        }
        self
    }

    /// The object under `key`, with what stands beside it and is not in it.
    pub(crate) fn flattened(self, key: &str) -> Value {
        let Json::Object(mut beside) = self.0 else { return self };
        if let Some(Json::Object(inner)) = beside.remove(key) {
            beside.extend(inner);
        }
        Value(Json::Object(beside))
    }

    /// What is known of the file that this is.
    pub fn file(&self) -> Option<File> {
        let bytes = self.0.get("data")?.as_str()?.chars().count() as f64;
        self.get_text("name")?;
        let mime = self.get_text("type")?;
        let essence = mime.split(';').next().unwrap_or_default();
        Some(File { mime: essence.trim().to_ascii_lowercase(), bytes })
    }

    /// Gives the object, or each of its items under the key `items`, the name `name` for what it
    /// calls `from`: a key, or keys with dots between them.
    pub(crate) fn alias(&mut self, items: Option<&str>, name: &str, from: &str) {
        let objects = match items {
            None => std::slice::from_mut(&mut self.0),
            Some(key) => match self.0.get_mut(key) {
                Some(Json::Array(items)) => items.as_mut_slice(),
                _ => return,
            },
        };
        for object in objects {
            let found = from.split('.').try_fold(&*object, |inner, key| inner.get(key)).cloned();
            if let (Some(found), Json::Object(fields)) = (found, object)
                && fields.get(name).is_none_or(Json::is_null)
            {
                fields.insert(name.to_owned(), found);
            }
        }
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
        Text(text.into())
    }
}
