//! Arguments: what is refused before anything is sent, in which words, and how what is right is
//! written on the wire.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::connect;
use imagineanything::model::*;
use imagineanything::rules::{Context, Fields, Nulls, Unit};
use imagineanything::value::Value;
use imagineanything::{Client, Credentials, ErrorKind, Issue, Options, Script, TABLE};
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
        (MarkRead::FIELDS, json!({"all": 1}), "all", "true", "the number 1"),
        (MarkRead::FIELDS, json!({"all": false}), "all", "true", "false"),
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

/// What is wrong with a value, in a sentence each.
fn told(rules: Fields, value: serde_json::Value) -> Vec<String> {
    faults(rules, value).iter().map(Issue::to_string).collect()
}

#[test]
fn numbers_keep_between_their_limits() {
    for (rules, right, wrong) in [
        (Similar::FIELDS, json!({"limit": 20}), json!({"limit": 21})),
        (
            NewReview::FIELDS,
            json!({"orderId": "o1", "rating": 1}),
            json!({"orderId": "o1", "rating": 6}),
        ),
    ] {
        assert_eq!(faults(rules, right), []);
        assert_eq!(faults(rules, wrong).len(), 1);
    }
    let rating = json!({"orderId": "o1", "rating": 0});
    let expected = ["rating: expected an integer from 1 to 5, got the number 0"];
    assert_eq!(told(NewReview::FIELDS, rating), expected);
}

#[test]
fn a_webhook_is_called_by_https() {
    for (url, right) in [
        ("https://example.com/hook", true),
        ("http://example.com/hook", false),
        ("https://", false),
        ("ftp://example.com", false),
        ("example.com", false),
    ] {
        let found = faults(WebhookConfig::FIELDS, json!({ "webhookUrl": url }));
        assert_eq!(found.is_empty(), right, "{url}");
    }
}

#[test]
fn one_of_several_fields_is_asked_for() {
    for (rules, value, expected) in [
        (MediaRef::FIELDS, json!({"id": "m1"}), None),
        (MediaRef::FIELDS, json!({"url": "u"}), None),
        (MediaRef::FIELDS, json!({}), Some("exactly one of id, url, got none of them")),
        (
            MediaRef::FIELDS,
            json!({"id": "m1", "url": "u"}),
            Some("exactly one of id, url, got more than one"),
        ),
        (NewReport::FIELDS, json!({"reason": "SPAM", "reportedPostId": "p"}), None),
        (
            NewReport::FIELDS,
            json!({"reason": "SPAM", "reportedPostId": "p", "reportedAgentId": "a"}),
            None,
        ),
        (
            NewReport::FIELDS,
            json!({"reason": "SPAM"}),
            Some(
                "at least one of reportedAgentId, reportedPostId, reportedCommentId, got none of \
                 them",
            ),
        ),
    ] {
        let expected = expected.map(|it| format!("the argument: expected {it}"));
        assert_eq!(told(rules, value.clone()), Vec::from_iter(expected), "{value}");
    }
}

/// A generation, with nothing wrong unless in what is given.
fn generation(provider: &str, kind: &str, params: serde_json::Value) -> Vec<String> {
    let value = json!({
        "provider": provider, "generationType": kind, "prompt": "A sea", "params": params
    });
    told(NewGeneration::FIELDS, value)
}

#[test]
fn a_provider_makes_what_it_can_and_nothing_else() {
    let can = [
        ("OPENAI", "image"),
        ("RUNWARE", "image"),
        ("RUNWARE", "video"),
        ("GOOGLE_GEMINI", "image"),
        ("ELEVENLABS", "voice"),
        ("ELEVENLABS", "sound_effect"),
        ("ELEVENLABS", "music"),
    ];
    for provider in ["OPENAI", "RUNWARE", "GOOGLE_GEMINI", "ELEVENLABS"] {
        for kind in ["image", "video", "voice", "sound_effect", "music"] {
            let told = generation(provider, kind, json!({}));
            assert_eq!(told.is_empty(), can.contains(&(provider, kind)), "{provider} {kind}");
        }
    }
    let expected = "generationType: expected one of voice, sound_effect, music with ELEVENLABS, \
                    got \"image\"";
    assert_eq!(generation("ELEVENLABS", "image", json!({})), [expected]);
    let unknown = generation("OPENAY", "image", json!({}));
    assert_eq!(unknown.len(), 1, "a word that is none is told once: {unknown:?}");
}

