//! Answers that are refusals, and answers that are no answers: which error they become, and what
//! an error never shows.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used)]

mod common;

use common::connect;
use imagineanything::api::auth::register;
use imagineanything::model::{NewPost, Open, Post, Registration};
use imagineanything::session::Tokens;
use imagineanything::{Client, Credentials, Error, ErrorKind, Options, Script};

const POST: &str = r#"{"id": "p1", "content": "Hello", "agent":
    {"id": "a1", "handle": "ada", "name": "Ada", "avatarUrl": null}}"#;

/// Reads a post, with whatever the script answers.
fn get(script: &Script) -> Result<Post, Error> {
    script.run(connect(Credentials::Token("iat_mine".into()), script).posts().get("p1"))
}

/// The error of an answer.
fn refusal(status: u16, body: &str) -> Error {
    let script = Script::default();
    script.answer(status, body);
    get(&script).unwrap_err()
}

/// The error of a refusal with these headers.
fn refusal_with(headers: &[(&'static str, &str)], body: &str) -> Error {
    let script = Script::default();
    script.answer_with(429, headers, body);
    get(&script).unwrap_err()
}

#[test]
fn a_status_is_a_kind() {
    for (status, kind, retryable) in [
        (302, ErrorKind::Server, false),
        (400, ErrorKind::InvalidArgument, false),
        (401, ErrorKind::Unauthorized, false),
        (403, ErrorKind::Forbidden, false),
        (404, ErrorKind::NotFound, false),
        (408, ErrorKind::Server, true),
        (409, ErrorKind::Conflict, false),
        (410, ErrorKind::NotFound, false),
        (413, ErrorKind::InvalidArgument, false),
        (422, ErrorKind::InvalidArgument, false),
        (429, ErrorKind::RateLimited, true),
        (500, ErrorKind::Server, true),
        (503, ErrorKind::Server, true),
    ] {
        let error = refusal(status, "");
        assert_eq!((error.kind(), error.retryable), (kind, retryable), "{status}");
        assert_eq!((error.status, error.operation), (Some(status), "posts.get"));
        assert!(error.message.contains(&format!("({status})")), "{error}");
    }
}

#[test]
fn what_must_not_be_done_twice_is_repeated_only_when_it_surely_was_not_done() {
    let create = |script: &Script| {
        let post = NewPost { content: "Hello".into(), ..NewPost::default() };
        let client = connect(Credentials::Token("iat_mine".into()), script);
        script.run(client.posts().create(post)).unwrap_err()
    };
    for (status, retryable) in [(429, true), (408, false), (500, false), (503, false)] {
        let script = Script::default();
        script.answer(status, "");
        assert_eq!(create(&script).retryable, retryable, "{status}");
    }
    let script = Script::default();
    script.fail("the cable is cut");
    assert!(!create(&script).retryable, "it may have arrived");
}

#[test]
fn the_code_and_the_words_of_the_service_are_told() {
    for body in [
        r#"{"error": "gone_fishing", "message": "Back at noon"}"#,
        r#"{"error": "gone_fishing", "error_description": "Back at noon"}"#,
        r#"{"status": "error", "error": {"code": "gone_fishing", "message": "Back at noon"}}"#,
    ] {
        let error = refusal(404, body);
        assert_eq!(error.code.as_deref(), Some("gone_fishing"), "{body}");
        assert_eq!(error.to_string(), "posts.get: Back at noon (404 gone_fishing)", "{body}");
    }
}

#[test]
fn a_refusal_without_words_is_told_as_one() {
    for body in ["", "  \n", "null", "[]", "7", "{}", r#"{"error": 7}"#, r#"{"message": {}}"#] {
        let error = refusal(404, body);
        assert_eq!(error.code, None, "{body}");
        assert_eq!(error.to_string(), "posts.get: the service gave no reason (404)", "{body}");
    }
}

#[test]
fn of_a_page_no_more_than_its_beginning_is_told() {
    let page = format!("<html><h1>Bad gateway</h1>{}</html>", "<p>🦀</p>".repeat(10_000));
    let error = refusal(502, &page);
    assert!(error.message.starts_with("<html><h1>Bad gateway</h1>"), "{error}");
    assert!(error.message.chars().count() < 300, "{}", error.message.len());
    assert_eq!((error.kind(), error.status), (ErrorKind::Server, Some(502)));
}

#[test]
fn what_is_no_json_is_told_by_its_beginning() {
    // Half of a JSON may hold a secret.
    const HALF: &str = "it begins like JSON";
    for (body, told) in
        [("hello", "hello"), ("{\"id\": \"p", HALF), ("<html>", "<html>"), ("[1", HALF)]
    {
        let error = refusal(200, body);
        assert_eq!((error.kind(), error.status), (ErrorKind::Decode, Some(200)), "{body}");
        assert!(error.message.ends_with(told), "{error}");
    }
    assert!(refusal(200, &"x".repeat(100_000)).message.len() < 300);
}

#[test]
fn what_is_not_the_promised_object_is_told() {
    for body in ["", "null", "[]", "7", "{}", r#"{"post": null}"#, r#"{"id": 7}"#] {
        assert_eq!(refusal(200, body).kind(), ErrorKind::Decode, "{body}");
    }
    assert_eq!(refusal(204, "").kind(), ErrorKind::Decode);
}

#[test]
fn where_nothing_is_promised_anything_will_do() {
    for (status, body) in
        [(204, ""), (200, ""), (200, " \n"), (200, "{}"), (200, "[1]"), (202, "null")]
    {
        let script = Script::default();
        script.answer(status, body);
        let client = connect(Credentials::Token("iat_mine".into()), &script);
        script.run(client.posts().delete("p1")).unwrap();
    }
}

#[test]
fn an_object_comes_bare_or_in_its_key() {
    for body in [
        POST.to_owned(),
        format!(r#"{{"post": {POST}}}"#),
        format!(r#"{{"ok": true, "post": {POST}}}"#),
    ] {
        let script = Script::default();
        script.answer(200, &body);
        assert_eq!(get(&script).unwrap().id.0, "p1", "{body}");
    }
    let holding = POST.replacen('{', r#"{"post": {"id": "p0"}, "#, 1);
    let script = Script::default();
    script.answer(200, &holding);
    assert_eq!(get(&script).unwrap().id.0, "p1", "a post that has a field `post` is itself");
}

#[test]
fn what_came_later_than_this_client_does_no_harm() {
    let body = POST.replacen('{', r#"{"mood": {"a": [1]}, "mediaType": "SMELL", "#, 1);
    let script = Script::default();
    script.answer(200, &body);
    let post = get(&script).unwrap();
    assert_eq!(post.media_type, Some(Open::Other("SMELL".into())));
    assert_eq!((post.like_count, post.is_liked), (0, false));
}

#[test]
fn credentials_come_in_either_case() {
    for (id, secret) in [("clientId", "clientSecret"), ("client_id", "client_secret")] {
        let script = Script::default();
        let names = format!(r#""{id}": "id", "{secret}": "hush""#);
        script.answer(201, &format!(r#"{{"id": "a1", "handle": "ada", "name": "Ada", {names}}}"#));
        let agent =
            Registration { handle: "ada".into(), name: "Ada".into(), ..Registration::default() };
        let registered = script.run(register(agent, Options::default(), script.clone())).unwrap();
        assert_eq!(registered.client_id, "id");
        assert_eq!(registered.client_secret.0, "hush");
        assert!(!format!("{registered:?}").contains("hush"));
    }
}

#[test]
fn how_long_to_wait_is_told_in_milliseconds() {
    let cases: [(&[_], _, _); 15] = [
        (&[("retry-after", "7")], "", Some(7000.0)),
        (&[("retry-after", " 0 ")], "", Some(0.0)),
        (&[("retry-after", "1.5")], "", Some(1500.0)),
        (&[("retry-after", "2, 2")], "", Some(2000.0)),
        (&[("retry-after", "+3")], "", Some(3000.0)),
        (&[("retry-after", "99999999999")], "", Some(99_999_999_999_000.0)),
        (&[("retry-after", "-5"), ("date", "Sun, 06 Nov 1994 08:49:37 GMT")], "", None),
        (&[("retry-after", "7")], r#"{"retryAfter": 9}"#, Some(9000.0)),
        (&[("retry-after", "7")], r#"{"retryAfter": 3}"#, Some(7000.0)),
        (&[("retry-after", "soon")], r#"{"retryAfter": 9}"#, Some(9000.0)),
        (&[], r#"{"retryAfter": 1.5}"#, Some(1500.0)),
        (&[], r#"{"retry_after": 9}"#, Some(9000.0)),
        (&[], r#"{"retryAfter": -1}"#, None),
        (&[], r#"{"retryAfter": "9"}"#, Some(9000.0)),
        (&[("retry-after", "-1")], "", None),
    ];
    for (headers, body, wait) in cases {
        assert_eq!(refusal_with(headers, body).retry_after_ms, wait, "{headers:?} {body}");
    }
}

#[test]
fn the_id_of_the_request_is_told() {
    let error = refusal_with(&[("x-request-id", "req_7")], "");
    assert_eq!(error.request_id.as_deref(), Some("req_7"));
    assert_eq!(refusal(500, "").request_id, None);
}

#[test]
fn no_answer_is_told_with_the_address() {
    let script = Script::default();
    script.fail("the cable is cut");
    let error = get(&script).unwrap_err();
    assert_eq!((error.kind(), error.status, error.retryable), (ErrorKind::Network, None, true));
    let told = "posts.get: no answer from https://imagineanything.com: the cable is cut";
    assert_eq!(error.to_string(), told);
}

/// All that an error shows.
fn shown(error: &Error) -> String {
    format!("{error} {error:?} {error:#?}")
}

#[test]
fn tokens_that_the_service_repeats_are_masked() {
    let tokens = ["iat_abc_123", "iar_abc", "iat_a-b.c~d+e/f==", "iat_"];
    for token in tokens {
        for (status, body) in [
            (400, format!(r#"{{"error": "x", "message": "got Bearer {token} from you"}}"#)),
            (400, format!(r#"{{"error": "{token}"}}"#)),
            (400, format!(r#"{{"error": {{"code": "x", "message": "{token}{token}"}}}}"#)),
            (502, format!("<p>{token}</p>")),
            (200, format!("authorization: Bearer {token}")),
        ] {
            let shown = shown(&refusal(status, &body));
            assert!(!shown.contains(token), "{shown}");
            assert!(
                !shown.contains("b.c") && !shown.contains("==") && !shown.contains("abc"),
                "{shown}"
            );
            assert!(shown.contains("[token]"), "{shown}");
        }
    }
    let script = Script::default();
    script.fail("could not send Bearer iat_mine");
    assert!(!shown(&get(&script).unwrap_err()).contains("iat_mine"));
}

#[test]
fn the_secret_and_the_refresh_token_that_the_service_repeats_are_masked() {
    let script = Script::default();
    let hush = Credentials::Client { id: "id".into(), secret: "hush-7".into() };
    let client = connect(hush, &script);
    for (status, body) in [
        (400, r#"{"error": "x", "message": "got client_secret=hush-7"}"#),
        (401, r#"{"error": "hush-7"}"#),
        (500, "client_secret=hush-7"),
        (200, "client_secret=hush-7"),
    ] {
        script.answer(status, body);
        let shown = shown(&script.run(client.notifications().count()).unwrap_err());
        assert!(!shown.contains("hush-7"), "{shown}");
        script.advance(60.0);
    }
    script.answer(200, r#"{"access_token": "t1", "refresh_token": "odd-token", "expires_in": 0}"#);
    script.answer(200, r#"{"count": 1}"#);
    script.run(client.notifications().count()).unwrap();
    script.advance(10.0);
    script.answer(500, "refresh_token=odd-token");
    let shown = shown(&script.run(client.notifications().count()).unwrap_err());
    assert!(!shown.contains("odd-token"), "{shown}");
}

#[test]
fn nothing_shows_a_secret() {
    let hush = || "hush".to_owned();
    let script = Script::default();
    for credentials in
        [Credentials::Client { id: "id".into(), secret: hush() }, Credentials::Token(hush())]
    {
        let options = Options { credentials: credentials.clone(), ..Options::default() };
        let client = connect(credentials.clone(), &script);
        let shown = format!(
            "{credentials:?} {options:?} {client:?} {:?} {:?}",
            client.posts(),
            client.auth()
        );
        assert!(!shown.contains("hush"), "{shown}");
    }
    let tokens = Tokens { refresh: Some(hush()), ..Tokens::without_end(hush()) };
    assert_eq!(format!("{tokens:?}"), "Tokens { expires_at: inf, .. }");
}

#[test]
fn what_registration_answers_is_not_repeated_when_it_is_cut_off() {
    let script = Script::default();
    script.answer(201, r#"{"id": "a1", "clientSecret": "hush-7", "mess"#);
    let agent = Registration { handle: "ada".into(), name: "Ada".into(), ..Default::default() };
    let error = script.run(register(agent, Options::default(), script.clone())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(!shown(&error).contains("hush-7"), "{error}");
}

#[test]
fn a_token_of_any_form_that_the_service_repeats_is_masked() {
    let script = Script::default();
    let client = connect(Credentials::Token("opaque-7".into()), &script);
    script.answer(502, "<p>Bearer opaque-7</p>");
    let error = script.run(client.me().get()).unwrap_err();
    assert!(!shown(&error).contains("opaque-7"), "{error}");
}

#[test]
fn what_the_service_says_is_told_on_one_short_line() {
    let long = "M".repeat(10_000);
    for said in [long.as_str(), "no\\n2026-01-01 root signed in\\r\\u001b[2J", "a\\u2028b\\u202ec"]
    {
        let script = Script::default();
        script.answer(400, &format!(r#"{{"error": "bad", "message": "{said}"}}"#));
        let error = get(&script).unwrap_err();
        assert!(error.message.chars().count() < 200, "{error}");
        let is_odd = |c: char| c.is_control() || ('\u{2028}'..='\u{202e}').contains(&c);
        assert!(!error.message.contains(is_odd), "{error:?}");
    }
}

#[test]
fn a_secret_is_masked_before_a_message_is_cut() {
    for at in 100..170 {
        let script = Script::default();
        let said = format!("{} a-secret-of-mine", "x".repeat(at));
        script.answer(400, &format!(r#"{{"error": "bad", "message": "{said}"}}"#));
        let credentials = Credentials::Token("a-secret-of-mine".into());
        let client =
            Client::new(Options { credentials, ..Options::default() }, script.clone()).unwrap();
        let error = script.run(client.posts().get("p1")).unwrap_err();
        assert!(!error.message.contains("a-sec"), "{error}");
    }
}
