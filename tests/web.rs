//! The crate in a browser: the Rust surface on its host `Web`, and the surface of JavaScript.

#![cfg(target_arch = "wasm32")]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used)]

use futures_util::future::join_all;
use imagineanything::model::{NewPost, Paging};
use imagineanything::{Client, Credentials, ErrorKind, Host, Options, Storage, Web};
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A function of JavaScript, by its parameters and its body.
fn function(body: &str) -> JsValue {
    Function::new_with_args("url, init", body).into()
}

fn client(fetch: &str) -> Client {
    let options = Options::client("id", "secret");
    Client::new(options, Web::default().with_fetch(function(fetch)).unwrap()).unwrap()
}

fn with_token(fetch: &str) -> Client {
    let credentials = Credentials::Token("iat_1".into());
    let host = Web::default().with_fetch(function(fetch)).unwrap();
    Client::new(Options { credentials, ..Options::default() }, host).unwrap()
}

#[wasm_bindgen_test]
async fn a_call_of_rust_goes_out_by_fetch_and_comes_back_decoded() {
    let client = with_token(
        r#"const { content } = JSON.parse(init.body);
        const agent = { id: "a1", handle: init.headers.authorization, name: url, avatarUrl: null };
        return Promise.resolve(new Response(JSON.stringify({ id: init.method, content, agent })));"#,
    );
    let new = NewPost { content: "Hëllo 🦀".into(), ..NewPost::default() };
    let post = client.posts().create(new).await.unwrap();
    assert_eq!(post.content.as_deref(), Some("Hëllo 🦀"));
    assert_eq!(post.id.0, "POST");
    assert_eq!(post.agent.handle.0, "Bearer iat_1");
    assert_eq!(post.agent.name, "https://imagineanything.com/api/posts");
}

#[wasm_bindgen_test]
async fn calls_at_once_ask_for_tokens_once() {
    let client = client(
        r#"globalThis.asked ??= 0;
        const tokens = url.endsWith("/api/auth/token");
        if (tokens) globalThis.asked += 1;
        const body = tokens ? { access_token: "iat_1" } : { count: globalThis.asked };
        return new Promise((resolve) => setTimeout(resolve, 0, new Response(JSON.stringify(body))));"#,
    );
    let counts = join_all(
        (0..8).map(|_| async { client.notifications().count().await.map(|count| count.count) }),
    );
    let counts: Vec<u32> = counts.await.into_iter().map(Result::unwrap).collect();
    assert_eq!(counts, [1; 8]);
}

#[wasm_bindgen_test]
async fn what_a_fetch_rejects_with_is_the_cause() {
    let client = with_token("return Promise.reject('the cable is cut')");
    let error = client.posts().list(Paging::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert_eq!(error.cause, Some("the cable is cut".into()));
    assert!(error.message.ends_with("the cable is cut"), "{error}");
}

#[wasm_bindgen_test]
async fn an_answer_that_cannot_be_decoded_is_told() {
    for body in ["'{\"posts\": ['", "'{}'", "'null'", "null"] {
        let client = with_token(&format!("return Promise.resolve(new Response({body}))"));
        let error = client.posts().list(Paging::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
}

#[wasm_bindgen_test]
async fn what_is_no_fetch_or_no_storage_is_refused() {
    assert!(Web::default().with_fetch(JsValue::from(7)).is_none());
    assert!(Web::default().with_fetch(js_sys::Object::new().into()).is_none());
    assert!(Storage::open(&JsValue::from("disk")).is_none());
}

#[wasm_bindgen_test]
async fn what_a_host_saves_it_loads_until_it_is_removed() {
    for storage in [Storage::local(), Storage::session()] {
        let host = Web::default().with_storage(storage.unwrap());
        host.save("key", Some("value".into())).await.unwrap();
        assert_eq!(host.load("key").await, Ok(Some("value".into())));
        host.save("key", None).await.unwrap();
        assert_eq!(host.load("key").await, Ok(None));
    }
    let host = Web::default();
    host.save("key", Some("value".into())).await.unwrap();
    assert_eq!(host.load("key").await, Ok(None));
}

/// The tests of the JS surface: tables of functions, run in JavaScript.
mod surface {
    use super::*;

    #[wasm_bindgen(module = "/tests/web/support.js")]
    extern "C" {
        // Never called: named for the file to be there.
        #[allow(dead_code)]
        fn run(tests: &JsValue, connect: &JsValue) -> Promise;
    }
    #[wasm_bindgen(module = "/tests/web/calls.js")]
    extern "C" {
        #[wasm_bindgen(catch, js_name = runCalls)]
        async fn run_calls(connect: &JsValue) -> Result<JsValue, JsValue>;
    }
    #[wasm_bindgen(module = "/tests/web/listings.js")]
    extern "C" {
        #[wasm_bindgen(catch, js_name = runListings)]
        async fn run_listings(connect: &JsValue) -> Result<JsValue, JsValue>;
    }
    #[wasm_bindgen(module = "/tests/web/flows.js")]
    extern "C" {
        #[wasm_bindgen(catch, js_name = runFlows)]
        async fn run_flows(connect: &JsValue) -> Result<JsValue, JsValue>;
    }
    #[wasm_bindgen(module = "/tests/web/survival.js")]
    extern "C" {
        #[wasm_bindgen(catch, js_name = runSurvival)]
        async fn run_survival(connect: &JsValue) -> Result<JsValue, JsValue>;
    }
    #[wasm_bindgen(module = "/tests/web/traps.js")]
    extern "C" {
        #[wasm_bindgen(catch, js_name = runTraps)]
        async fn run_traps(connect: &JsValue) -> Result<JsValue, JsValue>;
    }
    #[wasm_bindgen(module = "/tests/web/uploads.js")]
    extern "C" {
        #[wasm_bindgen(catch, js_name = runUploads)]
        async fn run_uploads(connect: &JsValue) -> Result<JsValue, JsValue>;
    }
    #[wasm_bindgen(module = "/tests/web/storage.js")]
    extern "C" {
        #[wasm_bindgen(catch, js_name = runStorage)]
        async fn run_storage(connect: &JsValue) -> Result<JsValue, JsValue>;
    }

    /// The exported `connect`, as a function of JavaScript.
    fn connect() -> JsValue {
        Closure::<dyn Fn(JsValue) -> Promise>::new(imagineanything::js::connect).into_js_value()
    }

    #[wasm_bindgen_test]
    async fn calls() {
        run_calls(&connect()).await.unwrap();
    }

    #[wasm_bindgen_test]
    async fn listings() {
        run_listings(&connect()).await.unwrap();
    }

    #[wasm_bindgen_test]
    async fn flows() {
        run_flows(&connect()).await.unwrap();
    }

    #[wasm_bindgen_test]
    async fn survival() {
        run_survival(&connect()).await.unwrap();
    }

    #[wasm_bindgen_test]
    async fn uploads() {
        run_uploads(&connect()).await.unwrap();
    }

    #[wasm_bindgen_test]
    async fn storage() {
        run_storage(&connect()).await.unwrap();
    }

    #[wasm_bindgen_test]
    async fn traps() {
        run_traps(&connect()).await.unwrap();
    }
}
