//! The platform of browsers, Cloudflare Workers and Node: fetch, storage, the clock.

mod fetch;
#[cfg(feature = "js")]
pub mod js;
mod storage;

pub use storage::Storage;

use js_sys::Date;
use wasm_bindgen::JsValue;

use crate::host::{Failure, Host, Local, Reply, Request};
use crate::value::Text;

/// The host of a client in WebAssembly. The default uses the global `fetch` and stores nothing.
pub struct Web {
    fetch: JsValue,
    storage: Storage,
}

impl Default for Web {
    fn default() -> Web {
        Web { fetch: JsValue::UNDEFINED, storage: Storage::default() }
    }
}

impl Web {
    /// Sends through `fetch`: a function, or an object with a method of that name, such as a
    /// service binding. `None` when it is neither.
    pub fn with_fetch(self, fetch: JsValue) -> Option<Web> {
        fetch::is_fetch(&fetch).then_some(Web { fetch, ..self })
    }

    /// Keeps tokens in `storage`.
    pub fn with_storage(self, storage: Storage) -> Web {
        Web { storage, ..self }
    }
}

impl Host for Web {
    fn send<'a>(&'a self, request: Request) -> Local<'a, Result<Reply, Failure>> {
        Box::pin(fetch::send(&self.fetch, request))
    }

    fn now(&self) -> f64 {
        Date::now()
    }

    fn load<'a>(&'a self, key: &'a str) -> Local<'a, Option<Text>> {
        Box::pin(self.storage.load(key))
    }

    fn save<'a>(&'a self, key: &'a str, value: Option<Text>) -> Local<'a, ()> {
        Box::pin(self.storage.save(key, value))
    }

    fn calls_may_wait_for_each_other(&self) -> bool {
        fetch::shares_promises()
    }
}
