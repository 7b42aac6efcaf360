//! Uploading: what a file really is, videos that are processed, and posts with their files.

use imagineanything::model::{
    FileData, ImageUpload, MediaFile, NewPost, Post, VideoPurpose, VideoUpload,
};
use imagineanything::{Answer, CallOptions, Error, ErrorKind};

use crate::*;

const GIF: &[u8] = b"GIF89a";
const MP4: &[u8] = b"\0\0\0\x18ftypisom";

fn file(mime: &str, data: &[u8]) -> MediaFile {
    MediaFile { data: FileData(data.to_vec()), name: "x".into(), r#type: mime.into() }
}

fn images(count: usize) -> Vec<MediaFile> {
    vec![file("image/gif", GIF); count]
}

fn post() -> NewPost {
    NewPost { content: "Look".into(), ..NewPost::default() }
}

fn publish(script: &Script, post: NewPost, files: Vec<MediaFile>) -> Result<Post, Error> {
    script.run(client(script).posts().publish(post, files))
}

/// The ids of what was uploaded.
fn ids(error: &Error) -> Vec<String> {
    error.uploaded_ids().into_iter().map(|id| id.0).collect()
}

/// The lines `METHOD path` of what was sent, and the bodies of posts.
fn sent(script: &Script) -> Vec<String> {
    let line = |sent: imagineanything::host::Sent| {
        let path = sent.url.replace("https://imagineanything.com", "");
        format!("{} {path} {}", sent.method, sent.body.unwrap_or_default()).trim().to_owned()
    };
    script.requests().into_iter().map(line).collect()
}

/// A service that numbers its uploads, and processes videos for so many seconds.
fn serve(script: &Script, processing: f64) {
    let uploads = std::cell::Cell::new(0);
    let ready = std::cell::Cell::new(0.0);
    script.serve(move |sent, now| {
        let path = sent.url.replace("https://imagineanything.com", "");
        let (status, body) = match (sent.method, path.as_str()) {
            ("POST", "/api/posts") => (201, POSTED.to_owned()),
            ("POST", upload) => {
                uploads.set(uploads.get() + 1);
                ready.set(now + processing * 1000.0);
                let status =
                    if upload.ends_with("video") { r#", "status": "PROCESSING""# } else { "" };
                (201, format!(r#"{{"id": "m{}"{status}}}"#, uploads.get()))
            }
            _ => {
                let status = if now < ready.get() { "processing" } else { "ready" };
                (
                    200,
                    format!(
                        r#"{{"media": [{{"id": "m0"}}, {{"id": "m1", "status": "{status}"}}]}}"#
                    ),
                )
            }
        };
        (100.0, Answer::new(status, &body))
    });
}

const POSTED: &str = r#"{"id": "p1", "agent": {"id": "a1", "handle": "ada", "name": "Ada"}}"#;

#[test]
fn a_file_that_is_not_what_it_claims_is_not_sent() {
    let script = Script::default();
    let image = ImageUpload { file: file("image/png", b"<html>"), purpose: None };
    let error = script.run(client(&script).media().upload_image(image)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert_eq!(error.operation, "media.uploadImage");
    let told = "file: expected content of its type image/png, got content of text/html";
    assert_eq!(error.message, told);
    assert_eq!(error.issues[0].path, "file");
    assert!(script.requests().is_empty());
    let [.., upload] = client(&script).limits();
    assert_eq!(upload.1.remaining, 10, "it takes no place in the limit");
}

#[test]
fn the_files_of_a_post_are_uploaded_and_shown_in_their_order() {
    let script = Script::default();
    // The first upload takes longest.
    let count = std::cell::Cell::new(0);
    script.serve(move |sent, _| {
        count.set(count.get() + 1);
        let ms = 1000.0 / f64::from(count.get());
        match sent.url.ends_with("/api/posts") {
            true => (ms, Answer::new(201, POSTED)),
            false => (ms, Answer::new(201, &format!(r#"{{"media_id": "m{}"}}"#, count.get()))),
        }
    });
    let post = NewPost { media_ids: Some(vec!["m0".into()]), ..post() };
    assert_eq!(publish(&script, post, images(3)).unwrap().id.0, "p1");
    assert!(seconds(&script) < 1.5, "side by side: {}", seconds(&script));
    let body = r#"{"content":"Look","mediaIds":["m0","m1","m2","m3"]}"#;
    let [upload, posted] = ["POST /api/upload".to_owned(), format!("POST /api/posts {body}")];
    assert_eq!(sent(&script), [upload.clone(), upload.clone(), upload, posted]);
    let form = &script.requests()[0].form;
    let parts: Vec<_> =
        form.iter().map(|part| (part.name.as_str(), part.data.as_slice())).collect();
    assert_eq!(parts, [("file", GIF), ("purpose", &b"post"[..])]);
}

#[test]
fn everything_that_is_wrong_with_a_post_and_its_files_is_told_at_once() {
    let script = Script::default();
    let files = [
        file("image/gif", GIF),
        file("application/pdf", b"%PDF-"),
        file("image/gif", b""),
        file("video/mp4", MP4),
    ];
    let post = NewPost { content: String::new(), media_ids: Some(vec!["m0".into()]), ..post() };
    let error = publish(&script, post, files.to_vec()).unwrap_err();
    assert_eq!((error.kind(), error.operation), (ErrorKind::InvalidArgument, "posts.create"));
    let told: Vec<_> = error.issues.iter().map(|it| (it.path.as_str(), it.got.as_str())).collect();
    let expected = [
        ("content", "a blank string"),
        ("media[1].type", "\"application/pdf\""),
        ("media[2]", "0 bytes"),
        ("media", "5, one of them a video"),
    ];
    assert_eq!(told, expected);
    let files = vec![file("image/gif", b"GIF"), file("image/gif", GIF), file("image/png", GIF)];
    let error = publish(&script, crate::uploads::post(), files).unwrap_err();
    let told: Vec<_> = error.issues.iter().map(|it| it.path.as_str()).collect();
    assert_eq!((error.operation, told), ("posts.create", vec!["media[0]", "media[2]"]));
    assert!(script.requests().is_empty());
}

#[test]
fn a_post_has_four_files_at_the_most_or_one_video() {
    let video = || file("video/mp4", MP4);
    let known = |ids: &[&str]| Some(ids.iter().map(|&id| id.into()).collect());
    for (media_ids, files, fits) in [
        (None, images(4), true),
        (None, images(5), false),
        (known(&["a", "b"]), images(2), true),
        (known(&["a", "b"]), images(3), false),
        (None, vec![video()], true),
        (None, vec![video(), video()], false),
        (known(&["a"]), vec![video()], false),
        (None, [images(1), vec![video()]].concat(), false),
        (known(&["a"]), images(0), true),
    ] {
        let script = Script::default();
        serve(&script, 0.0);
        let count = files.len();
        let refused = publish(&script, NewPost { media_ids, ..post() }, files).err();
        let paths = refused.iter().flat_map(|error| &error.issues).map(|it| it.path.as_str());
        let expected = if fits { vec![] } else { vec!["media"] };
        assert_eq!(paths.collect::<Vec<_>>(), expected, "{count}: {refused:?}");
        assert_eq!(script.requests().is_empty(), !fits, "all or nothing is sent");
    }
}

#[test]
fn a_video_that_this_client_uploaded_counts_as_one() {
    let script = Script::default();
    serve(&script, 0.0);
    let client = client(&script);
    script.run(async {
        let video = VideoUpload { file: file("video/mp4", MP4), purpose: None };
        let id = client.media().upload_video(video).await.unwrap().id;
        let post = NewPost { media_ids: Some(vec![id]), ..post() };
        let error = client.posts().publish(post, images(1)).await.unwrap_err();
        assert_eq!(error.issues[0].got, "2, one of them a video");
    });
}

#[test]
fn a_post_waits_for_its_video() {
    let script = Script::default();
    serve(&script, 20.0);
    publish(&script, post(), vec![file("video/mp4", MP4)]).unwrap();
    assert!((20.0..31.0).contains(&seconds(&script)), "{}", seconds(&script));
    let sent = sent(&script);
    assert_eq!(sent[0], "POST /api/upload/video");
    assert_eq!(sent[1], "GET /api/upload?type=VIDEO");
    assert!(sent.last().unwrap().ends_with(r#""mediaIds":["m1"]}"#));
    assert!(sent.len() < 10, "it asks seldom: {}", sent.len());
}

#[test]
fn an_upload_waits_for_its_video_when_it_is_to() {
    for (processing, status) in [(20.0, Some("ready")), (1e9, None)] {
        let script = Script::default();
        serve(&script, processing);
        let options = CallOptions { until_ready_ms: Some(60_000.0), ..CallOptions::default() };
        let client = client(&script).with(options).unwrap();
        let purpose = Some(VideoPurpose::Byte);
        let video = VideoUpload { file: file("video/mp4", MP4), purpose };
        match (script.run(client.media().upload_video(video)), status) {
            (Ok(video), Some(_)) => assert_eq!(video.id.0, "m1"),
            (Err(error), None) => {
                assert_eq!(error.kind(), ErrorKind::Timeout);
                assert_eq!(ids(&error), ["m1"], "it may be ready later");
                assert!((60.0..61.0).contains(&seconds(&script)), "{}", seconds(&script));
            }
            (outcome, _) => panic!("{outcome:?}"),
        }
    }
}

#[test]
fn a_video_that_cannot_be_processed_is_told() {
    let script = Script::default();
    script.answer(201, r#"{"id": "m1"}"#);
    script.answer(200, r#"{"media": [{"id": "m1", "status": "failed"}]}"#);
    let error = publish(&script, post(), vec![file("video/mp4", MP4)]).unwrap_err();
    assert_eq!((error.kind(), error.operation), (ErrorKind::Server, "media.uploadVideo"));
    assert_eq!(ids(&error), ["m1"]);
}

#[test]
fn what_was_uploaded_before_a_failure_is_told() {
    let script = Script::default();
    script.answer(201, r#"{"id": "m1"}"#);
    script.answer(503, r#"{"error": "busy", "retryAfter": 600}"#);
    script.answer(201, r#"{"id": "m3"}"#);
    let error = publish(&script, post(), images(3)).unwrap_err();
    assert_eq!((error.status, error.operation), (Some(503), "media.uploadImage"));
    assert_eq!(ids(&error), ["m1", "m3"]);
    assert!(!error.retryable, "the same call would upload the others again");
    assert_eq!(script.requests().len(), 3, "nothing is posted");

    let script = Script::default();
    script.answer(201, r#"{"id": "m1"}"#);
    script.answer(500, r#"{"error": "internal"}"#);
    let error = publish(&script, post(), images(1)).unwrap_err();
    assert_eq!((error.kind(), error.operation), (ErrorKind::AmbiguousWrite, "posts.create"));
    assert_eq!(ids(&error), ["m1"]);
}

#[test]
fn an_upload_without_an_id_is_not_left_out_of_its_post() {
    let script = Script::default();
    script.answer(201, r#"{"id": "m1"}"#);
    script.answer(201, "{}");
    let error = publish(&script, post(), images(2)).unwrap_err();
    assert_eq!((error.kind(), error.operation), (ErrorKind::Decode, "posts.create"));
    assert_eq!(ids(&error), ["m1"]);
    assert_eq!(script.requests().len(), 2, "nothing is posted");
}

#[test]
fn the_idempotency_key_is_the_posts_own() {
    let script = Script::default();
    serve(&script, 5.0);
    let key = Some("key-1".to_owned());
    let options = CallOptions { idempotency_key: key, ..CallOptions::default() };
    let client = client(&script).with(options).unwrap();
    script.run(client.posts().publish(post(), vec![file("video/mp4", MP4)])).unwrap();
    let keyed: Vec<_> =
        script.requests().iter().map(|it| it.header("idempotency-key").is_some()).collect();
    assert_eq!(keyed.iter().filter(|it| **it).count(), 1);
    assert_eq!(keyed.last(), Some(&true));
}

#[test]
fn many_posts_with_files_wait_for_the_limit_and_none_is_lost() {
    let script = Script::default();
    serve(&script, 0.0);
    let client = client(&script);
    let posts = client.posts();
    let posts = (0..3).map(|_| posts.publish(post(), images(4)));
    let posted = script.run(futures_util::future::join_all(posts));
    assert!(posted.iter().all(Result::is_ok), "{posted:?}");
    let uploads = sent(&script).iter().filter(|it| *it == "POST /api/upload").count();
    assert_eq!(uploads, 12);
    assert!((60.0..75.0).contains(&seconds(&script)), "10 in a minute: {}", seconds(&script));
    let ids = sent(&script).into_iter().filter(|it| it.starts_with("POST /api/posts"));
    let ids: String = ids.collect();
    assert!((1..=12).all(|id| ids.contains(&format!("\"m{id}\""))), "{ids}");
}

#[test]
fn a_dry_run_tells_the_post_with_places_for_its_files() {
    let script = Script::default();
    let client = client(&script);
    let dry = client.with(CallOptions { dry_run: true, ..CallOptions::default() }).unwrap();
    let row = imagineanything::TABLE.iter().copied().flatten();
    let row = row.into_iter().find(|row| row.spec.id == "posts.create").unwrap();
    let file = serde_json::json!({"data": "GIF89a", "name": "x", "type": "image/gif"});
    let post = serde_json::json!({"content": "Look", "mediaIds": ["m0"], "media": [file]});
    let post = Some(imagineanything::value::Value(post));
    let told = script.run(dry.perform(row.spec, &[post])).unwrap().unwrap();
    assert_eq!(told.0["body"]["mediaIds"], serde_json::json!(["m0", "[upload]"]));
    assert!(told.0["body"].get("media").is_none());
    assert!(script.requests().is_empty());
}
