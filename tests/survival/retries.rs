//! What is made again, how often, when; and what is not.

use imagineanything::{Answer, ErrorKind, Event, Script};
use proptest::prelude::*;

use crate::*;

#[test]
fn a_read_is_made_again_until_it_succeeds() {
    for trouble in [408, 429, 500, 502, 503, 504] {
        let script = Script::default();
        script.answer(trouble, "");
        script.fail("the cable is cut");
        script.answer(200, POST);
        script.run(read(&client(&script, |_| {}))).unwrap();
        assert_eq!(script.requests().len(), 3, "{trouble}");
    }
}

#[test]
fn an_answer_that_came_half_is_asked_for_again() {
    let script = Script::default();
    script.answer(200, r#"{"id": "p1", "cont"#);
    script.answer(200, POST);
    script.run(read(&client(&script, |_| {}))).unwrap();
}

#[test]
fn it_is_made_as_often_as_asked_for_and_the_error_says_how_often() {
    for retries in [0, 1, 2, 5] {
        let script = Script::default();
        script.serve(|_, _| (0.0, Answer::new(500, "")));
        let client = client(&script, |options| options.max_retries = retries);
        let error = script.run(read(&client)).unwrap_err();
        assert_eq!(error.attempts, retries + 1);
        assert_eq!(script.requests().len(), retries as usize + 1);
        assert_eq!((error.kind(), error.status), (ErrorKind::Server, Some(500)));
    }
}

#[test]
fn a_write_is_made_again_only_where_the_service_surely_did_not_act() {
    let asked = [("retry-after", "3")];
    for (prepare, again) in [
        ((|script: &Script| script.answer(429, "")) as fn(&Script), true),
        (|script| script.refuse_connection(), true),
        (|script| script.fail("the cable is cut"), false),
        (|script| script.answer(500, ""), false),
        (|script| script.answer(503, ""), false),
        (|script| script.answer(408, ""), false),
    ] {
        let script = Script::default();
        prepare(&script);
        well(&script);
        let made = script.run(write(&client(&script, |_| {})));
        assert_eq!(script.requests().len(), if again { 2 } else { 1 });
        match made {
            Ok(_) => assert!(again),
            Err(error) => {
                assert!(!again, "{error}");
                assert_eq!((error.kind(), error.retryable), (ErrorKind::AmbiguousWrite, false));
                assert!(error.message.ends_with("look before you repeat it"), "{error}");
            }
        }
    }
    let script = Script::default();
    script.answer_with(503, &asked, "");
    well(&script);
    script.run(write(&client(&script, |_| {}))).unwrap();
    assert_eq!(seconds(&script), 3.01);
}

#[test]
fn a_write_whose_answer_came_half_was_done() {
    let script = Script::default();
    script.answer(201, r#"{"id": "p1", "cont"#);
    let error = script.run(write(&client(&script, |_| {}))).unwrap_err();
    assert_eq!((error.kind(), script.requests().len()), (ErrorKind::Decode, 1));
}

#[test]
fn a_refusal_is_final() {
    for status in [400, 403, 404, 409, 410, 422] {
        let script = Script::default();
        script.answer(status, "");
        let error = script.run(read(&client(&script, |_| {}))).unwrap_err();
        assert_eq!((error.status, error.attempts), (Some(status), 1));
    }
}

#[test]
fn a_wait_that_is_longer_than_a_call_may_wait_is_not_begun() {
    let script = Script::default();
    script.answer_with(503, &[("retry-after", "3600")], "");
    let error = script.run(read(&client(&script, |_| {}))).unwrap_err();
    assert_eq!((error.status, error.retry_after_ms), (Some(503), Some(3_600_000.0)));
    assert_eq!(script.now(), 0.0);
}

#[test]
fn retry_after_may_be_a_date_or_stand_in_the_body() {
    let date = [
        ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("retry-after", "Sun, 06 Nov 1994 08:49:42 GMT"),
    ];
    for (headers, body, waited) in [
        (&date[..], "", 5.0),
        (&[][..], r#"{"retryAfter": 6}"#, 6.0),
        (&[], r#"{"retry_after": 7}"#, 7.0),
        (&[], r#"{"reset": 8}"#, 8.0),
    ] {
        let script = Script::default();
        script.answer_with(429, headers, body);
        script.answer(200, POST);
        script.run(read(&client(&script, |_| {}))).unwrap();
        assert_eq!(seconds(&script), waited, "{headers:?} {body}");
    }
}

#[test]
fn events_tell_of_every_attempt() {
    let script = Script::default();
    script.answer(500, "");
    script.answer_with(200, &[("x-request-id", "req_7")], POST);
    script.run(read(&client(&script, |_| {}))).unwrap();
    let events = script.events();
    let [asked, refused, retry, again, done] = &events[..] else { panic!("{events:?}") };
    let operation = "posts.get";
    assert!(matches!(asked, Event::Request { attempt: 1, method: "GET", .. }));
    assert!(matches!(refused, Event::Response { attempt: 1, status: 500, .. }));
    assert!(matches!(retry, Event::Retry { attempt: 1, reason, delay_ms, .. }
        if reason == "500" && *delay_ms <= 500.0));
    assert!(
        matches!(again, Event::Request { attempt: 2, operation: told, .. } if *told == operation)
    );
    assert!(
        matches!(done, Event::Response { status: 200, request_id: Some(id), .. } if id == "req_7")
    );
}

proptest! {
    /// A service that asks for time is given it.
    #[test]
    fn no_retry_comes_before_the_service_wants_it(waits in prop::collection::vec(0_u32..50, 1..3)) {
        let script = Script::default();
        for wait in &waits {
            script.answer_with(503, &[("retry-after", &wait.to_string())], "");
        }
        script.answer(200, POST);
        let client = client(&script, |options| options.timeout_ms = Some(1e9));
        script.run(read(&client)).unwrap();
        prop_assert_eq!(script.now(), f64::from(waits.iter().sum::<u32>()) * 1000.0);
    }

    /// Every call settles, whatever the service does.
    #[test]
    fn every_call_settles(script_of in prop::collection::vec((0_usize..9, 0_u32..40_000), 0..12)) {
        let script = Script::default();
        let answers = script_of.clone();
        let turn = std::cell::Cell::new(0);
        script.serve(move |sent, _| {
            let (what, ms) = answers.get(turn.get()).copied().unwrap_or((0, 0));
            turn.set(turn.get() + 1);
            let answer = match what {
                0 => answer(&sent.url),
                1 => Answer::Failure { message: "cut".into(), sent: true },
                2 => Answer::Failure { message: "refused".into(), sent: false },
                3 => Answer::new(200, r#"{"id": "#),
                4 => Answer::new(200, ""),
                status => Answer::new([401, 404, 429, 500, 503][status - 4], "{}"),
            };
            (f64::from(ms), answer)
        });
        let client = with(secret(), &script, |_| {});
        let _ = script.run(read(&client));
        let _ = script.run(write(&client));
        prop_assert!(script.now() < 400_000.0);
    }
}
