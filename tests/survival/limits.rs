//! The service's limits: calls wait their turn, or say at once that they would.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::join_all;
use imagineanything::operation::Class;
use imagineanything::{Answer, ErrorKind, Event, OnLimit, Script};
use proptest::prelude::*;

use crate::*;

#[test]
fn the_call_that_is_one_too_many_waits_until_there_is_room() {
    let script = Script::default();
    well(&script);
    let client = client(&script, |_| {});
    for _ in 0..30 {
        script.run(write(&client)).unwrap();
    }
    assert!(seconds(&script) < 1.0);
    script.run(write(&client)).unwrap();
    // A minute after the first answer.
    assert_eq!(script.now(), 60_020.0);
    script.run(read(&client)).unwrap();
    assert!(seconds(&script) < 60.1, "reads have a window of their own");
}

#[test]
fn who_does_not_want_to_wait_is_told_how_long_it_would_take() {
    let script = Script::default();
    well(&script);
    for (change, kind) in [
        ((|options| options.on_limit = OnLimit::Throw) as fn(&mut Options), ErrorKind::RateLimited),
        (|options| options.max_wait_ms = 59_000.0, ErrorKind::RateLimited),
        (|options| options.timeout_ms = Some(20_000.0), ErrorKind::RateLimited),
    ] {
        let script = Script::default();
        well(&script);
        let client = client(&script, change);
        for _ in 0..30 {
            script.run(write(&client)).unwrap();
        }
        let (sent, before) = (script.requests().len(), script.now());
        let error = script.run(write(&client)).unwrap_err();
        assert_eq!((error.kind(), error.retryable), (kind, true), "{error}");
        assert!(error.retry_after_ms.unwrap() > 59_000.0, "{error}");
        assert_eq!((script.requests().len(), script.now()), (sent, before), "it waited");
    }
}

#[test]
fn a_service_with_other_limits_is_asked_without_waiting() {
    let script = Script::default();
    well(&script);
    let client = client(&script, |options| options.on_limit = OnLimit::Ignore);
    for _ in 0..200 {
        script.run(read(&client)).unwrap();
    }
    assert!(seconds(&script) < 10.0);
}

#[test]
fn a_refusal_pauses_its_whole_class() {
    let script = Script::default();
    script.answer_with(429, &[("retry-after", "7")], "");
    well(&script);
    let client = client(&script, |_| {});
    let calls = join_all([write(&client), write(&client)]);
    assert!(script.run(calls).iter().all(Result::is_ok));
    // The second was on its way already.
    assert_eq!(seconds(&script), 7.01);
    assert_eq!(script.requests().len(), 3);
}

#[test]
fn a_refusal_that_is_not_repeated_pauses_its_class_too() {
    let script = Script::default();
    script.answer_with(
        429,
        &[("retry-after", "7")],
        r#"{"error": "slow", "message": "Slow down"}"#,
    );
    well(&script);
    let client = client(&script, |options| {
        options.max_retries = 0;
        options.on_limit = OnLimit::Throw;
    });
    let error = script.run(write(&client)).unwrap_err();
    assert_eq!((error.status, error.code.as_deref(), error.attempts), (Some(429), Some("slow"), 1));
    let error = script.run(write(&client)).unwrap_err();
    assert_eq!((error.retry_after_ms, script.requests().len()), (Some(7_000.0), 1));
}

