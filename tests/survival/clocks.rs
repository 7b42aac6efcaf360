//! The wall clock steps, back or forward, and no span is longer or shorter for it.

use std::future::Future;

use futures_util::future::{join, join_all};
use imagineanything::operation::Class;
use imagineanything::{Answer, ErrorKind, Host, OnLimit, Script};

use crate::*;

const TOKEN: &str = "/api/auth/token";
const STEPS: [f64; 4] = [-7_200.0, -90.0, 90.0, 7_200.0];

/// Runs `work`, with a step of the wall clock after so many milliseconds.
fn stepping<T>(script: &Script, after_ms: f64, step: f64, work: impl Future<Output = T>) -> T {
    let steps = async {
        script.pause(after_ms, None).await;
        script.step_wall_clock(step);
    };
    script.run(join(work, steps)).0
}

#[test]
fn a_window_lasts_a_minute() {
    for step in STEPS {
        let script = Script::default();
        well(&script);
        let client = client(&script, |_| {});
        for _ in 0..30 {
            script.run(write(&client)).unwrap();
        }
        script.step_wall_clock(step);
        script.run(write(&client)).unwrap();
        assert_eq!(script.monotonic(), 60_020.0, "{step}");
    }
}

#[test]
fn who_waits_in_the_queue_waits_no_longer_and_no_shorter() {
    for step in STEPS {
        let script = Script::default();
        well(&script);
        let client = client(&script, |_| {});
        let calls = join_all((0..45).map(|_| write(&client)));
        assert!(stepping(&script, 30_000.0, step, calls).iter().all(Result::is_ok), "{step}");
        assert_eq!(script.monotonic(), 60_020.0, "{step}");
    }
}

#[test]
fn a_pause_that_the_service_asks_for_is_as_long_as_it_says() {
    for step in STEPS {
        let script = Script::default();
        script.answer_with(429, &[("retry-after", "40")], "");
        well(&script);
        let client = client(&script, |options| {
            options.on_limit = OnLimit::Throw;
            options.max_retries = 0;
        });
        script.run(write(&client)).unwrap_err();
        script.step_wall_clock(step);
        let error = script.run(write(&client)).unwrap_err();
        assert_eq!(error.retry_after_ms, Some(40_000.0), "{step}");
        script.advance(40.0);
        script.run(write(&client)).unwrap();
    }
}

#[test]
fn what_the_service_says_of_its_window_is_read_by_its_own_clock() {
    for step in STEPS {
        let script = Script::default();
        script.step_wall_clock(step);
        let told = [
            ("date", "Fri, 27 Nov 2026 12:00:00 GMT"),
            ("x-ratelimit-limit", "30"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "1795780840"),
        ];
        script.answer_with(200, &told, POST);
        let client = client(&script, |_| {});
        script.run(write(&client)).unwrap();
        script.step_wall_clock(-step);
        let [_, _, (class, budget), _] = client.limits();
        assert_eq!((class, budget.wait_ms), (Class::Write, 40_000.0), "{step}");
    }
}

#[test]
fn a_cooldown_lasts_a_minute() {
    for step in STEPS {
        let script = Script::default();
        script.serve(|_, _| (1.0, Answer::new(401, "{}")));
        let client = with(secret(), &script, |_| {});
        script.run(read(&client)).unwrap_err();
        script.run(read(&client)).unwrap_err();
        script.step_wall_clock(step);
        let error = script.run(read(&client)).unwrap_err();
        assert!(error.retry_after_ms.is_some_and(|ms| ms > 59_000.0 && ms < 60_000.0), "{step}");
        assert_eq!(count(&script, TOKEN), 2, "{step}");
        script.advance(60.0);
        well(&script);
        script.run(read(&client)).unwrap();
    }
}

#[test]
fn a_service_that_wants_no_token_calls_for_a_while_gets_none() {
    for step in STEPS {
        let script = Script::default();
        script.answer_with(429, &[("retry-after", "600")], "");
        well(&script);
        let client = with(secret(), &script, |_| {});
        script.run(read(&client)).unwrap_err();
        script.step_wall_clock(step);
        let error = script.run(read(&client)).unwrap_err();
        assert_eq!(error.retry_after_ms, Some(600_000.0), "{step}");
        script.advance(600.0);
        script.run(read(&client)).unwrap();
    }
}

#[test]
fn a_renewal_in_flight_is_shared() {
    for step in STEPS {
        let script = Script::default();
        script.serve(|sent, _| match sent.url.ends_with(TOKEN) {
            true => (5_000.0, answer(&sent.url)),
            false => (1.0, answer(&sent.url)),
        });
        let client = with(secret(), &script, |_| {});
        let later = async {
            script.pause(3_000.0, None).await;
            read(&client).await
        };
        let (one, other) = stepping(&script, 1_000.0, step, join(read(&client), later));
        assert!(one.is_ok() && other.is_ok(), "{step}");
        assert_eq!(count(&script, TOKEN), 1, "{step}");
    }
}

#[test]
fn a_deadline_is_kept() {
    for step in STEPS {
        let script = Script::default();
        let client = client(&script, |options| options.max_retries = 1);
        // The first attempt takes half of the time, the second the rest.
        script.serve(|_, _| (1e9, Answer::new(200, POST)));
        let error = stepping(&script, 1_000.0, step, read(&client)).unwrap_err();
        assert_eq!((error.kind(), error.attempts), (ErrorKind::Timeout, 2), "{step}: {error}");
        assert!((29.0..=30.5).contains(&seconds(&script)), "{step}: {}", seconds(&script));
    }
}

