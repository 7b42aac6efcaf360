//! Clients that may only read, and calls that are told instead of sent.

use imagineanything::model::{NewProvider, Provider, Secret};
use imagineanything::value::Value;
use imagineanything::{Access, ErrorKind, Script};
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