#[test]
fn a_refusal_is_told_as_it_came_to_who_does_not_wait() {
    let script = Script::default();
    script.answer_with(429, &[("retry-after", "7")], r#"{"error": "slow"}"#);
    let client = client(&script, |options| options.on_limit = OnLimit::Throw);
    let error = script.run(write(&client)).unwrap_err();
    assert_eq!((error.status, error.attempts), (Some(429), 1), "{error}");
    assert!(!script.events().iter().any(|event| matches!(event, Event::Retry { .. })));
}

#[test]
fn a_burst_that_is_larger_than_a_window_is_made_in_whole() {
    let script = Script::default();
    script.serve(|_, _| (200.0, Answer::new(200, POST)));
    let client = client(&script, |_| {});
    let results = script.run(join_all((0..45).map(|_| write(&client))));
    assert!(results.iter().all(Result::is_ok), "{:?}", results.iter().find(|it| it.is_err()));
}

#[test]
fn headers_of_another_window_are_not_of_this_one() {
    let script = Script::default();
    let told = [
        ("x-ratelimit-limit", "10"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-endpoint-type", "upload"),
    ];
    script.answer_with(200, &told, POST);
    let client = client(&script, |_| {});
    script.run(read(&client)).unwrap();
    let [_, (_, budget), ..] = client.limits();
    assert_eq!((budget.limit, budget.remaining), (100, 99));
}

#[test]
fn what_the_service_says_of_its_limit_counts() {
    let script = Script::default();
    let told =
        [("x-ratelimit-limit", "30"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "40")];
    script.answer_with(200, &told, POST);
    well(&script);
    let client = client(&script, |_| {});
    script.run(write(&client)).unwrap();
    let [_, _, (class, budget), _] = client.limits();
    assert_eq!((class, budget.limit, budget.remaining), (Class::Write, 30, 0));
    assert_eq!(budget.wait_ms, 40_000.0);
    script.run(write(&client)).unwrap();
    assert_eq!(seconds(&script), 40.01);
}

#[test]
fn clients_of_one_credential_share_their_limit_and_others_do_not() {
    let script = Script::default();
    well(&script);
    let mine = client(&script, |options| options.on_limit = OnLimit::Throw);
    let also_mine = client(&script, |options| options.on_limit = OnLimit::Throw);
    for _ in 0..30 {
        script.run(write(&mine)).unwrap();
    }
    assert!(script.run(write(&also_mine)).is_err());
    let other = with(Credentials::Token("iat_2".into()), &script, |_| {});
    script.run(write(&other)).unwrap();
}

#[test]
fn a_call_that_is_dropped_while_it_waits_leaves_its_place() {
    use futures_util::FutureExt;
    let script = Script::default();
    well(&script);
    let client = client(&script, |_| {});
    for _ in 0..30 {
        script.run(write(&client)).unwrap();
    }
    let mut waiting = Box::pin(write(&client));
    assert!((&mut waiting).now_or_never().is_none());
    drop(waiting);
    script.advance(60.1);
    let [_, _, (_, budget), _] = client.limits();
    assert_eq!(budget.remaining, 30);
}

#[test]
fn events_tell_of_waits() {
    let script = Script::default();
    well(&script);
    let client = client(&script, |_| {});
    for _ in 0..31 {
        script.run(write(&client)).unwrap();
    }
    let waits: Vec<_> =
        script.events().into_iter().filter(|it| matches!(it, Event::Limited { .. })).collect();
    assert!(matches!(
        &waits[..],
        [Event::Limited { operation: "posts.create", class: "write", wait_ms }] if *wait_ms > 59_000.0
    ));
}

/// When each call arrived at a service that takes so long for its answers, one after the other.
fn counting(script: &Script, delays: Vec<u16>) -> Rc<RefCell<Vec<f64>>> {
    let counted = Rc::new(RefCell::new(Vec::new()));
    let (count, turn) = (counted.clone(), RefCell::new(0));
    script.serve(move |_, now| {
        let delay = f64::from(delays[*turn.borrow() % delays.len()]);
        *turn.borrow_mut() += 1;
        // It arrives half-way.
        let arrival = now + delay / 2.0;
        count.borrow_mut().push(arrival);
        (delay, Answer::new(200, POST))
    });
    counted
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Never more than the limit in any minute, whatever three clients do at once.
    #[test]
    fn no_minute_sees_more_calls_than_the_limit(
        delays in prop::collection::vec(0_u16..2_000, 1..8),
        pauses in prop::collection::vec(0_u16..5_000, 1..40),
    ) {
        let script = Script::default();
        let counted = counting(&script, delays);
        let clients: Vec<_> = (0..3)
            .map(|_| client(&script, |options| options.max_wait_ms = 1e9))
            .collect();
        let calls = pauses.iter().cycle().take(90).enumerate().map(|(index, pause)| {
            let (client, script) = (&clients[index % 3], &script);
            async move {
                script.pause(f64::from(*pause) * (index / 3) as f64 / 10.0, None).await;
                write(client).await
            }
        });
        let results = script.run(join_all(calls));
        prop_assert!(results.iter().all(Result::is_ok));
        let mut arrivals = counted.borrow().clone();
        arrivals.sort_by(f64::total_cmp);
        prop_assert_eq!(arrivals.len(), 90);
        for minute in arrivals.windows(31) {
            prop_assert!(minute[30] - minute[0] >= 60_000.0, "31 calls in a minute: {minute:?}");
        }
    }
}
