//! Tokens: when a client gets them, renews them, stores them and forgets them.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::connect;
use futures_util::future::{join, join_all};
use imagineanything::model::{Count, Paging};
use imagineanything::{Client, Credentials, Error, ErrorKind, Host, Script};
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

#[test]
fn tokens_come_with_the_first_call_that_needs_them_and_are_kept() {
    let script = Script::default();
    let client = with_secret(&script);
    assert_eq!(sent(&script, 0), []);
    answer_tokens(&script, 1);
    script.answer(200, COUNT);
    script.answer(200, COUNT);
    script.run(count(&client)).unwrap();
    script.run(count(&client)).unwrap();
    let expected = [line(TOKEN, "id:hush"), counted("iat_1"), counted("iat_1")];
    assert_eq!(sent(&script, 0), expected);
}

#[test]
fn clones_of_a_client_share_its_tokens() {
    let script = Script::default();
    let client = signed_in(&script);
    script.answer(200, COUNT);
    script.run(count(&client.clone())).unwrap();
    assert_eq!(sent(&script, 2), [counted("iat_1")]);
}

#[test]
fn a_token_is_renewed_a_minute_before_its_end() {
    for (age, renewed) in [(3539.0, false), (3540.0, true), (9999.0, true)] {
        let script = Script::default();
        let client = signed_in(&script);
        script.advance(age);
        if renewed {
            answer_tokens(&script, 2);
        }
        script.answer(200, COUNT);
        script.run(count(&client)).unwrap();
        let expected = match renewed {
            true => vec![line(TOKEN, "iar_1"), counted("iat_2")],
            false => vec![counted("iat_1")],
        };
        assert_eq!(sent(&script, 2), expected, "after {age} s");
    }
}

