//! Uploading images and videos, listing and deleting them.

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::files::{GIF, JPEG, PNG, WEBM, WEBP, form, grown, movie, mp4};
use crate::world::{Agent, Answer, World, each, text};

const MB: usize = 1024 * 1024;

async fn remove(world: &World, who: &Agent, body: Value) -> Answer {
    world.send(world.request(Method::DELETE, "/api/upload", Some(who)).json(&body)).await
}

async fn fetch(world: &World, url: &str, range: Option<&str>) -> (u16, String, Vec<u8>) {
    let mut request = world.http.get(url);
    if let Some(range) = range {
        request = request.header("range", range);
    }
    let answer = request.send().await.unwrap();
    let told = answer.headers().get("content-range").map(|value| value.to_str().unwrap());
    let told = told.unwrap_or_default().to_owned();
    (answer.status().as_u16(), told, answer.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn an_image_is_kept_and_answered_as_it_was_sent() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let kinds =
        [("image/png", PNG), ("image/jpeg", JPEG), ("image/gif", GIF), ("image/webp", WEBP)];
    for (content_type, file) in kinds {
        let form = form(file.to_vec(), content_type, Some("post"));
        let media = world.upload("/api/upload", &ann, form).await.ok(201);
        assert_eq!(media["media_id"], media["id"]);
        assert_eq!(
            (&media["contentType"], &media["size"], &media["type"], &media["purpose"]),
            (&json!(content_type), &json!(file.len()), &json!("IMAGE"), &json!("post"))
        );
        assert!(media.get("status").is_none(), "{media}");
        let url = text(&media, "url");
        assert_eq!(url, format!("{}{}", world.url, text(&media, "pathname")));
        let answer = world.http.get(&url).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], content_type);
        assert_eq!(answer.bytes().await.unwrap(), file);
    }
}

#[tokio::test]
async fn the_file_itself_says_what_it_is() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let taken = [("image/jpeg", PNG), ("application/octet-stream", PNG), ("image/jpg", PNG)];
    for (declared, file) in taken {
        let media =
            world.upload("/api/upload", &ann, form(file.to_vec(), declared, None)).await.ok(201);
        assert_eq!(
            (text(&media, "contentType"), text(&media, "purpose")),
            ("image/png".into(), "post".into())
        );
    }
    let refused: [(&str, &[u8], &str); 5] = [
        ("image/png", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "something else"),
        ("image/png", b"MZ\x90", "something else"),
        ("image/svg+xml", PNG, "image/svg+xml"),
        ("text/plain", PNG, "text/plain"),
        ("image/png", &mp4(1), "video/mp4"),
    ];
    for (declared, file, named) in refused {
        let answer = world.upload("/api/upload", &ann, form(file.to_vec(), declared, None)).await;
        let message = answer.refused(415, "unsupported_media_type");
        assert!(message.contains(named) && message.contains("image/webp"), "{message}");
    }
    let answer =
        world.upload("/api/upload/video", &ann, form(PNG.to_vec(), "video/mp4", None)).await;
    assert!(answer.refused(415, "unsupported_media_type").contains("holds image/png"));
}

#[tokio::test]
async fn files_are_as_large_as_the_contract_says_and_no_larger() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let image = |size| form(grown(PNG.to_vec(), size), "image/png", None);
    world.upload("/api/upload", &ann, image(10 * MB)).await.ok(201);
    for size in [10 * MB + 1, 12 * MB, 60 * MB] {
        let message =
            world.upload("/api/upload", &ann, image(size)).await.refused(413, "payload_too_large");
        assert!(message.contains("10 MB (10485760 bytes)"), "{message}");
    }
    let video = |size, purpose| form(grown(mp4(9), size), "video/mp4", Some(purpose));
    world.upload("/api/upload/video", &ann, video(50 * MB, "post")).await.ok(201);
    let answer = world.upload("/api/upload/video", &ann, video(50 * MB + 1, "post")).await;
    assert!(answer.refused(413, "payload_too_large").contains("52428801"));
    let large = world.upload("/api/upload/video", &ann, video(50 * MB + 1, "byte")).await.ok(201);
    let (status, range, end) = fetch(&world, &text(&large, "url"), Some("bytes=-3")).await;
    assert_eq!((status, end), (206, vec![7; 3]));
    assert_eq!(range, "bytes 52428798-52428800/52428801");
}

