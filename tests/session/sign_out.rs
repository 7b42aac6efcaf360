//! Signing out and closing, also amid a renewal.

use futures_util::future::join;
use imagineanything::{Answer, Client, Error, ErrorKind, Host, Script};

use crate::{KEY, NO_POSTS, REFUSED, TOKEN, count, line, read, sent, signed_in};

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
    let (called, ()) = script.run(join(count(client), async {
        script.pause(5.0, None).await;
        client.auth().sign_out().await;
    }));
    called.unwrap_err()
}

/// From now on each request is answered so, ten milliseconds later.
fn answer_late(script: &Script, status: u16, body: &'static str) {
    script.serve(move |_, _| (10.0, Answer::new(status, body)));
}

#[test]
fn a_sign_out_wins_over_a_renewal_that_succeeds() {
    let script = Script::default();
    let client = signed_in(&script);
    script.advance(3600.0);
    answer_late(&script, 200, r#"{"access_token": "iat_2", "refresh_token": "iar_2"}"#);
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
    answer_late(&script, 400, REFUSED);
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

#[test]
fn closing_amid_a_renewal_ends_it_and_the_call() {
    let script = Script::default();
    let client = signed_in(&script);
    let before = script.stored(KEY);
    script.advance(3600.0);
    answer_late(&script, 200, r#"{"access_token": "iat_2", "refresh_token": "iar_2"}"#);
    let (called, ()) = script.run(join(count(&client), async {
        script.pause(5.0, None).await;
        client.close();
    }));
    assert_eq!(called.unwrap_err().kind(), ErrorKind::Aborted);
    assert_eq!(sent(&script, 2), [line(TOKEN, "iar_1")]);
    assert_eq!(script.stored(KEY), before);
}