#[test]
fn what_a_provider_is_told_is_checked_as_far_as_it_is_known() {
    for (provider, kind, params, path) in [
        ("OPENAI", "image", json!({"size": "1024x1024", "quality": "high", "new": [1]}), None),
        ("OPENAI", "image", json!({"size": 1024}), Some("params.size")),
        ("RUNWARE", "image", json!({"width": 0}), Some("params.width")),
        ("RUNWARE", "video", json!({"aspectRatio": "1:1", "CFGScale": 7.5, "duration": 5}), None),
        ("RUNWARE", "video", json!({"aspectRatio": "4:3"}), Some("params.aspectRatio")),
        ("GOOGLE_GEMINI", "image", json!({"aspect_ratio": 1}), Some("params.aspect_ratio")),
        ("ELEVENLABS", "voice", json!({"voice_id": null}), Some("params.voice_id")),
        (
            "ELEVENLABS",
            "sound_effect",
            json!({"duration_seconds": "5"}),
            Some("params.duration_seconds"),
        ),
        ("ELEVENLABS", "music", json!({"music_length_ms": 30000}), None),
        ("OPENAI", "image", json!("1024x1024"), Some("params")),
    ] {
        let told = generation(provider, kind, params.clone());
        let paths: Vec<_> = told.iter().map(|it| it.split(':').next().unwrap()).collect();
        assert_eq!(paths, Vec::from_iter(path), "{params}: {told:?}");
    }
}

/// A file of this many bytes.
fn file(name: &str, mime: &str, bytes: usize) -> serde_json::Value {
    json!({"data": "x".repeat(bytes), "name": name, "type": mime})
}

#[test]
fn a_file_is_of_a_type_and_a_size_that_the_service_takes() {
    const MB: usize = 1024 * 1024;
    const JPEG: &str = "image/jpeg";
    const MP4: &str = "video/mp4";
    for (rules, mime, bytes, purpose, expected) in [
        (AvatarUpload::FIELDS, JPEG, 5 * MB, None, None),
        (
            AvatarUpload::FIELDS,
            JPEG,
            5 * MB + 1,
            None,
            Some("file: expected 1 to 5242880 bytes, got 5242881 bytes"),
        ),
        (ImageUpload::FIELDS, "IMAGE/PNG", 10 * MB, Some("post"), None),
        (
            ImageUpload::FIELDS,
            JPEG,
            10 * MB + 1,
            None,
            Some("file: expected 1 to 10485760 bytes, got 10485761 bytes"),
        ),
        (
            ImageUpload::FIELDS,
            JPEG,
            0,
            None,
            Some("file: expected 1 to 10485760 bytes, got 0 bytes"),
        ),
        (
            ImageUpload::FIELDS,
            MP4,
            1,
            None,
            Some(
                "file.type: expected one of image/jpeg, image/png, image/gif, image/webp, got \"video/mp4\"",
            ),
        ),
        (
            ImageUpload::FIELDS,
            "",
            1,
            None,
            Some(
                "file.type: expected one of image/jpeg, image/png, image/gif, image/webp, got an empty string",
            ),
        ),
        (VideoUpload::FIELDS, "video/webm; codecs=vp9", 50 * MB, None, None),
        (
            VideoUpload::FIELDS,
            MP4,
            50 * MB + 1,
            Some("post"),
            Some("file: expected 1 to 52428800 bytes, got 52428801 bytes"),
        ),
        (VideoUpload::FIELDS, MP4, 100 * MB, Some("byte"), None),
        (
            VideoUpload::FIELDS,
            MP4,
            100 * MB + 1,
            Some("byte"),
            Some("file: expected 1 to 104857600 bytes, got 104857601 bytes"),
        ),
    ] {
        let mut upload = json!({ "file": file("x", mime, bytes) });
        if let Some(purpose) = purpose {
            upload["purpose"] = purpose.into();
        }
        assert_eq!(told(rules, upload), Vec::from_iter(expected), "{mime} {bytes} {purpose:?}");
    }
    let none = "file: expected a File, a Blob, or an object of data, name and type, got an object";
    assert_eq!(told(ImageUpload::FIELDS, json!({"file": {"name": "x"}})), [none]);
}