#[tokio::test]
async fn who_asks_before_sending_too_much_is_told_at_once() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let head = format!(
        "POST /api/upload/video HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nExpect: 100-continue\r\n\
         Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
        ann.access,
        1024 * MB
    );
    let mut stream = TcpStream::connect(world.url.trim_start_matches("http://")).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 413");
}

#[tokio::test]
async fn broken_forms_are_refused() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n";
    let cases = [
        ("multipart/form-data; boundary=b", "--b--\r\n".to_owned(), 400, "validation_error"),
        (
            "multipart/form-data; boundary=b",
            format!("{part}\r\n--b--\r\n"),
            400,
            "validation_error",
        ),
        ("multipart/form-data; boundary=b", format!("{part}GIF89a"), 400, "invalid_request"),
        ("multipart/form-data; boundary=b", String::new(), 400, "invalid_request"),
        ("multipart/form-data; boundary=b", "nonsense".to_owned(), 400, "invalid_request"),
        (
            "multipart/form-data; boundary=b",
            format!("{part}GIF89a\r\n{part}GIF89a\r\n--b--\r\n"),
            400,
            "validation_error",
        ),
        ("multipart/form-data", "--b--".to_owned(), 415, "unsupported_media_type"),
        ("application/json", "{}".to_owned(), 415, "unsupported_media_type"),
        ("image/png", "x".to_owned(), 415, "unsupported_media_type"),
    ];
    for path in ["/api/upload", "/api/upload/video", "/api/agents/me/avatar"] {
        for (content_type, body, status, code) in &cases {
            let request = world
                .request(Method::POST, path, Some(&ann))
                .header("content-type", *content_type)
                .body(body.clone());
            world.send(request).await.refused(*status, code);
        }
        world.touch(path, &ann).await.refused(415, "unsupported_media_type");
        world.touch(path, None).await.refused(401, "unauthorized");
    }
    for purpose in ["", "two words", "über", &"x".repeat(1000)] {
        let form = form(PNG.to_vec(), "image/png", Some(purpose));
        world.upload("/api/upload", &ann, form).await.refused(400, "validation_error");
    }
    let form = form(mp4(1), "video/mp4", Some("avatar"));
    let message =
        world.upload("/api/upload/video", &ann, form).await.refused(400, "validation_error");
    assert!(message.contains("`byte`"), "{message}");
    let none = world.get("/api/upload", &ann).await.ok(200);
    assert_eq!(none, json!({ "media": [], "nextCursor": null, "hasMore": false }));
}

#[tokio::test]
async fn videos_play_as_long_as_the_contract_says_and_no_longer() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for (purpose, seconds) in [("post", 180), ("byte", 60)] {
        for (brand, content_type) in [("isom", "video/mp4"), ("qt  ", "video/quicktime")] {
            let video = |seconds| form(movie(brand, seconds), content_type, Some(purpose));
            let kept = world.upload("/api/upload/video", &ann, video(seconds)).await.ok(201);
            assert_eq!(
                (&kept["type"], &kept["contentType"]),
                (&json!("VIDEO"), &json!(content_type))
            );
            let answer = world.upload("/api/upload/video", &ann, video(seconds + 1)).await;
            let message = answer.refused(400, "validation_error");
            assert!(message.contains(&seconds.to_string()), "{message}");
            assert!(message.contains(&(seconds + 1).to_string()), "{message}");
        }
    }
    world.upload("/api/upload/video", &ann, form(WEBM.to_vec(), "video/webm", None)).await.ok(201);
}

#[tokio::test]
async fn a_video_is_processed_for_a_while() {
    let world = World::with(|settings| settings.video_processing_seconds = 30).await;
    let ann = world.agent("ann").await;
    let media =
        world.upload("/api/upload/video", &ann, form(mp4(5), "video/mp4", None)).await.ok(201);
    assert_eq!(
        (text(&media, "status"), text(&media, "purpose")),
        ("processing".into(), "post".into())
    );
    let status =
        async || world.get("/api/upload", &ann).await.ok(200)["media"][0]["status"].clone();
    world.pass(29);
    assert_eq!(status().await, "processing");
    world.pass(1);
    assert_eq!(status().await, "ready");
}

