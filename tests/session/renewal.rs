//! When tokens are renewed, by which grant, and for how many calls at once.

use futures_util::future::{join, join_all};
use imagineanything::{Credentials, ErrorKind, Script};

use crate::{
    COUNT, REFUSED, TOKEN, answer_tokens, connect, count, counted, line, read, sent, signed_in,
    with_secret,
};

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
fn a_refused_refresh_token_is_not_tried_again() {
    let script = Script::default();
    let client = signed_in(&script);
    script.advance(3600.0);
    script.answer(400, REFUSED);
    script.answer(200, r#"{"access_token": "iat_2", "expires_in": 3600}"#);
    script.answer(200, COUNT);
    script.run(count(&client)).unwrap();
    script.advance(3600.0);
    answer_tokens(&script, 3);
    script.answer(200, COUNT);
    script.run(count(&client)).unwrap();
    assert_eq!(sent(&script, 5), [line(TOKEN, "id:hush"), counted("iat_3")]);
}

#[test]
fn a_token_that_no_header_can_carry_is_none() {
    let script = Script::default();
    let client = with_secret(&script);
    script.answer(200, r#"{"access_token": "iat_1\nx-other: 1"}"#);
    assert_eq!(script.run(count(&client)).unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(sent(&script, 0), [line(TOKEN, "id:hush")]);
}
