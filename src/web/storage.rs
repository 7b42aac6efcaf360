//! Where tokens are kept, through storage.js.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use super::task::{Outcome, event};
use crate::host::{Local, Store, Unstored};
use crate::value::Text;

/// A store of strings. The default is none: tokens live as long as the client.
#[derive(Default)]
pub struct Storage {
    methods: Option<JsValue>,
    /// Whether the tabs of an origin share it.
    shared: bool,
}

#[wasm_bindgen(module = "/src/web/storage.js")]
extern "C" {
    #[wasm_bindgen(js_name = openStorage)]
    fn open_storage(given: &JsValue, keeps_all: bool) -> JsValue;
    fn load(id: f64, storage: &JsValue, key: &str);
    fn save(id: f64, storage: &JsValue, key: &str, value: &JsValue);
}

impl Storage {
    /// `localStorage`: shared by the tabs of an origin, kept. `None` where there is none.
    pub fn local() -> Option<Storage> {
        Storage::open(&"local".into())
    }

    /// `sessionStorage`: for one tab, until it closes. `None` where there is none.
    pub fn session() -> Option<Storage> {
        Storage::open(&"session".into())
    }

    /// `"local"`, `"session"`, or an object with `get(key)`, `set(key, value)` and `remove(key)`,
    /// each of which may return a promise. `None` for anything else.
    pub fn open(given: &JsValue) -> Option<Storage> {
        Storage::opened(given, false)
    }

    /// The same for one that nothing is removed from: it needs no `remove`.
    #[cfg(feature = "js")]
    pub(super) fn open_to_keep(given: &JsValue) -> Option<Storage> {
        Storage::opened(given, true)
    }

    fn opened(given: &JsValue, keeps_all: bool) -> Option<Storage> {
        let storage = open_storage(given, keeps_all);
        let shared = *given == "local";
        (!storage.is_undefined()).then_some(Storage { methods: Some(storage), shared })
    }

    pub(super) fn is_shared(&self) -> bool {
        self.shared
    }

    pub(super) async fn load(&self, key: &str) -> Result<Option<Text>, Unstored> {
        let Some(storage) = &self.methods else { return Ok(None) };
        let value = done(event(|id| load(id, storage, key)).await)?;
        Ok(value.is_string().then_some(Text(value)))
    }

    pub(super) async fn save(&self, key: &str, value: Option<Text>) -> Result<(), Unstored> {
        let Some(storage) = &self.methods else { return Ok(()) };
        let value = value.map_or(JsValue::UNDEFINED, |Text(value)| value);
        done(event(|id| save(id, storage, key, &value)).await).map(drop)
    }
}

impl Store for Storage {
    fn load<'a>(&'a self, key: &'a str) -> Local<'a, Result<Option<Text>, Unstored>> {
        Box::pin(Storage::load(self, key))
    }

    fn save<'a>(&'a self, key: &'a str, value: Option<Text>) -> Local<'a, Result<(), Unstored>> {
        Box::pin(Storage::save(self, key, value))
    }
}

fn done(outcome: Outcome) -> Result<JsValue, Unstored> {
    if outcome.failure().is_some() { Err(Unstored) } else { Ok(outcome.value()) }
}
