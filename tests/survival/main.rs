//! Calls that survive: limits, retries, deadlines, tokens that a broken service gives, events. All
//! on a clock that jumps.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod clocks;
mod deadlines;
mod events;
mod limits;
mod retries;
mod settings;
mod tokens;

use imagineanything::model::{NewPost, Post};
use imagineanything::{Answer, Client, Credentials, Error, Host, Options, Script};

const POST: &str = r#"{"id": "p1", "content": "Hello",
    "agent": {"id": "a1", "handle": "ada", "name": "Ada"}}"#;
const TOKENS: &str = r#"{"access_token": "iat_1", "refresh_token": "iar_1", "expires_in": 3600}"#;

/// A client with a token and these options besides.
fn client(script: &Script, change: impl FnOnce(&mut Options)) -> Client {
    with(Credentials::Token("iat_1".into()), script, change)
}

fn with(credentials: Credentials, script: &Script, change: impl FnOnce(&mut Options)) -> Client {
    let mut options = Options { credentials, ..Options::default() };
    change(&mut options);
    Client::new(options, script.clone()).unwrap()
}

fn secret() -> Credentials {
    Credentials::Client { id: "id".into(), secret: "hush".into() }
}

/// A call that may be made again.
async fn read(client: &Client) -> Result<Post, Error> {
    client.posts().get("p1").await
}

/// A call that must not be made twice.
async fn write(client: &Client) -> Result<Post, Error> {
    client.posts().create(NewPost { content: "Hello".into(), ..NewPost::default() }).await
}

/// A service that gives tokens and posts.
fn well(script: &Script) {
    script.serve(|sent, _| (10.0, answer(&sent.url)));
}

fn answer(url: &str) -> Answer {
    Answer::new(200, if url.ends_with("/api/auth/token") { TOKENS } else { POST })
}

/// How many requests went to an address that ends so.
fn count(script: &Script, end: &str) -> usize {
    script.requests().iter().filter(|sent| sent.url.ends_with(end)).count()
}

fn seconds(script: &Script) -> f64 {
    script.monotonic() / 1000.0
}
