//! Where tokens are kept. A storage that fails has nothing and keeps nothing; calls go on.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::fetch::settle;
use crate::value::Text;

/// A store of strings.
#[derive(Default)]
pub enum Storage {
    /// None: tokens live as long as the client.
    #[default]
    Memory,
    /// An object and the names of its three methods, each of which may return a promise.
    Object(JsValue, [&'static str; 3]),
}

const LOAD: usize = 0;
const SAVE: usize = 1;
const REMOVE: usize = 2;

impl Storage {
    /// `localStorage`: shared by the tabs of an origin, kept. `None` where there is none.
    pub fn local() -> Option<Storage> {
        Storage::global("localStorage")
    }

    /// `sessionStorage`: for one tab, until it closes. `None` where there is none.
    pub fn session() -> Option<Storage> {
        Storage::global("sessionStorage")
    }

    /// An object with `get(key)`, `set(key, value)` and `remove(key)`. `None` when it lacks one.
    pub fn custom(object: JsValue) -> Option<Storage> {
        Storage::of(object, ["get", "set", "remove"])
    }

    fn global(name: &str) -> Option<Storage> {
        // Even looking at it throws where a page may not store.
        let object = Reflect::get(&js_sys::global(), &name.into()).ok()?;
        Storage::of(object, ["getItem", "setItem", "removeItem"])
    }

    fn of(object: JsValue, methods: [&'static str; 3]) -> Option<Storage> {
        let all = methods.iter().all(|name| method(&object, name).is_some());
        all.then_some(Storage::Object(object, methods))
    }

    pub(super) async fn load(&self, key: &str) -> Option<Text> {
        let value = self.invoke(LOAD, [Some(JsValue::from_str(key)), None]).await?;
        value.is_string().then_some(Text(value))
    }

    pub(super) async fn save(&self, key: &str, value: Option<Text>) {
        let key = Some(JsValue::from_str(key));
        match value {
            Some(Text(text)) => self.invoke(SAVE, [key, Some(text)]).await,
            None => self.invoke(REMOVE, [key, None]).await,
        };
    }

    async fn invoke(&self, which: usize, args: [Option<JsValue>; 2]) -> Option<JsValue> {
        let Storage::Object(object, methods) = self else { return None };
        let method = method(object, methods.get(which)?)?;
        let args: Array = args.into_iter().flatten().collect();
        settle(method.apply(object, &args)).await.ok()
    }
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    if !object.is_object() {
        return None;
    }
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}
