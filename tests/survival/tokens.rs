//! Tokens of a service that is broken, far away, or no service at all.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::join_all;
use imagineanything::{Answer, ErrorKind, Event, Host, Script};
use proptest::prelude::*;

use crate::*;

const TOKEN: &str = "/api/auth/token";

/// A service whose token calls are answered so, and whose other calls are refused.
fn refusing(script: &Script, status: u16, body: &'static str) {
    script.serve(move |sent, _| match sent.url.ends_with(TOKEN) {
        true => (1.0, Answer::new(status, body)),
        false => (1.0, Answer::new(401, "")),
    });
}

#[test]
fn a_service_that_gives_no_good_token_is_asked_twice_a_minute_at_the_most() {
    for (status, body) in [(200, TOKENS), (401, "{}"), (500, ""), (200, "{}")] {
        let script = Script::default();
        refusing(&script, status, body);
        let client = with(secret(), &script, |_| {});
        for _ in 0..20 {
            let error = script.run(read(&client)).unwrap_err();
            assert_ne!(error.message, "", "{error}");
        }
        assert!(count(&script, TOKEN) <= 2, "{status}: {}", count(&script, TOKEN));
        script.advance(61.0);
        script.run(read(&client)).unwrap_err();
        assert!((3..=4).contains(&count(&script, TOKEN)), "{status}: {}", count(&script, TOKEN));
    }
}

