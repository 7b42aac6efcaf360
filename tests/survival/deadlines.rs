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

#[test]
fn closing_a_client_ends_what_waits_for_it() {
    let limited = || Answer::Reply {
        status: 429,
        headers: vec![("retry-after", "30".into())],
        body: r#"{"error": "rate_limit_exceeded"}"#.into(),
    };
    let busy = || Answer::Reply {
        status: 503,
        headers: vec![("retry-after", "20".into())],
        body: String::new(),
    };
    let answers: [fn() -> Answer; 3] = [limited, busy, || Answer::new(200, POST)];
    for (answer, takes_ms) in answers.into_iter().zip([1.0, 1.0, 20_000.0]) {
        let script = Script::default();
        script.serve(move |_, _| (takes_ms, answer()));
        let client = client(&script, |_| {});
        let error = script.run(async {
            let closes = async {
                script.pause(300.0, None).await;
                client.close();
            };
            futures_util::future::join(closes, read(&client)).await.1.unwrap_err()
        });
        assert_eq!((error.kind(), script.monotonic()), (ErrorKind::Aborted, 300.0), "{error}");
    }
}

#[test]
fn steps_of_the_wall_clock_change_no_deadline_window_pause_or_cool_down() {
    for step in [-3_600.0, 3_600.0, -86_400.0] {
        // A deadline: the call ends by the time that passed.
        let script = Script::default();
        script.serve(|_, _| (3_000.0, Answer::new(500, "")));
        let hasty = client(&script, |options| options.timeout_ms = Some(5_000.0));
        let stepping = async {
            script.pause(1_000.0, None).await;
            script.step_wall_clock(step);
        };
        script.run(futures_util::future::join(read(&hasty), stepping)).0.unwrap_err();
        assert!((4_000.0..=5_000.0).contains(&script.monotonic()), "{}", script.monotonic());

        // A window: 30 writes a minute, whatever the clock says.
        let script = Script::default();
        well(&script);
        let client = client(&script, |options| options.max_wait_ms = 0.0);
        for _ in 0..30 {
            script.run(write(&client)).unwrap();
        }
        script.step_wall_clock(step);
        assert_eq!(script.run(write(&client)).unwrap_err().kind(), ErrorKind::RateLimited);
        script.advance(61.0);
        script.run(write(&client)).unwrap();

        // A cool-down: two token calls that were refused, then a minute.
        let script = Script::default();
        script.serve(|_, _| (1.0, Answer::new(500, "")));
        let client = with(secret(), &script, |options| options.max_retries = 0);
        (0..3).for_each(|_| drop(script.run(read(&client)).unwrap_err()));
        script.step_wall_clock(step);
        script.run(read(&client)).unwrap_err();
        assert_eq!(script.requests().len(), 2);
        script.advance(61.0);
        well(&script);
        script.run(read(&client)).unwrap();
    }
}

#[test]
fn steps_of_the_wall_clock_make_no_token_calls() {
    for step in [-3_600.0, 3_600.0] {
        let script = Script::default();
        well(&script);
        let client = with(secret(), &script, |_| {});
        script.run(read(&client)).unwrap();
        script.step_wall_clock(step);
        script.run(read(&client)).unwrap();
        assert_eq!(count(&script, "/api/auth/token"), 1, "{step}");
        script.advance(3_590.0);
        script.run(read(&client)).unwrap();
        assert_eq!(count(&script, "/api/auth/token"), 2, "it is renewed in time: {step}");
    }
}
