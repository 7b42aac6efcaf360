//! What a client tells, and what it never tells.

use imagineanything::event::How;
use imagineanything::{ErrorKind, Event, Script};

use crate::*;

#[test]
fn a_token_is_told_by_how_it_came() {
    let script = Script::default();
    well(&script);
    let client = with(secret(), &script, |_| {});
    script.run(read(&client)).unwrap();
    script.advance(3_600.0);
    script.run(read(&client)).unwrap();
    let another = with(secret(), &script, |_| {});
    script.run(read(&another)).unwrap();
    let how = script.events().into_iter().filter_map(|event| match event {
        Event::Token { how, expires_at } => Some((how, expires_at.is_some())),
        _ => None,
    });
    let expected = [How::ClientCredentials, How::RefreshToken, How::Storage];
    assert_eq!(how.collect::<Vec<_>>(), expected.map(|how| (how, true)));
}

#[test]
fn no_error_shows_a_key_a_secret_or_half_of_an_answer() {
    use imagineanything::model::{NewProvider, Provider, Secret, WebhookConfig};
    let script = Script::default();
    let client = client(&script, |options| options.max_retries = 0);
    script.answer(400, r#"{"message": "Incorrect API key provided: sk-canary"}"#);
    let key = NewProvider { provider: Provider::OpenAi, api_key: Secret("sk-canary".into()) };
    let refused = script.run(client.providers().connect(key)).unwrap_err();
    script.answer(200, r#"{"secret": "whsec_canary", "webho"#);
    let hook = WebhookConfig { webhook_url: "https://a.example".into(), ..Default::default() };
    let half = script.run(client.me().configure_webhook(hook)).unwrap_err();
    let signing = with(secret(), &script, |_| {});
    script.fail("cannot send client_secret=hush");
    let unsent = script.run(read(&signing)).unwrap_err();
    for (error, secret) in [(refused, "sk-canary"), (half, "canary"), (unsent, "hush")] {
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn a_client_that_is_closed_meanwhile_says_so() {
    let script = Script::default();
    let client = client(&script, |_| {});
    let closing = client.clone();
    script.serve(move |_, _| {
        closing.close();
        (1.0, Answer::new(500, ""))
    });
    assert_eq!(script.run(read(&client)).unwrap_err().kind(), ErrorKind::Aborted);
    assert_eq!(script.requests().len(), 1);
}

#[test]
fn no_event_shows_a_secret() {
    let script = Script::default();
    script.serve(|sent, _| match sent.url.ends_with("/api/auth/token") {
        true => (1.0, answer(&sent.url)),
        false => (1.0, Answer::new(500, r#"{"message": "iat_1 iar_1 hush"}"#)),
    });
    let client = with(secret(), &script, |_| {});
    let error = script.run(read(&client)).unwrap_err();
    let shown = format!("{:?} {error} {error:?}", script.events());
    for secret in ["iat_1", "iar_1"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    let events = format!("{:?}", script.events());
    assert!(!events.contains("hush"), "{events}");
}
