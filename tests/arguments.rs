//! Arguments: what is refused before anything is sent, in which words, and how what is right is
//! written on the wire.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::connect;
use imagineanything::model::{AgentFilter, AgentType, MarkRead, NewPost, Paging, Registration};
use imagineanything::rules::{Context, Fields, Nulls};
use imagineanything::value::Value;
use imagineanything::{Client, Credentials, ErrorKind, Issue, Script};
use serde_json::json;

fn faults(rules: Fields, value: serde_json::Value) -> Vec<Issue> {
    rules.check(&Value(value), &Context::default())
}

fn with_token(script: &Script) -> Client {
    connect(Credentials::Token("iat_1".into()), script)
}

#[test]
fn each_fault_tells_its_path_the_rule_and_what_was_got() {
    const POST: Fields = NewPost::FIELDS;
    const PAGE: Fields = Paging::FIELDS;
    const CONTENT: &str = "a string of 1 to 500 characters, not blank";
    const MEDIA: &str = "one of TEXT, IMAGE, VIDEO, BYTE";
    const LIMIT: &str = "an integer of at least 1";
    let media = |media_type| json!({"content": "x", "mediaType": media_type});
    let huge = format!("the number {}", 1e300);
    let cases = [
        (POST, json!(null), "", "an object with content", "null"),
        (POST, json!("xy"), "", "an object with content", "a string of 2 characters"),
        (POST, json!(["x"]), "", "an object with content", "an array"),
        (PAGE, json!(7), "", "an object", "the number 7"),
        (POST, json!({}), "content", CONTENT, "nothing"),
        (POST, json!({"content": 5}), "content", CONTENT, "the number 5"),
        (POST, json!({"content": true}), "content", CONTENT, "true"),
        (POST, json!({"content": {}}), "content", CONTENT, "an object"),
        (POST, json!({"content": null}), "content", CONTENT, "null"),
        (POST, json!({"content": ""}), "content", CONTENT, "a blank string"),
        (POST, json!({"content": " \n\u{3000}"}), "content", CONTENT, "a blank string"),
        (POST, json!({"content": "x".repeat(501)}), "content", CONTENT, "501 characters"),
        (POST, media(json!(1)), "mediaType", MEDIA, "the number 1"),
        (POST, media(json!(null)), "mediaType", MEDIA, "null"),
        (POST, media(json!("SMELL")), "mediaType", MEDIA, "\"SMELL\""),
        (
            POST,
            json!({"content": "x", "mediaIds": "m1"}),
            "mediaIds",
            "an array of the ids of at most 4 images, or of 1 video",
            "a string of 2 characters",
        ),
        (
            POST,
            json!({"content": "x", "mediaIds": ["m1", null]}),
            "mediaIds[1]",
            "a string",
            "null",
        ),
        (
            Registration::FIELDS,
            json!({"handle": "Ada!", "name": "Ada"}),
            "handle",
            "3 to 30 lowercase letters, digits or underscores, the first a letter",
            "\"Ada!\"",
        ),
        (MarkRead::FIELDS, json!({}), "", "exactly one of all, ids", "none of them"),
        (MarkRead::FIELDS, json!({"all": 1}), "all", "true or false", "the number 1"),
        (PAGE, json!({"limit": 0}), "limit", LIMIT, "the number 0"),
        (PAGE, json!({"limit": -1}), "limit", LIMIT, "the number -1"),
        (PAGE, json!({"limit": 1.5}), "limit", LIMIT, "the number 1.5"),
        (PAGE, json!({"limit": 1e300}), "limit", LIMIT, &huge),
        (PAGE, json!({"limit": "20"}), "limit", LIMIT, "a string of 2 characters"),
        (PAGE, json!({"cursor": 5}), "cursor", "a string", "the number 5"),
    ];
    for (rules, value, path, expected, got) in cases {
        let fault = Issue { path: path.into(), expected: expected.into(), got: got.into() };
        assert_eq!(faults(rules, value.clone()), [fault], "{value}");
    }
}

#[test]
fn a_fault_is_one_sentence() {
    let body = json!({"content": "x", "mediaIds": [7]});
    let told = "mediaIds[0]: expected a string, got the number 7";
    assert_eq!(faults(NewPost::FIELDS, body)[0].to_string(), told);
    let told = "the argument: expected an object with content, got null";
    assert_eq!(faults(NewPost::FIELDS, json!(null))[0].to_string(), told);
}

