//! What the npm package exports: `connect`, `register` and the classes behind them.
//!
//! No logic lives here: a method reads its arguments while the caller waits, so that changing
//! them later changes nothing (a listing reads its query anew for each page), and hands the rest
//! to the client as a promise.

mod error;
mod flow;
mod options;

use std::future::Future;

use js_sys::{Array, Promise};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::api;
use crate::client::Client;
use crate::error::Error;
use crate::host::Local;
use crate::operation::Spec;
use crate::pages::Walk;
use crate::request::Parts;
use crate::text::{concat, number};
use crate::value::Value;
use crate::web::task::{self, Deferred};

/// Takes 7 kB less than the default allocator.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &'static str = include_str!("types.d.ts");

#[wasm_bindgen(module = "/src/web/js/surface.js")]
extern "C" {
    #[wasm_bindgen(js_name = isDefined)]
    fn is_defined() -> bool;
    fn define(operations: &str, works: &Array);
    fn attach(client: &JsValue, core: &JsValue);
    fn either(one: &JsValue, other: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/src/value/kind.js")]
extern "C" {
    fn snapshot(argument: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/src/web/js/flow.js")]
extern "C" {
    fn works() -> Array;
}

#[wasm_bindgen(module = "/src/web/js/error.js")]
extern "C" {
    fn exported(promise: Promise) -> Promise;
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
        if !is_defined() {
            define(&operations(), &works());
        }
        let handle = JsValue::from(Handle(client.clone()));
        attach(&handle, &Core(client).into());
        Ok(Some(Value(handle)))
    })
}

/// What surface.js makes methods from: a line for each operation, with its id, how many arguments it
/// takes, and the key of its items if it is a listing. It is known by the number of its line.
fn operations() -> String {
    let mut lines = String::new();
    for spec in specs() {
        let takes = number(spec.takes.len());
        let key = spec.pages.unwrap_or_default();
        lines.push_str(&concat(&[spec.id, " ", &takes, " ", key, "\n"]));
    }
    lines
}

fn specs() -> impl Iterator<Item = &'static Spec> {
    api::SPECS.iter().copied().flatten().copied()
}

/// The operation of a number. JavaScript knows no other than those that it was told.
fn spec(number: usize) -> &'static Spec {
    specs().nth(number).unwrap_or(&api::auth::specs::token)
}

/// A client, as the objects of its resources hold it.
#[wasm_bindgen(skip_typescript)]
pub struct Core(Client);

#[wasm_bindgen]
impl Core {
    /// Does an operation: what every method of a resource is. Rejects with the fields of an
    /// `ApiError`.
    ///
    /// It gives nothing back: where a function of WebAssembly gives an object, and calls JavaScript
    /// on its way, V8 of Node 20 ends the process (it cannot deoptimise a call that it inlined).
    pub fn perform(
        &self,
        deferred: Deferred,
        operation: usize,
        args: Vec<JsValue>,
        options: JsValue,
    ) {
        let spec = spec(operation);
        let args: Vec<_> = args.into_iter().map(argument).collect();
        let prepared = options::call(spec, &args, options).and_then(|options| {
            let client = self.0.given(options);
            Ok((client.check(spec, &args)?, client))
        });
        let answer = outcome(Box::pin(async move {
            let (parts, client) = prepared?;
            client.outcome(spec, &parts).await
        }));
        task::promise_by(deferred, answer);
    }

    /// What follows a page of a listing that was asked for with `cursor`, after so many pages before
    /// it and so many items, its own among them: the cursor of the next one, `undefined` for none,
    /// or what is wrong with the page, as the fields of an `ApiError`.
    #[allow(clippy::too_many_arguments)]
    pub fn turn(
        &self,
        operation: usize,
        answer: JsValue,
        cursor: Option<String>,
        pages: u32,
        items: u32,
        max_pages: Option<f64>,
        max_items: Option<f64>,
    ) -> JsValue {
        // More than fit are as good as all.
        let [max_pages, max_items] = [max_pages, max_items].map(|it| it.map(|max| max as u32));
        let mut walk = Walk { cursor, seen: pages, max_pages, items, max_items };
        match walk.pass(spec(operation), &Value(answer)) {
            Ok(true) => walk.cursor.as_deref().into(),
            Ok(false) => JsValue::UNDEFINED,
            Err(error) => error::fields(&error),
        }
    }

    /// Gets tokens by the client credentials.
    pub fn token(&self, deferred: Deferred) {
        by_hand(deferred, self.0.clone(), false);
    }

