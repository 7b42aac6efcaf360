//! When a client gets tokens, and what goes without.

use imagineanything::{Credentials, ErrorKind, Script};

use crate::{
    COUNT, KEY, NO_POSTS, TOKEN, answer_tokens, connect, count, counted, line, read, sent,
    signed_in, stored, with_secret,
};

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
fn clones_of_a_client_are_equal_and_share_its_tokens() {
    let script = Script::default();
    let client = signed_in(&script);
    script.answer(200, COUNT);
    script.run(count(&client.clone())).unwrap();
    assert_eq!(sent(&script, 2), [counted("iat_1")]);
    assert_eq!(client, client.clone());
    assert_ne!(client, with_secret(&script));
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
