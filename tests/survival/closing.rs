//! Closing a client ends at once all that its callers wait for.

use std::rc::Rc;

use futures_util::future::{join, join_all};
use imagineanything::host::Local;
use imagineanything::{Answer, ErrorKind, Event, Host, Script};

use crate::*;

const KEY: &str = "imagineanything:https://imagineanything.com:id";

/// Has the client closed after a while, and says how `work` ends then.
fn closing<T>(
    script: &Script,
    client: &Client,
    work: impl Future<Output = Result<T, Error>>,
) -> ErrorKind {
    let closing = async {
        script.pause(300.0, None).await;
        client.close();
    };
    let before = script.now();
    let (done, ()) = script.run(join(work, closing));
    assert_eq!(script.now() - before, 300.0, "it waited on");
    done.err().unwrap().kind()
}

fn never(script: &Script) {
    script.serve(|_, _| (25_000.0, Answer::new(200, POST)));
}

#[test]
fn a_call_ends_whatever_it_waits_for() {
    let waits: [(&str, fn(&Script) -> Client); 7] = [
        ("the answer", |script| {
            never(script);
            client(script, |_| {})
        }),
        ("the limit", |script| {
            well(script);
            let client = client(script, |_| {});
            for _ in 0..100 {
                script.run(read(&client)).unwrap();
            }
            client
        }),
        ("a limit that the service told", |script| {
            script.answer_with(429, &[("retry-after", "30")], "");
            client(script, |_| {})
        }),
        ("its next attempt", |script| {
            script.answer_with(503, &[("retry-after", "20")], "");
            client(script, |_| {})
        }),
        ("a token", |script| {
            never(script);
            with(secret(), script, |_| {})
        }),
        ("a token function", |script| {
            let source = || Box::pin(std::future::pending()) as Local<'static, _>;
            with(Credentials::Source(Rc::new(source)), script, |_| {})
        }),
        ("the storage", |script| {
            script.store_hangs(true);
            with(secret(), script, |_| {})
        }),
    ];
    for (name, prepare) in waits {
        let script = Script::default();
        let client = prepare(&script);
        assert_eq!(closing(&script, &client, read(&client)), ErrorKind::Aborted, "{name}");
        let sent = script.requests().len();
        script.run(script.pause(120_000.0, None));
        assert_eq!(script.requests().len(), sent, "{name}: nothing is sent any more");
        let warned = |event: &Event| matches!(event, Event::Warning { .. });
        assert!(!script.events().iter().any(warned), "{name}");
    }
}

#[test]
fn calls_that_share_a_renewal_or_queue_all_end() {
    for credentials in [secret(), Credentials::Token("iat_1".into())] {
        let script = Script::default();
        never(&script);
        let client = with(credentials, &script, |options| options.max_wait_ms = 1e9);
        let calls = async {
            let ended = join_all((0..150).map(|_| read(&client))).await;
            assert!(ended.iter().all(|it| matches!(it, Err(error) if error.kind() == ErrorKind::Aborted)));
            ended.into_iter().next().unwrap()
        };
        assert_eq!(closing(&script, &client, calls), ErrorKind::Aborted);
    }
}

#[test]
fn long_work_ends_while_it_pauses() {
    let script = Script::default();
    script.serve(|_, _| {
        (1.0, Answer::new(200, r#"{"notifications": [], "nextCursor": null, "jobs": []}"#))
    });
    let client_of = || client(&script, |_| {});
    let client = client_of();
    let mut watch = client.notifications().watch();
    assert_eq!(closing(&script, &client, watch.next()), ErrorKind::Aborted);
    let client = client_of();
    let job = client.generation().resume("j1").unwrap();
    assert_eq!(closing(&script, &client, job.into_future()), ErrorKind::Aborted);
}

#[test]
fn a_watch_ends_while_its_store_hangs() {
    let script = Script::default();
    script.store_hangs(true);
    let client = client(&script, |_| {});
    let mut watch = client.notifications().watch();
    assert_eq!(closing(&script, &client, watch.next()), ErrorKind::Aborted);
    assert_eq!(script.events(), []);
}

#[test]
fn a_token_that_is_asked_for_by_hand_ends_too() {
    let script = Script::default();
    never(&script);
    let client = with(secret(), &script, |_| {});
    let auth = client.auth();
    assert_eq!(closing(&script, &client, auth.token()), ErrorKind::Aborted);
}

#[test]
fn a_tab_that_waits_for_another_ones_renewal_ends_and_leaves_that_its_claim() {
    let script = Script::default();
    script.share_store();
    let claim = (format!("{KEY}:renewing"), r#"{"by": 0.5, "until": 20000}"#);
    script.run(script.save(&claim.0, Some(claim.1.into()))).unwrap();
    let client = with(secret(), &script, |_| {});
    assert_eq!(closing(&script, &client, read(&client)), ErrorKind::Aborted);
    script.run(script.pause(60_000.0, None));
    assert_eq!(script.stored(&claim.0).as_deref(), Some(claim.1));
    assert_eq!(script.requests(), []);
}
