//! The platform of browsers, Cloudflare Workers and Node: fetch, timers, storage, the clock.

mod event;
mod fetch;
#[cfg(feature = "js")]
pub mod js;
mod storage;
mod task;

pub use fetch::Response;
pub(crate) use fetch::{Together, beginning};
pub use storage::Storage;

use js_sys::{Date, Math};
use wasm_bindgen::JsValue;

use crate::event::Event;
use crate::host::{Failure, Host, Local, Paused, Reply, Request, Signal, Unstored};
use crate::value::Text;

/// The host of a client in WebAssembly. The default uses the global `fetch`, stores nothing and
/// tells nobody.
pub struct Web {
    fetch: JsValue,
    storage: Storage,
    listener: JsValue,
}

impl Default for Web {
    fn default() -> Web {
        Web { fetch: JsValue::UNDEFINED, storage: Storage::default(), listener: JsValue::UNDEFINED }
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

    /// Tells `listener`, a function, of every event. What it throws is nobody's fault.
    pub fn with_listener(self, listener: JsValue) -> Web {
        Web { listener, ..self }
    }
}

impl Host for Web {
    fn send<'a>(&'a self, request: Request) -> Local<'a, Result<Reply, Failure>> {
        Box::pin(fetch::send(&self.fetch, request))
    }

    fn pause<'a>(&'a self, ms: f64, signal: Option<&Signal>) -> Local<'a, Paused> {
        Box::pin(fetch::pause(ms, signal))
    }

    fn spawn(&self, task: Local<'static, ()>) {
        task::spawn(task);
    }

    fn now(&self) -> f64 {
        Date::now()
    }

    fn monotonic(&self) -> f64 {
        task::now()
    }

    fn random(&self) -> f64 {
        Math::random()
    }

    fn load<'a>(&'a self, key: &'a str) -> Local<'a, Result<Option<Text>, Unstored>> {
        Box::pin(self.storage.load(key))
    }

    fn save<'a>(&'a self, key: &'a str, value: Option<Text>) -> Local<'a, Result<(), Unstored>> {
        Box::pin(self.storage.save(key, value))
    }

    fn calls_may_wait_for_each_other(&self) -> bool {
        fetch::shares_promises()
    }

    fn storage_is_shared(&self) -> bool {
        self.storage.is_shared()
    }

    fn is_page(&self) -> bool {
        fetch::is_page()
    }

    fn listens(&self) -> bool {
        !self.listener.is_undefined()
    }

    fn emit(&self, event: Event) {
        event::emit(&self.listener, &event);
    }
}