#[test]
fn the_cooldown_says_why_and_how_long() {
    let script = Script::default();
    refusing(&script, 401, r#"{"error": "invalid_client", "message": "The secret is wrong"}"#);
    let client = with(secret(), &script, |_| {});
    for _ in 0..2 {
        script.run(read(&client)).unwrap_err();
    }
    let error = script.run(read(&client)).unwrap_err();
    assert_eq!((error.kind(), error.operation), (ErrorKind::Unauthorized, "posts.get"));
    let told = "the service refused the last token calls (401 invalid_client); the next is made in";
    assert!(error.message.starts_with(told), "{error}");
    assert!(error.retry_after_ms.unwrap() > 59_000.0);
}

#[test]
fn a_renewal_that_fails_signs_nobody_out_while_the_token_lives() {
    let script = Script::default();
    well(&script);
    let client = with(secret(), &script, |options| options.max_retries = 0);
    script.run(read(&client)).unwrap();
    script.advance(3_550.0);
    script.serve(|sent, _| match sent.url.ends_with(TOKEN) {
        true => (1.0, Answer::new(500, "")),
        false => (1.0, answer(&sent.url)),
    });
    script.run(read(&client)).unwrap();
    script.advance(60.0);
    assert_eq!(script.run(read(&client)).unwrap_err().status, Some(500), "now it is over");
}

#[test]
fn a_clock_that_is_wrong_renews_nothing_too_late() {
    let script = Script::default();
    // The service is an hour ahead, and its token lives for ten minutes.
    let tokens = r#"{"access_token": "iat_1", "expires_in": 600}"#;
    script.answer_with(200, &[("date", "Thu, 01 Jan 1970 01:00:00 GMT")], tokens);
    well(&script);
    let client = with(secret(), &script, |_| {});
    script.run(read(&client)).unwrap();
    let stored = script.stored("imagineanything:https://imagineanything.com:id").unwrap();
    assert!(stored.contains("4200000"), "it ends by the service's clock: {stored}");
    script.advance(530.0);
    script.run(read(&client)).unwrap();
    assert_eq!(count(&script, TOKEN), 1);
    script.advance(15.0);
    script.run(read(&client)).unwrap();
    assert_eq!(count(&script, TOKEN), 2, "a minute before its end");
}

#[test]
fn a_token_of_a_short_life_is_used_for_half_of_it() {
    let script = Script::default();
    script.serve(|sent, _| match sent.url.ends_with(TOKEN) {
        true => (0.0, Answer::new(200, r#"{"access_token": "iat_1", "expires_in": 40}"#)),
        false => (0.0, answer(&sent.url)),
    });
    let client = with(secret(), &script, |_| {});
    for _ in 0..6 {
        script.run(read(&client)).unwrap();
        script.advance(5.0);
    }
    assert_eq!(count(&script, TOKEN), 2);
}

/// A function that gives `iat_1`, `iat_2` and so on, and how often it was asked.
fn source() -> (Credentials, Rc<Cell<u32>>) {
    let asked = Rc::new(Cell::new(0));
    let count = asked.clone();
    let source = move || {
        count.set(count.get() + 1);
        let token = format!("iat_{}", count.get());
        Box::pin(async move { Ok(token) }) as imagineanything::host::Local<'static, _>
    };
    (Credentials::Source(Rc::new(source)), asked)
}

#[test]
fn a_function_is_asked_for_a_token_once_and_again_when_it_is_refused() {
    let script = Script::default();
    let (credentials, asked) = source();
    script.serve(|sent, _| match sent.header("authorization") {
        Some("Bearer iat_1") if sent.url.ends_with("p1") => (1.0, answer(&sent.url)),
        Some("Bearer iat_2") => (1.0, answer(&sent.url)),
        _ => (1.0, Answer::new(401, "")),
    });
    let client = with(credentials, &script, |_| {});
    script.run(read(&client)).unwrap();
    script.run(read(&client)).unwrap();
    assert_eq!(asked.get(), 1);
    script.run(write(&client)).unwrap();
    assert_eq!(asked.get(), 2);
    assert_eq!(count(&script, TOKEN), 0, "the service is not asked");
}

#[test]
fn a_function_that_gives_no_token_fails_the_call() {
    let nothing = (Ok(String::new()), ErrorKind::Unauthorized);
    let odd = (Ok("a\nb".into()), ErrorKind::Unauthorized);
    let down = (Err("the backend is down".to_owned()), ErrorKind::Network);
    for (given, kind) in [nothing, odd, down] {
        let script = Script::default();
        let source = move || {
            let given = given.clone();
            Box::pin(async move { given }) as imagineanything::host::Local<'static, _>
        };
        let client = with(Credentials::Source(Rc::new(source)), &script, |_| {});
        let error = script.run(write(&client)).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.message.contains("the token function"), "{error}");
    }
}

#[test]
fn a_token_function_that_fails_is_asked_again() {
    let script = Script::default();
    well(&script);
    let asked = Rc::new(Cell::new(0));
    let counted = asked.clone();
    let source = move || {
        counted.set(counted.get() + 1);
        let given = if counted.get() <= 4 { Err("away".to_owned()) } else { Ok("good\n".into()) };
        Box::pin(async move { given }) as imagineanything::host::Local<'static, _>
    };
    let client = with(Credentials::Source(Rc::new(source)), &script, |_| {});
    assert_eq!(script.run(read(&client)).unwrap_err().kind(), ErrorKind::Network);
    assert_eq!(asked.get(), 3, "it is retried as a network error is");
    script.run(write(&client)).unwrap();
    assert_eq!(
        asked.get(),
        5,
        "the next call asks again, and a write that was not sent is retried"
    );
    assert_eq!(script.requests()[0].header("authorization"), Some("Bearer good"));
}

#[test]
fn a_token_call_without_an_answer_is_no_reason_to_wait() {
    for sent in [false, true] {
        let script = Script::default();
        script.serve(move |_, _| (1.0, Answer::Failure { message: "offline".into(), sent }));
        let client = with(secret(), &script, |_| {});
        for _ in 0..3 {
            let error = script.run(read(&client)).unwrap_err();
            assert_eq!((error.kind(), error.retry_after_ms), (ErrorKind::Network, None), "{error}");
        }
        well(&script);
        script.run(read(&client)).unwrap();
    }
}

#[test]
fn a_life_that_makes_no_sense_costs_no_token_call_for_each_call() {
    for life in ["0", "-5", "0.001", "1e300", "\"soon\"", "null"] {
        let script = Script::default();
        let tokens = format!(r#"{{"access_token": "iat_1", "expires_in": {life}}}"#);
        script.serve(move |sent, _| match sent.url.ends_with(TOKEN) {
            true => (1.0, Answer::new(200, &tokens)),
            false => (1.0, answer(&sent.url)),
        });
        let client = with(secret(), &script, |_| {});
        for _ in 0..20 {
            script.run(read(&client)).unwrap();
            script.advance(1.0);
        }
        assert!(count(&script, TOKEN) <= 4, "{life}: {}", count(&script, TOKEN));
    }
}

/// A service that takes each refresh token once and ends the session of who sends one again.
fn rotating(script: &Script) -> Rc<Cell<u32>> {
    let (current, revoked) = (Rc::new(Cell::new(1_u32)), Cell::new(false));
    let grants = current.clone();
    script.serve(move |sent, _| {
        if !sent.url.ends_with(TOKEN) {
            let status = if revoked.get() { 401 } else { 200 };
            return (5.0, Answer::new(status, POST));
        }
        let is_current = sent.body.as_ref().unwrap().contains(&format!("iar_{}\"", current.get()));
        revoked.set(revoked.get() || !is_current);
        if revoked.get() {
            return (20.0, Answer::new(400, r#"{"error": "invalid_grant"}"#));
        }
        current.set(current.get() + 1);
        let number = current.get();
        let tokens = format!(
            r#"{{"access_token": "iat_{number}", "refresh_token": "iar_{number}", "expires_in": 3600}}"#
        );
        (20.0, Answer::new(200, &tokens))
    });
    grants
}

proptest! {
    /// Tabs that share a storage agree on one who renews, however they come.
    #[test]
    fn tabs_do_not_use_up_each_others_refresh_token(
        starts in prop::collection::vec(0_u16..200, 10),
    ) {
        let script = Script::default();
        script.share_store();
        let grants = rotating(&script);
        let key = "imagineanything:https://imagineanything.com:id";
        let stale = r#"{"accessToken": "iat_1", "refreshToken": "iar_1", "expiresAt": 1}"#;
        script.run(script.save(key, Some(stale.into()))).unwrap();
        let tabs: Vec<_> =
            (0..10).map(|_| with(Credentials::Stored { id: "id".into() }, &script, |_| {})).collect();
        let calls = tabs.iter().zip(&starts).map(|(tab, start)| {
            let script = &script;
            async move {
                script.pause(f64::from(*start), None).await;
                write(tab).await
            }
        });
        let results = script.run(join_all(calls));
        prop_assert!(results.iter().all(Result::is_ok), "{:?}", results.iter().find(|it| it.is_err()));
        prop_assert_eq!(grants.get(), 2, "one renewal");
        prop_assert!(script.stored(&format!("{key}:renewing")).is_none(), "nobody claims it any more");
    }
}

#[test]
fn a_tab_that_closed_while_it_renewed_keeps_others_waiting_for_a_while_only() {
    let script = Script::default();
    script.share_store();
    rotating(&script);
    let key = "imagineanything:https://imagineanything.com:id";
    let stale = r#"{"accessToken": "iat_1", "refreshToken": "iar_1", "expiresAt": 1}"#;
    script.run(script.save(key, Some(stale.into()))).unwrap();
    let claim = r#"{"by": 0.5, "until": 9000}"#;
    script.run(script.save(&format!("{key}:renewing"), Some(claim.into()))).unwrap();
    let tab = with(Credentials::Stored { id: "id".into() }, &script, |_| {});
    script.run(read(&tab)).unwrap();
    assert!((9_000.0..9_500.0).contains(&script.now()), "{}", script.now());
}

#[test]
fn a_storage_that_fails_is_told_once_and_fails_no_call() {
    let script = Script::default();
    well(&script);
    script.store_fails(true);
    let client = with(secret(), &script, |_| {});
    for _ in 0..3 {
        script.run(read(&client)).unwrap();
    }
    let warned = script
        .events()
        .into_iter()
        .filter(|event| matches!(event, Event::Warning { code: "storage_failed", .. }));
    assert_eq!(warned.count(), 1);
}

#[test]
fn a_token_call_that_fails_in_passing_fails_no_call_not_even_a_write() {
    let script = Script::default();
    script.fail("the cable is cut");
    well(&script);
    let client = with(secret(), &script, |_| {});
    script.run(write(&client)).unwrap();
    assert_eq!((count(&script, TOKEN), count(&script, "/api/posts")), (2, 1));
}

#[test]
fn who_gives_up_waiting_for_a_token_does_not_end_its_renewal() {
    let script = Script::default();
    script.serve(|sent, _| match sent.url.ends_with(TOKEN) {
        true => (3_000.0, answer(&sent.url)),
        false => (1.0, answer(&sent.url)),
    });
    let hasty = with(secret(), &script, |options| options.timeout_ms = Some(1_000.0));
    assert_eq!(script.run(read(&hasty)).unwrap_err().kind(), ErrorKind::Timeout);
    let calls = [read(&hasty), read(&hasty)];
    let results = script.run(join_all(calls));
    assert!(results.iter().all(Result::is_err), "it takes 2 s more");
    script.run(script.pause(2_000.0, None));
    script.run(read(&hasty)).unwrap();
    assert_eq!(count(&script, TOKEN), 1);
}

#[test]
fn a_service_that_wants_no_token_calls_for_a_while_gets_none() {
    let script = Script::default();
    script.answer_with(429, &[("retry-after", "600")], "");
    well(&script);
    let client = with(secret(), &script, |_| {});
    script.run(read(&client)).unwrap_err();
    let error = script.run(read(&client)).unwrap_err();
    assert_eq!(error.retry_after_ms, Some(600_000.0));
    assert_eq!(count(&script, TOKEN), 1);
    script.advance(600.0);
    script.run(read(&client)).unwrap();
}

#[test]
fn a_function_may_close_the_client_that_asks_it() {
    let script = Script::default();
    let slot: Rc<std::cell::RefCell<Option<Client>>> = Rc::default();
    let client = slot.clone();
    let source = move || {
        client.borrow().as_ref().unwrap().close();
        Box::pin(async { Ok("iat_1".to_owned()) }) as imagineanything::host::Local<'static, _>
    };
    let client = with(Credentials::Source(Rc::new(source)), &script, |_| {});
    slot.replace(Some(client.clone()));
    assert_eq!(script.run(read(&client)).unwrap_err().kind(), ErrorKind::Aborted);
}

#[test]
fn a_storage_that_never_answers_holds_no_call() {
    let script = Script::default();
    well(&script);
    script.store_hangs(true);
    let client = with(secret(), &script, |_| {});
    script.run(read(&client)).unwrap();
    assert!(seconds(&script) < 30.0, "{}", seconds(&script));
    script.run(client.auth().sign_out());
}

proptest! {
    /// One renewal for all calls that find their token stale, however they come.
    #[test]
    fn a_stale_token_is_renewed_once(starts in prop::collection::vec(0_u16..50, 2..40)) {
        let script = Script::default();
        well(&script);
        let client = with(secret(), &script, |_| {});
        script.run(read(&client)).unwrap();
        script.advance(3_600.0);
        let calls = starts.iter().map(|start| {
            let (client, script) = (&client, &script);
            async move {
                script.pause(f64::from(*start), None).await;
                read(client).await
            }
        });
        prop_assert!(script.run(join_all(calls)).iter().all(Result::is_ok));
        prop_assert_eq!(count(&script, TOKEN), 2);
    }
}

#[test]
fn a_token_service_that_hangs_ends_no_call_while_the_token_is_good() {
    let script = Script::default();
    well(&script);
    let client = with(secret(), &script, |options| options.timeout_ms = Some(2_000.0));
    script.run(read(&client)).unwrap();
    script.advance(3_545.0);
    script.serve(|sent, _| match sent.url.ends_with(TOKEN) {
        true => (1e9, Answer::new(200, TOKENS)),
        false => (1.0, answer(&sent.url)),
    });
    let began = script.monotonic();
    script.run(read(&client)).unwrap();
    assert!(script.monotonic() - began < 1_100.0);
}

#[test]
fn a_storage_that_hangs_is_waited_for_once() {
    let script = Script::default();
    well(&script);
    script.store_hangs(true);
    let client = with(secret(), &script, |options| options.timeout_ms = Some(8_000.0));
    for _ in 0..3 {
        script.run(read(&client)).unwrap();
    }
    assert!(script.monotonic() < 5_500.0, "{}", script.monotonic());
    let hasty = with(secret(), &script, |options| options.timeout_ms = Some(500.0));
    let began = script.monotonic();
    assert_eq!(script.run(read(&hasty)).unwrap_err().kind(), ErrorKind::Timeout);
    assert!(script.monotonic() - began <= 500.0);
}