#[test]
fn a_token_whose_life_is_not_told_lives_for_an_hour() {
    let script = Script::default();
    let client = with_secret(&script);
    script.answer(200, r#"{"access_token": "iat_1"}"#);
    for (skip, at) in [(1, 0.0), (2, 3539.0)] {
        script.advance(at);
        script.answer(200, COUNT);
        script.run(count(&client)).unwrap();
        assert_eq!(sent(&script, skip), [counted("iat_1")]);
    }
    script.advance(1.0);
    answer_tokens(&script, 2);
    script.answer(200, COUNT);
    script.run(count(&client)).unwrap();
    assert_eq!(sent(&script, 3), [line(TOKEN, "id:hush"), counted("iat_2")]);
}

#[test]
fn a_refused_refresh_falls_back_to_the_client_credentials() {
    for status in [400, 401] {
        let script = Script::default();
        let client = signed_in(&script);
        script.advance(3600.0);
        script.answer(status, REFUSED);
        answer_tokens(&script, 2);
        script.answer(200, COUNT);
        script.run(count(&client)).unwrap();
        let expected = [line(TOKEN, "iar_1"), line(TOKEN, "id:hush"), counted("iat_2")];
        assert_eq!(sent(&script, 2), expected, "{status}");
    }
}

#[test]
fn a_refresh_that_fails_otherwise_is_tried_again_by_the_next_call() {
    for (status, kind) in [(429, ErrorKind::RateLimited), (503, ErrorKind::Server)] {
        let script = Script::default();
        let client = signed_in(&script);
        script.advance(3600.0);
        script.answer(status, "");
        let error = script.run(count(&client)).unwrap_err();
        assert_eq!((error.kind(), error.operation), (kind, "notifications.count"));
        answer_tokens(&script, 2);
        script.answer(200, COUNT);
        script.run(count(&client)).unwrap();
        let expected = [line(TOKEN, "iar_1"), line(TOKEN, "iar_1"), counted("iat_2")];
        assert_eq!(sent(&script, 2), expected, "{status}");
    }
}

#[test]
fn a_refresh_without_a_new_refresh_token_keeps_the_old_one() {
    let script = Script::default();
    let client = signed_in(&script);
    for number in [2, 3] {
        script.advance(3600.0);
        script.answer(200, &format!(r#"{{"access_token": "iat_{number}", "expires_in": 3600}}"#));
        script.answer(200, COUNT);
        script.run(count(&client)).unwrap();
    }
    let expected = [line(TOKEN, "iar_1"), counted("iat_2"), line(TOKEN, "iar_1"), counted("iat_3")];
    assert_eq!(sent(&script, 2), expected);
}

#[test]
fn a_call_refused_for_its_token_renews_once_and_is_repeated() {
    let script = Script::default();
    let client = signed_in(&script);
    script.answer(401, "");
    answer_tokens(&script, 2);
    script.answer(200, COUNT);
    assert_eq!(script.run(count(&client)).unwrap().count, 7);
    let expected = [counted("iat_1"), line(TOKEN, "iar_1"), counted("iat_2")];
    assert_eq!(sent(&script, 2), expected);
}

#[test]
fn a_second_refusal_is_final() {
    let script = Script::default();
    let client = signed_in(&script);
    script.answer(401, "");
    answer_tokens(&script, 2);
    script.answer(401, r#"{"error": "suspended", "message": "No more"}"#);
    let error = script.run(count(&client)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!((error.status, error.code.as_deref()), (Some(401), Some("suspended")));
    assert_eq!(sent(&script, 2).len(), 3);
}

#[test]
fn a_refusal_that_no_renewal_can_help_is_final_at_once() {
    for credentials in [Credentials::None, Credentials::Token("iat_mine".into())] {
        let script = Script::default();
        let client = connect(credentials, &script);
        script.answer(401, "");
        let error = script.run(read(&client)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unauthorized);
        assert_eq!(script.requests().len(), 1);
    }
}

#[test]
fn refused_credentials_are_told_as_such_and_of_the_call() {
    for status in [400, 401] {
        let script = Script::default();
        let client = with_secret(&script);
        script.answer(status, r#"{"error": "invalid_client", "message": "Unknown"}"#);
        let error = script.run(count(&client)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unauthorized, "{status}");
        assert_eq!(error.operation, "notifications.count");
        assert_eq!(error.code.as_deref(), Some("invalid_client"));
        assert_eq!(script.requests().len(), 1);
    }
}

#[test]
fn calls_at_once_share_one_renewal() {
    let script = Script::default();
    let client = with_secret(&script);
    answer_tokens(&script, 1);
    (0..8).for_each(|_| script.answer(200, COUNT));
    let results = script.run(join_all((0..8).map(|_| count(&client))));
    assert!(results.iter().all(Result::is_ok));
    let expected = [vec![line(TOKEN, "id:hush")], vec![counted("iat_1"); 8]].concat();
    assert_eq!(sent(&script, 0), expected);
}

#[test]
fn calls_refused_at_once_share_one_renewal() {
    let script = Script::default();
    let client = signed_in(&script);
    (0..8).for_each(|_| script.answer(401, ""));
    answer_tokens(&script, 2);
    (0..8).for_each(|_| script.answer(200, COUNT));
    let results = script.run(join_all((0..8).map(|_| count(&client))));
    assert!(results.iter().all(Result::is_ok));
    let refused = vec![counted("iat_1"); 8];
    let renewed = vec![line(TOKEN, "iar_1")];
    assert_eq!(sent(&script, 2), [refused, renewed, vec![counted("iat_2"); 8]].concat());
}

#[test]
fn calls_at_once_share_the_failure_of_a_renewal_and_the_next_call_tries_anew() {
    let script = Script::default();
    let client = with_secret(&script);
    script.fail("the cable is cut");
    let (counts, reads) = script.run(join(
        join_all((0..4).map(|_| count(&client))),
        join_all((0..4).map(|_| read(&client))),
    ));
    for error in counts.into_iter().map(Result::unwrap_err) {
        assert_eq!((error.kind(), error.operation), (ErrorKind::Network, "notifications.count"));
    }
    for error in reads.into_iter().map(Result::unwrap_err) {
        assert_eq!((error.kind(), error.operation), (ErrorKind::Network, "posts.list"));
    }
    answer_tokens(&script, 1);
    script.answer(200, COUNT);
    script.run(count(&client)).unwrap();
    let asked = line(TOKEN, "id:hush");
    assert_eq!(sent(&script, 0), [asked.clone(), asked, counted("iat_1")]);
}

#[test]
fn tokens_are_stored_for_the_service_and_the_client_and_the_secret_is_not() {
    let script = Script::default();
    signed_in(&script);
    let record = script.stored(KEY).unwrap();
    let expected =
        json!({"accessToken": "iat_1", "refreshToken": "iar_1", "expiresAt": 3_600_000.0});
    assert_eq!(serde_json::from_str::<Value>(&record).unwrap(), expected);
}

#[test]
fn another_client_goes_on_with_the_stored_tokens() {
    for client in [with_secret, stored] {
        let script = Script::default();
        signed_in(&script);
        script.answer(200, COUNT);
        script.run(count(&client(&script))).unwrap();
        assert_eq!(sent(&script, 2), [counted("iat_1")]);
    }
}

#[test]
fn a_renewal_looks_first_whether_another_client_made_it() {
    let script = Script::default();
    let (mine, others) = (signed_in(&script), with_secret(&script));
    script.advance(3600.0);
    answer_tokens(&script, 2);
    script.answer(200, COUNT);
    script.answer(200, COUNT);
    script.run(count(&others)).unwrap();
    script.run(count(&mine)).unwrap();
    let expected = [line(TOKEN, "iar_1"), counted("iat_2"), counted("iat_2")];
    assert_eq!(sent(&script, 2), expected);
}

#[test]
fn what_is_no_record_in_the_storage_is_let_be() {
    for garbage in ["", "garbage", "null", "[]", "7", "{}", r#"{"accessToken": 7}"#] {
        let script = Script::default();
        script.run(script.save(KEY, Some(garbage.into())));
        signed_in(&script);
        assert_eq!(sent(&script, 0), [line(TOKEN, "id:hush"), counted("iat_1")], "{garbage}");
        assert!(script.stored(KEY).unwrap().contains("iat_1"), "{garbage}");
    }
}

#[test]
fn a_client_that_lives_on_stored_tokens_renews_them_but_cannot_sign_in() {
    let script = Script::default();
    signed_in(&script);
    script.advance(3600.0);
    let client = stored(&script);
    answer_tokens(&script, 2);
    script.answer(200, COUNT);
    script.run(count(&client)).unwrap();
    assert_eq!(sent(&script, 2), [line(TOKEN, "iar_1"), counted("iat_2")]);

    script.advance(3600.0);
    script.answer(400, REFUSED);
    let error = script.run(count(&client)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(error.code.as_deref(), Some("invalid_grant"));
    assert_eq!(sent(&script, 4), [line(TOKEN, "iar_2")]);
}

#[test]
fn without_a_token_to_be_had_calls_go_anonymously_or_not_at_all() {
    for client in [|script: &Script| connect(Credentials::None, script), stored] {
        let script = Script::default();
        let client = client(&script);
        let error = script.run(count(&client)).unwrap_err();
        let told = (error.kind(), error.operation, error.retryable);
        assert_eq!(told, (ErrorKind::Unauthorized, "notifications.count", false));
        assert_eq!(sent(&script, 0), []);
        script.answer(200, NO_POSTS);
        script.run(read(&client)).unwrap();
        assert_eq!(sent(&script, 0), [line("GET /api/posts", "none")]);
    }
}

#[test]
fn with_credentials_what_everybody_may_read_is_read_as_oneself() {
    let script = Script::default();
    let client = with_secret(&script);
    answer_tokens(&script, 1);
    script.answer(200, NO_POSTS);
    script.run(read(&client)).unwrap();
    let expected = [line(TOKEN, "id:hush"), line("GET /api/posts", "Bearer iat_1")];
    assert_eq!(sent(&script, 0), expected);
}

#[test]
fn tokens_can_be_had_and_renewed_by_hand() {
    let script = Script::default();
    let client = with_secret(&script);
    let error = script.run(client.auth().refresh()).unwrap_err();
    assert_eq!((error.kind(), error.operation), (ErrorKind::Unauthorized, "auth.refresh"));
    answer_tokens(&script, 1);
    answer_tokens(&script, 2);
    script.answer(200, COUNT);
    script.run(client.auth().token()).unwrap();
    assert_eq!(script.run(client.auth().refresh()).unwrap().access_token.0, "iat_2");
    script.run(count(&client)).unwrap();
    let expected = [line(TOKEN, "id:hush"), line(TOKEN, "iar_1"), counted("iat_2")];
    assert_eq!(sent(&script, 0), expected);
    assert!(script.stored(KEY).unwrap().contains("iar_2"));
}

#[test]
fn without_a_secret_no_tokens_can_be_had_by_hand() {
    let script = Script::default();
    let all = [
        Credentials::None,
        Credentials::Token("t".into()),
        Credentials::Stored { id: "id".into() },
    ];
    for credentials in all {
        let error = script.run(connect(credentials, &script).auth().token()).unwrap_err();
        assert_eq!((error.kind(), error.operation), (ErrorKind::Unauthorized, "auth.token"));
    }
    assert_eq!(sent(&script, 0), []);
}

#[test]
fn an_answer_without_a_token_is_told() {
    for body in ["", "{}", "[]", r#"{"access_token": 7}"#] {
        let script = Script::default();
        script.answer(200, body);
        let error = script.run(count(&with_secret(&script))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(script.stored(KEY), None);
    }
}

#[test]
fn a_sign_out_forgets_tokens_and_credentials() {
    let script = Script::default();
    let client = signed_in(&script);
    script.run(client.auth().sign_out());
    assert_eq!(script.stored(KEY), None);
    assert_eq!(script.run(count(&client)).unwrap_err().kind(), ErrorKind::Unauthorized);
    script.answer(200, NO_POSTS);
    script.run(read(&client)).unwrap();
    assert_eq!(sent(&script, 2), [line("GET /api/posts", "none")]);
}

/// Makes a call that must renew first, and signs out while the renewal is under way.
fn sign_out_amid_a_renewal(script: &Script, client: &Client) -> Error {
    let (called, ()) = script.run(join(count(client), client.auth().sign_out()));
    called.unwrap_err()
}

#[test]
fn a_sign_out_wins_over_a_renewal_that_succeeds() {
    let script = Script::default();
    let client = signed_in(&script);
    script.advance(3600.0);
    answer_tokens(&script, 2);
    let error = sign_out_amid_a_renewal(&script, &client);
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(script.stored(KEY), None);
    assert_eq!(sent(&script, 2), [line(TOKEN, "iar_1")]);
}

#[test]
fn a_sign_out_wins_over_a_renewal_that_would_fall_back_to_the_secret() {
    let script = Script::default();
    let client = signed_in(&script);
    script.advance(3600.0);
    script.answer(400, REFUSED);
    answer_tokens(&script, 2);
    script.answer(200, COUNT);
    let error = sign_out_amid_a_renewal(&script, &client);
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert_eq!(sent(&script, 2), [line(TOKEN, "iar_1")]);
}

#[test]
fn a_closed_client_sends_nothing_and_leaves_the_storage_as_it_is() {
    let script = Script::default();
    let client = signed_in(&script);
    client.close();
    for error in [script.run(count(&client)).unwrap_err(), script.run(read(&client)).unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Aborted);
    }
    assert_eq!(script.requests().len(), 2);
    assert!(script.stored(KEY).is_some());
}