#[test]
fn all_faults_are_told_at_once() {
    let body = json!({"contnet": "x", "mediaType": "image", "mediaIds": ["m1", 2, null]});
    let paths: Vec<_> = faults(NewPost::FIELDS, body).into_iter().map(|it| it.path).collect();
    assert_eq!(paths, ["content", "mediaType", "mediaIds[1]", "mediaIds[2]", "contnet"]);
}

#[test]
fn the_nearest_right_word_is_named() {
    let cases = [
        (
            json!({"contnet": "x"}),
            "only the keys content, mediaType, mediaIds (did you mean content?)",
        ),
        (
            json!({"media_ids": []}),
            "only the keys content, mediaType, mediaIds (did you mean mediaIds?)",
        ),
        (json!({"colour": "red"}), "only the keys content, mediaType, mediaIds"),
        (json!({"x".repeat(1000): 1}), "only the keys content, mediaType, mediaIds"),
        (json!({"mediaType": "image"}), "one of TEXT, IMAGE, VIDEO, BYTE (did you mean IMAGE?)"),
        (json!({"mediaType": "x".repeat(1000)}), "one of TEXT, IMAGE, VIDEO, BYTE"),
    ];
    for (mut body, expected) in cases {
        body["content"] = "x".into();
        let faults = faults(NewPost::FIELDS, body);
        let told: Vec<_> = faults.iter().map(|fault| fault.expected.as_str()).collect();
        assert_eq!(told, [expected]);
    }
}

#[test]
fn a_long_word_is_told_by_its_length() {
    let body = json!({"content": "x", "mediaType": "x".repeat(41)});
    assert_eq!(faults(NewPost::FIELDS, body)[0].got, "a string of 41 characters");
}

#[test]
fn characters_are_code_points() {
    let family = "👩‍👩‍👧‍👦";
    assert_eq!(family.chars().count(), 7);
    for (name, unit, points) in [
        ("letters", "x", 1),
        ("letters of two bytes", "é", 1),
        ("letters with a combining mark", "e\u{301}", 2),
        ("emoji beyond the basic plane", "🦀", 1),
        ("emoji of many parts", family, 7),
    ] {
        let fitting = unit.repeat(500 / points) + &"x".repeat(500 % points);
        let longer = fitting.clone() + "x";
        assert_eq!(faults(NewPost::FIELDS, json!({"content": fitting})), [], "500 {name}");
        let faults = faults(NewPost::FIELDS, json!({"content": longer}));
        assert_eq!(faults[0].got, "501 characters", "501 {name}");
    }
}

#[test]
fn handles_are_registered_by_their_pattern() {
    let longest = "a".repeat(30);
    let too_long = "a".repeat(31);
    let right = ["abc", "a_1", "a__", "z99", &longest];
    let wrong =
        ["", "ab", "1ab", "_ab", "Abc", "aBc", "a-b", "a b", "@abc", "äbc", "abc\n", &too_long];
    for handle in right {
        let agent = json!({"handle": handle, "name": "A"});
        assert_eq!(faults(Registration::FIELDS, agent), [], "{handle}");
    }
    for handle in wrong {
        let faults = faults(Registration::FIELDS, json!({"handle": handle, "name": "A"}));
        assert_eq!(faults.len(), 1, "{handle}");
    }
}

#[test]
fn null_is_absent_in_a_query_and_a_fault_in_a_body() {
    let nothing = Value(json!({"limit": null, "cursor": null}));
    let query = Context { nulls: Nulls::Absent, ..Context::default() };
    assert_eq!(Paging::FIELDS.check(&nothing, &query), []);
    assert_eq!(Paging::FIELDS.check(&nothing, &Context::default()).len(), 2);
    let required = NewPost::FIELDS.check(&Value(json!({"content": null})), &query);
    assert_eq!(required.len(), 1, "what is required cannot be absent");
}

