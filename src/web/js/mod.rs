//! What the npm package exports: `connect`, `register` and the classes behind them.
//!
//! No logic lives here: a method reads its arguments while the caller waits, so that changing
//! them later changes nothing (a listing reads its query anew for each page), and hands the rest
//! to the client as a promise.

mod error;
mod listing;
mod options;

use std::future::Future;

use js_sys::Promise;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;

use crate::api;
use crate::client::Client;
use crate::error::Error;
use crate::host::Local;
use crate::operation::Spec;
use crate::request::Parts;
use crate::value::Value;

/// Takes 7 kB less than the default allocator.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &'static str = include_str!("types.d.ts");

#[wasm_bindgen(module = "/src/web/js/client.js")]
extern "C" {
    fn attach(client: &JsValue, name: &str, resource: &JsValue);
}

#[wasm_bindgen(module = "/src/web/js/error.js")]
extern "C" {
    fn settled(promise: Promise) -> Promise;
}

/// A client, as JavaScript holds it. Freeing it closes it.
#[wasm_bindgen(js_name = Client, skip_typescript)]
pub struct Handle(Client);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// A client of these options. Nothing is sent yet.
#[wasm_bindgen(skip_typescript)]
pub fn connect(options: JsValue) -> Promise {
    let client = options::connection("connect", &options::CONNECT, options)
        .and_then(|connection| Client::new(connection.options, connection.host));
    promise(async move {
        let client = client?;
        let handle = JsValue::from(Handle(client.clone()));
        attach(&handle, "auth", &AuthHandle(client.clone()).into());
        for Property { name, resource, operations } in api::properties(&client) {
            listing::wrap(&resource, operations);
            attach(&handle, name, &resource);
        }
        Ok(Some(Value(handle)))
    })
}

/// A property of the JS client.
pub(crate) struct Property {
    pub name: &'static str,
    pub resource: JsValue,
    pub operations: &'static [&'static Spec],
}

/// Registers an agent.
#[wasm_bindgen(skip_typescript)]
pub fn register(agent: JsValue, options: JsValue) -> Promise {
    let spec = &api::auth::specs::register;
    let prepared =
        options::connection(spec.id, &options::REGISTER, options).and_then(|connection| {
            let client = Client::new(connection.options, connection.host)?;
            Ok((client, Parts::new(spec, &[argument(agent)])?, connection.call))
        });
    promise(async move {
        let (client, parts, options) = prepared?;
        client.send(spec, &parts, &options).await
    })
}

/// Does an operation: what every method of a resource is.
pub(crate) fn call(
    client: &Client,
    spec: &'static Spec,
    args: Vec<JsValue>,
    options: JsValue,
) -> Promise {
    let prepared = options::call(spec, options).and_then(|options| {
        let args: Vec<_> = args.into_iter().map(argument).collect();
        Ok((Parts::new(spec, &args)?, options))
    });
    let client = client.clone();
    promise(async move {
        let (parts, options) = prepared?;
        client.send(spec, &parts, &options).await
    })
}

/// The tokens of a client, by hand.
#[wasm_bindgen(js_name = Auth, skip_typescript)]
pub struct AuthHandle(Client);

#[wasm_bindgen(js_class = Auth)]
impl AuthHandle {
    #[wasm_bindgen(skip_typescript)]
    pub fn token(&self) -> Promise {
        let client = self.0.clone();
        promise(async move {
            let grant = client.grant_by_credentials()?;
            client.grant(grant).await.map(|(_, answer)| Some(answer))
        })
    }

    #[wasm_bindgen(skip_typescript)]
    pub fn refresh(&self) -> Promise {
        let client = self.0.clone();
        promise(async move {
            let grant = client.grant_by_refresh().await?;
            client.grant(grant).await.map(|(_, answer)| Some(answer))
        })
    }

    #[wasm_bindgen(skip_typescript, js_name = signOut)]
    pub fn sign_out(&self) -> Promise {
        let client = self.0.clone();
        promise(async move {
            client.sign_out().await;
            Ok(None)
        })
    }
}

/// What a caller gave; `undefined` is nothing.
fn argument(value: JsValue) -> Option<Value> {
    (!value.is_undefined()).then_some(Value(value))
}

/// The promise of an answer. Its rejection is an `ApiError` whose stack is the caller's.
fn promise(answer: impl Future<Output = Result<Option<Value>, Error>> + 'static) -> Promise {
    settle(Box::pin(answer))
}

/// Compiled once, whatever the future is.
fn settle(answer: Local<'static, Result<Option<Value>, Error>>) -> Promise {
    settled(future_to_promise(async move {
        match answer.await {
            Ok(Some(Value(value))) => Ok(value),
            Ok(None) => Ok(JsValue::UNDEFINED),
            Err(error) => Err(error::fields(&error)),
        }
    }))
}
