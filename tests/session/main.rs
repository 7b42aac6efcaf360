//! Tokens: when a client gets them, renews them, stores them and forgets them.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../common/mod.rs"]
mod common;
mod renewal;
mod sign_out;
mod storage;
mod tokens;

use common::connect;
use imagineanything::model::{Count, Paging};
use imagineanything::{Client, Credentials, Error, Script};
use serde_json::{Value, json};

const COUNT: &str = r#"{"count": 7}"#;
const NO_POSTS: &str = r#"{"posts": []}"#;
const REFUSED: &str = r#"{"error": "invalid_grant", "message": "The refresh token is used up"}"#;
const TOKEN: &str = "POST /api/auth/token";
const KEY: &str = "imagineanything:https://imagineanything.com:id";

fn with_secret(script: &Script) -> Client {
    connect(Credentials::Client { id: "id".into(), secret: "hush".into() }, script)
}

fn stored(script: &Script) -> Client {
    connect(Credentials::Stored { id: "id".into() }, script)
}

/// A client that got `iat_1` and `iar_1`, which live for an hour, for its first call.
fn signed_in(script: &Script) -> Client {
    let client = with_secret(script);
    answer_tokens(script, 1);
    script.answer(200, COUNT);
    script.run(count(&client)).unwrap();
    client
}

fn answer_tokens(script: &Script, number: u32) {
    let tokens = json!({
        "access_token": format!("iat_{number}"),
        "refresh_token": format!("iar_{number}"),
        "token_type": "Bearer",
        "expires_in": 3600,
    });
    script.answer(200, &tokens.to_string());
}

/// A call that needs a token.
async fn count(client: &Client) -> Result<Count, Error> {
    client.notifications().count().await
}

/// A call that takes a token if there is one.
async fn read(client: &Client) -> Result<(), Error> {
    client.posts().list(Paging::default()).await.map(drop)
}

/// What was sent after the first `skip` requests: method and path, and the token or the grant.
fn sent(script: &Script, skip: usize) -> Vec<(String, String)> {
    let told = script.requests().into_iter().skip(skip).map(|request| {
        let path = request.url.trim_start_matches("https://imagineanything.com");
        let token = request.header("authorization").unwrap_or("none");
        let proof = if path == "/api/auth/token" { grant(&request.body) } else { token.into() };
        (format!("{} {path}", request.method), proof)
    });
    told.collect()
}

fn grant(body: &Option<String>) -> String {
    let body: Value = serde_json::from_str(body.as_ref().unwrap()).unwrap();
    match body["refresh_token"].as_str() {
        Some(token) => token.to_owned(),
        None => format!("{}:{}", body["client_id"], body["client_secret"]).replace('"', ""),
    }
}

fn line(request: &str, proof: &str) -> (String, String) {
    (request.to_owned(), proof.to_owned())
}

fn counted(token: &str) -> (String, String) {
    line("GET /api/notifications/count", &format!("Bearer {token}"))
}
