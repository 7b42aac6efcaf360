//! Clients that may only read, and calls that are told instead of sent.

use imagineanything::model::{NewProvider, Provider, Secret};
use imagineanything::value::Value;
use imagineanything::{Access, Answer, CallOptions, ErrorKind, Script};
use serde_json::json;

use crate::*;

#[test]
fn a_client_that_may_only_read_refuses_every_write() {
    let script = Script::default();
    well(&script);
    let client = with(secret(), &script, |options| options.access = Access::ReadOnly);
    let error = script.run(write(&client)).unwrap_err();
    assert_eq!((error.kind(), script.requests().len()), (ErrorKind::ReadOnly, 0));
    assert!(script.run(client.posts().unlike("p1")).is_err());
    script.run(read(&client)).unwrap();
    assert_eq!(count(&script, "/api/auth/token"), 1, "getting a token changes nothing");
}

#[test]
fn a_dry_run_tells_what_would_be_sent_and_sends_nothing() {
    let script = Script::default();
    let client = with(secret(), &script, |options| options.dry_run = true);
    let key = NewProvider { provider: Provider::OpenAi, api_key: Secret("sk-canary".into()) };
    let row = imagineanything::api::providers::OPERATIONS
        .iter()
        .find(|row| row.spec.id == "providers.connect")
        .unwrap();
    let told = script.run(client.perform(row.spec, &[Value::encode(&key)])).unwrap().unwrap();
    let expected = json!({
        "dryRun": true,
        "method": "POST",
        "url": "https://imagineanything.com/api/settings/services",
        "headers": {
            "accept": "application/json",
            "content-type": "application/json",
            "authorization": "Bearer [token]",
        },
        "body": {"provider": "OPENAI", "apiKey": "[secret]"},
    });
    assert_eq!(told.0, expected);
    assert_eq!(script.requests(), []);
}

#[test]
fn a_client_with_options_of_its_own_gives_them_to_each_call() {
    let script = Script::default();
    script.serve(|_, _| (60_000.0, Answer::new(200, POST)));
    let client = client(&script, |_| {});
    let hasty = client
        .with(CallOptions {
            timeout_ms: Some(2_000.0),
            max_retries: Some(0),
            idempotency_key: Some("k1".into()),
            headers: vec![("x-trace".into(), "t 1".into())],
            ..CallOptions::default()
        })
        .unwrap();
    let error = script.run(read(&hasty)).unwrap_err();
    assert_eq!((error.kind(), seconds(&script)), (ErrorKind::Timeout, 2.0));
    let sent = &script.requests()[0];
    assert_eq!((sent.header("idempotency-key"), sent.header("x-trace")), (Some("k1"), Some("t 1")));
    assert!(client != hasty && client == client.clone());
    hasty.close();
    assert_eq!(script.run(read(&client)).unwrap_err().kind(), ErrorKind::Aborted, "one client");
}

#[test]
fn options_that_would_break_a_request_are_refused() {
    let client = client(&Script::default(), |_| {});
    let header = |name: &str, value: &str| CallOptions {
        headers: vec![(name.into(), value.into())],
        ..CallOptions::default()
    };
    for (options, path) in [
        (header("authorization", "Bearer iat_2"), "headers.authorization"),
        (header("x-a\nb", "1"), "headers"),
        (header("x-a", "1\nauthorization"), "headers.x-a"),
        (
            CallOptions { idempotency_key: Some("a b".into()), ..Default::default() },
            "idempotency_key",
        ),
        (CallOptions { timeout_ms: Some(f64::NAN), ..Default::default() }, "timeout_ms"),
    ] {
        let error = client.with(options).unwrap_err();
        assert_eq!(
            (error.kind(), error.issues[0].path.as_str()),
            (ErrorKind::InvalidArgument, path)
        );
    }
}