#[test]
fn a_call_that_is_repeated_waits_as_long_as_it_is_to() {
    for step in STEPS {
        let script = Script::default();
        script.answer_with(503, &[("retry-after", "7")], "");
        well(&script);
        let client = client(&script, |_| {});
        stepping(&script, 1_000.0, step, read(&client)).unwrap();
        assert_eq!(seconds(&script), 7.01, "{step}");
    }
}

#[test]
fn a_watch_asks_as_often_as_before() {
    for step in STEPS {
        let script = Script::default();
        script.serve(|_, now| {
            let id = if now > 60_000.0 { "n2" } else { "n1" };
            let body = format!(
                r#"{{"notifications": [{{"id": "{id}", "type": "LIKE", "isRead": false,
                    "createdAt": "2026-01-01T00:00:0{}Z"}}], "nextCursor": null}}"#,
                &id[1..]
            );
            (1.0, Answer::new(200, &body))
        });
        let client = client(&script, |_| {});
        let mut watch = client.notifications().watch();
        stepping(&script, 20_000.0, step, watch.next()).unwrap();
        assert!((60.0..100.0).contains(&seconds(&script)), "{step}: {}", seconds(&script));
        assert!(script.requests().len() <= 6, "{step}: {}", script.requests().len());
    }
}

#[test]
fn work_with_a_deadline_of_its_own_ends_by_it() {
    for step in STEPS {
        let script = Script::default();
        script.serve(|sent, _| match sent.url.ends_with("/pending") {
            true => (1.0, Answer::new(200, r#"{"jobs": [{"id": "j1", "status": "pending"}]}"#)),
            false => (1.0, Answer::new(200, r#"{"jobs": []}"#)),
        });
        let client = client(&script, |_| {});
        let run = client.generation().resume("j1").unwrap().deadline_ms(60_000.0);
        let error = stepping(&script, 10_000.0, step, run.into_future()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{step}: {error}");
        assert!((59.0..=60.1).contains(&seconds(&script)), "{step}: {}", seconds(&script));
    }
}

#[test]
fn a_token_lives_as_long_as_the_service_says() {
    for date in [None, Some("Thu, 01 Jan 1970 03:00:00 GMT")] {
        for step in STEPS {
            let script = Script::default();
            let headers: Vec<_> = date.map(|date| ("date", date)).into_iter().collect();
            script.answer_with(200, &headers, TOKENS);
            well(&script);
            let client = with(secret(), &script, |_| {});
            script.run(read(&client)).unwrap();
            script.step_wall_clock(step);
            script.run(read(&client)).unwrap();
            script.advance(3_530.0);
            script.run(read(&client)).unwrap();
            assert_eq!(count(&script, TOKEN), 1, "{date:?} {step}");
            script.advance(15.0);
            script.run(read(&client)).unwrap();
            assert_eq!(count(&script, TOKEN), 2, "{date:?} {step}: a minute before its end");
        }
    }
}

#[test]
fn a_token_from_the_storage_lives_as_long_as_its_record_says() {
    for step in STEPS {
        let script = Script::default();
        well(&script);
        script.run(read(&with(secret(), &script, |_| {}))).unwrap();
        let client = with(secret(), &script, |_| {});
        script.step_wall_clock(step);
        script.run(read(&client)).unwrap();
        assert_eq!(count(&script, TOKEN), 1, "{step}");
        script.advance(3_545.0);
        script.run(read(&client)).unwrap();
        assert_eq!(count(&script, TOKEN), 2, "{step}");
    }
}

#[test]
fn a_tab_that_closed_while_it_renewed_keeps_others_waiting_for_half_a_minute_at_the_most() {
    for step in STEPS {
        let script = Script::default();
        script.share_store();
        let key = "imagineanything:https://imagineanything.com:id";
        let stale = r#"{"accessToken": "iat_1", "refreshToken": "iar_1", "expiresAt": 1}"#;
        script.advance(10_000.0);
        script.run(script.save(key, Some(stale.into()))).unwrap();
        let claim = format!(r#"{{"by": 0.5, "until": {}}}"#, script.monotonic() + 30_000.0);
        script.run(script.save(&format!("{key}:renewing"), Some(claim.as_str().into()))).unwrap();
        script.step_wall_clock(step);
        well(&script);
        let tab = with(Credentials::Stored { id: "id".into() }, &script, |options| {
            options.timeout_ms = Some(60_000.0);
        });
        script.run(read(&tab)).unwrap();
        assert!(seconds(&script) < 10_031.0, "{step}: {}", seconds(&script));
    }
}

#[test]
fn a_date_that_the_service_waits_until_is_read_by_its_clock() {
    for step in STEPS {
        let script = Script::default();
        let date = [("date", "Thu, 01 Jan 1970 05:00:00 GMT")];
        script.answer_with(200, &date, TOKENS);
        // This answer does not tell what time it is.
        script.answer_with(503, &[("retry-after", "Thu, 01 Jan 1970 05:00:20 GMT")], "");
        well(&script);
        let client = with(secret(), &script, |_| {});
        stepping(&script, 0.0, step, read(&client)).unwrap();
        assert_eq!(seconds(&script), 20.01, "{step}");
    }
}
