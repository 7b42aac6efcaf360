//! What a client tells, and what it never tells.

use imagineanything::event::How;
use imagineanything::{Event, Script};

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