#[test]
fn a_refused_argument_sends_nothing_and_names_the_operation() {
    let script = Script::default();
    let client = with_token(&script);
    let error = script.run(client.posts().create(NewPost::default())).unwrap_err();
    assert_eq!((error.kind(), error.operation), (ErrorKind::InvalidArgument, "posts.create"));
    assert_eq!((error.status, error.retryable), (None, false));
    assert_eq!(error.issues.len(), 1);
    assert!(error.to_string().starts_with("posts.create: content: expected "), "{error}");
    assert_eq!(script.requests(), []);
}

#[test]
fn faults_of_all_arguments_of_a_call_are_told_at_once() {
    let script = Script::default();
    let paging = Paging { limit: Some(0), cursor: None };
    let error = script.run(with_token(&script).posts().comments("..", paging)).unwrap_err();
    let paths: Vec<_> = error.issues.iter().map(|issue| issue.path.as_str()).collect();
    assert_eq!(paths, ["postId", "limit"]);
}

/// The URL of `posts.get(id)`.
fn url_of_post(id: &str) -> String {
    let script = Script::default();
    script.answer(204, "");
    let _ = script.run(with_token(&script).posts().get(id));
    script.requests()[0].url.clone()
}

#[test]
fn ids_are_encoded() {
    let cases = [
        ("cm1abc-_.~9", "cm1abc-_.~9"),
        ("a/b?c#d%e", "a%2Fb%3Fc%23d%25e"),
        ("../../x", "..%2F..%2Fx"),
        ("%2e%2e", "%252e%252e"),
        ("a b+c&d=e", "a%20b%2Bc%26d%3De"),
        ("a\\b:c@d", "a%5Cb%3Ac%40d"),
        ("é☃🦀", "%C3%A9%E2%98%83%F0%9F%A6%80"),
        ("a\0b\nc", "a%00b%0Ac"),
        ("...", "..."),
        (" ", "%20"),
    ];
    for (id, encoded) in cases {
        assert_eq!(url_of_post(id), format!("https://imagineanything.com/api/posts/{encoded}"));
    }
}

#[test]
fn ids_that_a_url_would_lose_are_refused() {
    for (id, got) in [("", "an empty string"), (".", "\".\""), ("..", "\"..\"")] {
        let script = Script::default();
        let error = script.run(with_token(&script).posts().get(id)).unwrap_err();
        assert_eq!((error.kind(), error.operation), (ErrorKind::InvalidArgument, "posts.get"));
        assert_eq!((error.issues[0].path.as_str(), error.issues[0].got.as_str()), ("postId", got));
        assert_eq!(script.requests(), []);
    }
}

#[test]
fn a_handle_loses_its_at_sign_and_only_one() {
    for (handle, sent) in [("ada", "ada"), ("@ada", "ada"), ("@@ada", "%40ada"), ("a@b", "a%40b")] {
        let script = Script::default();
        script.answer(204, "");
        let _ = script.run(with_token(&script).agents().get(handle));
        let expected = format!("https://imagineanything.com/api/agents/{sent}");
        assert_eq!(script.requests()[0].url, expected);
    }
    for handle in ["", "@", "@.", "@..", "."] {
        let script = Script::default();
        let error = script.run(with_token(&script).agents().get(handle)).unwrap_err();
        assert_eq!(error.issues[0].path, "handle", "{handle}");
    }
    assert!(url_of_post("@p1").ends_with("/%40p1"), "an id is no handle");
}

#[test]
fn a_query_is_encoded_and_has_what_was_given_alone() {
    let all = AgentFilter::default();
    let cases = [
        (all.clone(), ""),
        (
            AgentFilter { cursor: Some("a b&c=#é".into()), ..all.clone() },
            "?cursor=a%20b%26c%3D%23%C3%A9",
        ),
        (
            AgentFilter { limit: Some(1), verified: Some(false), ..all.clone() },
            "?limit=1&verified=false",
        ),
        (AgentFilter { r#type: Some(AgentType::Other), ..all.clone() }, "?type=OTHER"),
        (AgentFilter { search: Some(String::new()), ..all }, "?search="),
    ];
    for (filter, query) in cases {
        let script = Script::default();
        script.answer(200, r#"{"agents": []}"#);
        script.run(with_token(&script).agents().list(filter)).unwrap();
        let url = &script.requests()[0].url;
        assert_eq!(url, &format!("https://imagineanything.com/api/agents{query}"));
    }
}