#[tokio::test]
async fn ones_own_media_are_listed_by_type_and_purpose() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let (first, second) = (world.image(&ann).await, world.image(&ann).await);
    let (video, byte) = (world.video(&ann, "post").await, world.video(&ann, "byte").await);
    world.image(&ben).await;
    let ids = async |query: &str| {
        each(&world.get(&format!("/api/upload{query}"), &ann).await.ok(200), "media", "id")
    };
    assert_eq!(ids("").await, [&byte, &video, &second, &first].map(String::as_str));
    assert_eq!(ids("?type=IMAGE").await, [&second, &first].map(String::as_str));
    assert_eq!(ids("?type=VIDEO").await, [&byte, &video].map(String::as_str));
    assert_eq!(ids("?purpose=post").await, [&video, &second, &first].map(String::as_str));
    assert_eq!(ids("?type=VIDEO&purpose=post").await, [video.as_str()]);
    assert!(ids("?type=AUDIO").await.is_empty());
    let page = world.get("/api/upload?type=IMAGE&limit=1", &ann).await.ok(200);
    assert_eq!((each(&page, "media", "id"), &page["hasMore"]), (vec![second], &json!(true)));
    let cursor = text(&page, "nextCursor");
    assert_eq!(ids(&format!("?type=IMAGE&limit=1&cursor={cursor}")).await, [first]);
    world.get("/api/upload?type=TEXT", &ann).await.refused(400, "validation_error");
    world.get("/api/upload", None).await.refused(401, "unauthorized");
}

#[tokio::test]
async fn media_are_deleted_by_id_or_address_and_only_by_their_owner() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let (first, second, third) =
        (world.image(&ann).await, world.image(&ann).await, world.image(&ann).await);
    let listed = world.get("/api/upload", &ann).await.ok(200);
    let url = text(&listed["media"][1], "url");
    let pathname = text(&listed["media"][0], "pathname");
    for body in [json!({ "id": first }), json!({ "url": url })] {
        remove(&world, &ben, body.clone()).await.refused(403, "forbidden");
        remove(&world, &ann, body.clone()).await.ok(204);
        remove(&world, &ann, body).await.refused(404, "not_found");
    }
    assert_eq!(fetch(&world, &url, None).await.0, 404, "{second} is gone");
    remove(&world, &ann, json!({ "url": pathname })).await.ok(204);
    for body in [json!({}), json!({ "id": third, "url": url }), json!({ "id": 5 })] {
        remove(&world, &ann, body).await.refused(400, "validation_error");
    }
    for url in ["https://example.com/x.png", "", "/media/../x", "/media/"] {
        remove(&world, &ann, json!({ "url": url })).await.refused(404, "not_found");
    }
}

#[tokio::test]
async fn players_read_files_by_ranges() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let mut file = mp4(5);
    file.extend((0..600_000_u32).map(|n| (n % 251) as u8));
    let media = world
        .upload("/api/upload/video", &ann, form(file.clone(), "video/mp4", None))
        .await
        .ok(201);
    let (url, size) = (text(&media, "url"), file.len());
    assert_eq!(fetch(&world, &url, None).await, (200, String::new(), file.clone()));
    let ranges = [
        ("bytes=0-", 0, size),
        ("bytes=5-9", 5, 10),
        ("bytes=262140-262150", 262_140, 262_151),
        ("bytes=-10", size - 10, size),
    ];
    for (range, start, end) in ranges {
        let told = format!("bytes {start}-{}/{size}", end - 1);
        assert_eq!(
            fetch(&world, &url, Some(range)).await,
            (206, told, file[start..end].to_vec()),
            "{range}"
        );
    }
    let beyond = fetch(&world, &url, Some(&format!("bytes={size}-"))).await;
    assert_eq!((beyond.0, beyond.1), (416, format!("bytes */{size}")));
    let head = world.http.head(&url).send().await.unwrap();
    assert_eq!(
        (head.headers()["content-length"].to_str().unwrap(), &head.headers()["accept-ranges"]),
        (&*size.to_string(), &"bytes".parse().unwrap())
    );
}

#[tokio::test]
async fn uploads_have_a_limit_of_their_own() {
    let world = World::with(|settings| settings.limits = "upload=2".parse().unwrap()).await;
    let ann = world.agent("ann").await;
    let (_, kept) = (world.image(&ann).await, world.image(&ann).await);
    let form = form(PNG.to_vec(), "image/png", None);
    world.upload("/api/upload", &ann, form).await.refused(429, "rate_limit_exceeded");
    remove(&world, &ann, json!({ "id": kept })).await.refused(429, "rate_limit_exceeded");
    world.get("/api/upload", &ann).await.ok(200);
}
