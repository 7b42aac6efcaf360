//! A call ends in time, whatever it waits for.

use imagineanything::{Answer, ErrorKind, Script};

use crate::*;

#[test]
fn an_answer_that_does_not_come_is_not_waited_for() {
    let script = Script::default();
    script.serve(|_, _| (1e9, Answer::new(200, POST)));
    let error = script.run(read(&client(&script, |_| {}))).unwrap_err();
    assert_eq!((error.kind(), error.attempts, error.retryable), (ErrorKind::Timeout, 3, true));
    assert!((29.0..=30.0).contains(&seconds(&script)), "{}", seconds(&script));
    let error = script.run(write(&client(&script, |_| {}))).unwrap_err();
    assert_eq!((error.kind(), error.retryable), (ErrorKind::Timeout, false));
    assert!(error.message.ends_with("it may have been done"), "{error}");
}

#[test]
fn an_answer_that_stalls_leaves_time_for_another_attempt_at_a_read() {
    let script = Script::default();
    let first = std::cell::Cell::new(true);
    script
        .serve(move |_, _| (if first.replace(false) { 1e9 } else { 5.0 }, Answer::new(200, POST)));
    script.run(read(&client(&script, |_| {}))).unwrap();
    assert!((15.0..16.0).contains(&seconds(&script)), "{}", seconds(&script));
}

#[test]
fn a_deadline_is_for_all_attempts_together() {
    let script = Script::default();
    script.serve(|_, _| (4_000.0, Answer::new(500, "")));
    let client = client(&script, |options| {
        options.timeout_ms = Some(10_000.0);
        options.max_retries = 9;
    });
    let error = script.run(read(&client)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Timeout | ErrorKind::Server), "{error}");
    assert!(seconds(&script) <= 10.0, "{}", script.now());
}

#[test]
fn a_token_that_does_not_come_is_not_waited_for() {
    let script = Script::default();
    script.serve(|sent, _| match sent.url.ends_with("/api/auth/token") {
        true => (20_000.0, answer(&sent.url)),
        false => (0.0, answer(&sent.url)),
    });
    let client = with(secret(), &script, |options| options.timeout_ms = Some(5_000.0));
    let error = script.run(read(&client)).unwrap_err();
    assert_eq!((error.kind(), error.attempts), (ErrorKind::Timeout, 0));
    assert!(error.message.contains("no token came in time"), "{error}");
    assert_eq!(seconds(&script), 5.0);
}

#[test]
fn a_deadline_that_is_asked_for_counts_the_wait_for_the_limit_and_the_default_does_not() {
    let script = Script::default();
    well(&script);
    let client = client(&script, |_| {});
    for _ in 0..31 {
        script.run(write(&client)).unwrap();
    }
    assert!(seconds(&script) > 60.0, "it waited longer than 30 s, and was made");
}
