//! Tokens in a storage: what is kept, and who goes on with it.

use futures_util::future::join;
use imagineanything::{ErrorKind, Host, Script};
use serde_json::{Value, json};

use crate::{
    COUNT, KEY, NO_POSTS, REFUSED, TOKEN, answer_tokens, count, counted, line, read, sent,
    signed_in, stored, with_secret,
};

#[test]
fn tokens_are_stored_for_the_service_and_the_client_and_the_secret_is_not() {
    let script = Script::default();
    signed_in(&script);
    let record = script.stored(KEY).unwrap();
    let expected = json!({
        "accessToken": "iat_1",
        "refreshToken": "iar_1",
        "expiresAt": 3_600_000.0,
        "renewAt": 3_540_000.0,
    });
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
        script.run(script.save(KEY, Some(garbage.into()))).unwrap();
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
fn a_refresh_token_that_another_client_uses_up_at_the_same_time_ends_no_session() {
    let script = Script::default();
    signed_in(&script);
    script.advance(3600.0);
    let (mine, others) = (stored(&script), stored(&script));
    answer_tokens(&script, 2);
    script.answer(400, REFUSED);
    script.answer(200, COUNT);
    script.answer(200, COUNT);
    let (first, second) = script.run(join(count(&others), count(&mine)));
    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
    let (refresh, call) = (line(TOKEN, "iar_1"), counted("iat_2"));
    assert_eq!(sent(&script, 2), [refresh.clone(), refresh, call.clone(), call]);
}

#[test]
fn a_stored_session_that_is_over_leaves_what_all_may_read() {
    let script = Script::default();
    signed_in(&script);
    script.advance(3600.0);
    let client = stored(&script);
    script.answer(400, REFUSED);
    script.answer(200, NO_POSTS);
    script.answer(200, NO_POSTS);
    script.run(read(&client)).unwrap();
    script.run(read(&client)).unwrap();
    let anonymous = line("GET /api/posts", "none");
    assert_eq!(sent(&script, 2), [line(TOKEN, "iar_1"), anonymous.clone(), anonymous]);
}