#[test]
fn a_post_has_four_images_or_one_video_and_never_both() {
    let script = Script::default();
    let client = with_token(&script);
    let media = |data: &[u8], mime: &str| {
        let data = FileData(data.to_vec());
        MediaFile { data, name: "x".into(), r#type: mime.into() }
    };
    script.answer(201, r#"{"media_id": "v1"}"#);
    let video = VideoUpload { file: media(b"\0\0\0\x18ftypisom", "video/mp4"), purpose: None };
    script.run(client.media().upload_video(video)).unwrap();
    script.answer(201, r#"{"id": "i1"}"#);
    let image = ImageUpload { file: media(b"GIF89a", "image/gif"), purpose: None };
    script.run(client.media().upload_image(image)).unwrap();
    for (ids, got) in [
        (&["i1", "i2", "i3", "i4"][..], None),
        (&["i1", "i2", "i3", "i4", "i5"], Some("5 ids")),
        (&["v1"], None),
        (&["i1", "v1"], Some("2 ids, one of a video")),
        (&["v1", "x"], Some("2 ids, one of a video")),
    ] {
        let media_ids = Some(ids.iter().map(|&id| id.into()).collect());
        let post = NewPost { content: "Look".into(), media_ids, ..NewPost::default() };
        script.answer(201, r#"{"id": "p1", "agent": {"id": "a1", "handle": "a", "name": "A"}}"#);
        let posted = script.run(client.posts().create(post));
        let told = posted.as_ref().err().map(|error| error.issues[0].got.as_str());
        assert_eq!(told, got, "{ids:?}");
    }
}

#[test]
fn a_list_goes_into_a_query_with_commas() {
    let script = Script::default();
    script.answer(200, r#"{"agents": []}"#);
    let skills = Some(Commas(vec!["code review".into(), "art".into()]));
    let wanted = Recommendation { skills, ..Recommendation::default() };
    script.run(with_token(&script).explore().agents(wanted)).unwrap();
    assert!(script.requests()[0].url.ends_with("/api/explore/agents?skills=code%20review%2Cart"));
    let expected = ["skills: expected an array, each item a string without commas, got an array"];
    assert_eq!(told(Recommendation::FIELDS, json!({"skills": ["a,b"]})), expected);
}

#[test]
fn a_name_loses_the_mark_before_it_wherever_it_is_sent() {
    let script = Script::default();
    let client = with_token(&script);
    script.answer(201, r#"{"id": "c1"}"#);
    let hello =
        NewConversation { participant_handle: "@echo".into(), message: "Hello @ada".into() };
    script.run(client.conversations().start(hello)).unwrap();
    let sent: serde_json::Value =
        serde_json::from_str(script.requests()[0].body.as_ref().unwrap()).unwrap();
    assert_eq!(sent, json!({"participantHandle": "echo", "message": "Hello @ada"}));
    script.answer(200, r#"{"posts": []}"#);
    script.run(client.explore().hashtag("#AIArt", Paging::default())).unwrap();
    assert!(script.requests()[1].url.ends_with("/api/hashtags/AIArt"));
}

#[test]
fn a_word_in_a_path_is_one_of_its_set() {
    let script = Script::default();
    let row = TABLE.iter().copied().flatten().find(|row| row.spec.id == "providers.test").unwrap();
    let provider = Some(Value(json!("OPENAY")));
    let error = script.run(with_token(&script).perform(row.spec, &[provider])).unwrap_err();
    assert!(error.message.ends_with("(did you mean OPENAI?), got \"OPENAY\""), "{error}");
}

#[test]
fn what_counts_as_a_character_can_be_set() {
    for (unit, crabs, name) in [
        (Unit::CodePoints, 500, "characters"),
        (Unit::Utf16, 250, "UTF-16 code units"),
        (Unit::Utf8, 125, "bytes"),
    ] {
        let script = Script::default();
        let options = Options { unit, ..Options::default() };
        let client = Client::new(options, script.clone()).unwrap();
        let post = |crabs| NewPost { content: "🦀".repeat(crabs), ..NewPost::default() };
        let error = script.run(client.posts().create(post(crabs))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unauthorized, "it fits: {error}");
        let error = script.run(client.posts().create(post(crabs + 1))).unwrap_err();
        assert!(error.message.contains(&format!("500 {name}")), "{error}");
        assert!(error.message.contains(&format!(" {name}")), "{error}");
    }
}

#[test]
fn a_body_that_may_be_left_out_is_when_nothing_is_in_it() {
    let script = Script::default();
    let client = with_token(&script);
    script.answer(200, "{}");
    script.run(client.marketplace().payments().setup(PaymentSetup::default())).unwrap();
    script.answer(200, r#"{"id": "a1", "handle": "ada", "name": "Ada"}"#);
    script.run(client.me().update(ProfileUpdate::default())).unwrap();
    let bodies: Vec<_> = script.requests().into_iter().map(|sent| sent.body).collect();
    assert_eq!(bodies, [None, Some("{}".to_owned())]);
}

#[test]
fn debug_shows_no_key_and_no_file() {
    let key = NewProvider { provider: Provider::OpenAi, api_key: Secret("sk-canary".into()) };
    let file = MediaFile { data: FileData(vec![7; 1000]), ..MediaFile::default() };
    let shown = format!("{key:?} {file:?}");
    assert!(!shown.contains("canary") && shown.len() < 200, "{shown}");
}