    /// Gets tokens by the refresh token.
    pub fn refresh(&self, deferred: Deferred) {
        by_hand(deferred, self.0.clone(), true);
    }

    /// How much of each limit is left.
    pub fn limits(&self) -> JsValue {
        let budgets = self.0.limits().map(|(class, budget)| {
            let told = Value::object(&[
                ("limit", f64::from(budget.limit).into()),
                ("remaining", f64::from(budget.remaining).into()),
                ("waitMs", budget.wait_ms.into()),
            ]);
            (class.name(), told)
        });
        Value::object(&budgets).0
    }

    /// Forgets the tokens and the credentials.
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self, deferred: Deferred) {
        let client = self.0.clone();
        task::promise_by(
            deferred,
            Box::pin(async move {
                client.sign_out().await;
                Ok(JsValue::UNDEFINED)
            }),
        );
    }
}

/// Registers an agent.
#[wasm_bindgen(skip_typescript)]
pub fn register(agent: JsValue, options: JsValue) -> Promise {
    let spec = &api::auth::specs::register;
    let prepared =
        options::connection(spec.id, &options::REGISTER, options).and_then(|connection| {
            let client = Client::new(connection.options, connection.host)?.given(connection.call);
            Ok((client.check(spec, &[argument(snapshot(&agent))])?, client))
        });
    promise(async move {
        let (parts, client) = prepared?;
        client.answer(spec, &parts).await
    })
}

/// Settles `deferred` with the tokens that a caller asks for, by the refresh token or by the client
/// credentials.
fn by_hand(deferred: Deferred, client: Client, by_refresh: bool) {
    let answer = given(Box::pin(async move {
        client.admit(&api::auth::specs::token)?;
        let grant = match by_refresh {
            true => client.grant_by_refresh().await?,
            false => client.grant_by_credentials()?,
        };
        if client.is_dry() {
            let parts = client.check(grant.spec(), &[Some(grant.body())])?;
            return Ok(Some(client.dry_run(grant.spec(), &parts)));
        }
        client.grant(grant).await.map(|(_, answer)| Some(answer))
    }));
    task::promise_by(deferred, outcome(answer));
}

/// What a caller gave; `undefined` is nothing.
fn argument(value: JsValue) -> Option<Value> {
    (!value.is_undefined()).then_some(Value(value))
}

/// The promise of an answer. Its rejection is an `ApiError` whose stack is the caller's.
fn promise(answer: impl Future<Output = Result<Option<Value>, Error>> + 'static) -> Promise {
    exported(task::promise(outcome(given(Box::pin(answer)))))
}

/// An answer as JavaScript has it.
fn given(
    answer: Local<'static, Result<Option<Value>, Error>>,
) -> Local<'static, Result<JsValue, Error>> {
    Box::pin(async { Ok(answer.await?.map_or(JsValue::UNDEFINED, |Value(value)| value)) })
}

/// What becomes of a promise. Compiled once, whatever the future is.
fn outcome(
    answer: Local<'static, Result<JsValue, Error>>,
) -> Local<'static, Result<JsValue, JsValue>> {
    Box::pin(async { answer.await.map_err(|error| error::fields(&error)) })
}

impl Client {
    /// What a call comes to, for surface.js: an object with the `value` of the answer and its
    /// `response`, or with the request that it would have sent.
    async fn outcome(&self, spec: &'static Spec, parts: &Parts) -> Result<JsValue, Error> {
        if self.is_dry() {
            return Ok(Value::object(&[("value", self.dry_run(spec, parts))]).0);
        }
        let answer = self.deliver(spec, parts).await?;
        let value = answer.value.map_or(JsValue::UNDEFINED, |Value(value)| value);
        Ok(answer.response.give(&value))
    }
}

/// Fails as the client itself never does, to show what becomes of the calls.
#[cfg(feature = "traps")]
mod traps {
    use super::*;

    #[wasm_bindgen(module = "/src/web/events.js")]
    extern "C" {
        #[wasm_bindgen(thread_local_v2, js_name = promised)]
        static PROMISED: JsValue;
    }

    #[wasm_bindgen]
    impl Core {
        /// The function `promised` of events.js.
        pub fn promised(&self) -> JsValue {
            PROMISED.with(JsValue::clone)
        }

        /// Panics, at once or in the midst of a call.
        #[allow(clippy::panic)]
        pub fn trap(&self, deferred: Deferred, later: bool) {
            let client = self.0.clone();
            let trap = outcome(Box::pin(async move {
                if later {
                    client.pause(&api::auth::specs::token, 1.0).await?;
                }
                panic!("for a test");
            }));
            task::promise_by(deferred, trap);
        }
    }
}
