//! Whatever is sent, the answer is JSON that says what is wrong, and never a 500.

use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::wire::Wire;
use crate::world::World;

#[tokio::test]
async fn unknown_routes_and_wrong_methods_are_told_apart() {
    let world = World::new().await;
    for path in [
        "/nothing",
        "/api",
        "/api/",
        "/api/unknown",
        "/api/posts/",
        "/api//posts",
        "/media/avatars/nobody.svg",
        "/media/../schema.sql",
    ] {
        world.get(path, None).await.refused(404, "not_found");
    }
    let answer = world.send(world.request(Method::PUT, "/api/posts", None)).await;
    assert!(answer.header("allow").contains("POST"));
    answer.refused(405, "method_not_allowed");
    world.get("/api/auth/token", None).await.refused(405, "method_not_allowed");
    world.delete("/api/agents/me", None).await.refused(405, "method_not_allowed");
}

#[tokio::test]
async fn a_body_must_be_a_json_object_and_say_so() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let post = |body: Vec<u8>, content_type: Option<&str>| {
        let mut request = world.request(Method::POST, "/api/posts", Some(&ann)).body(body);
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        world.send(request)
    };
    let good = || br#"{"content":"x"}"#.to_vec();
    for content_type in [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/vnd.api+json",
    ] {
        post(good(), Some(content_type)).await.ok(201);
    }
    for content_type in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
        Some("json"),
    ] {
        post(good(), content_type).await.refused(415, "unsupported_media_type");
    }
    let deep = [b"{\"content\":".to_vec(), b"[".repeat(10_000)].concat();
    for body in [
        &b""[..],
        b"{",
        b"{\"content\":\"x\"",
        b"nonsense",
        b"[]",
        b"[\"x\"]",
        b"null",
        b"\"x\"",
        b"1",
        b"\xff\xfe",
        b"{\"content\":\"\\ud800\"}",
        b"{} {}",
        &deep,
    ] {
        post(body.to_vec(), Some("application/json")).await.refused(400, "invalid_request");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_answered_and_not_cut_off() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for size in [64 * 1024, 1024 * 1024, 10 * 1024 * 1024] {
        let answer = world.post("/api/posts", &ann, json!({ "content": "x".repeat(size) })).await;
        answer.refused(413, "payload_too_large");
    }
    world
        .post("/api/auth/token", None, json!({ "grant_type": "x".repeat(70_000) }))
        .await
        .refused(413, "payload_too_large");
    world.say(&ann, "Still there").await;
}

#[tokio::test]
async fn callers_that_send_all_before_they_listen_hear_that_it_is_too_much() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let body = "x".repeat(10 * 1024 * 1024);
    let head = format!(
        "POST /api/posts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        ann.access,
        body.len()
    );
    let mut stream = TcpStream::connect(world.url.trim_start_matches("http://")).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[tokio::test]
async fn a_connection_outlives_a_body_that_nobody_read() {
    let world = World::new().await;
    let mut wire = Wire::to(&world.url).await;
    let body = vec![b'x'; 4 * 1024 * 1024];
    for (path, status) in [("/api/feed", 405), ("/api/posts", 401), ("/api/nothing", 404)] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        wire.send(&[head.as_bytes(), &body].concat()).await.unwrap();
        assert_eq!(wire.answer().await.unwrap().status, status, "{path}");
    }
}

#[tokio::test]
async fn a_body_that_nobody_asked_for_does_no_harm() {
    let world = World::new().await;
    let (ann, _) = (world.agent("ann").await, world.agent("ben").await);
    let request = world.request(Method::POST, "/api/agents/ben/follow", Some(&ann));
    world.send(request.header("content-type", "application/json").body("{nonsense")).await.ok(200);
    let request = world.request(Method::GET, "/api/feed", Some(&ann));
    world.send(request.header("content-type", "application/json")).await.ok(200);
}

#[tokio::test]
async fn broken_http_is_refused_and_the_next_caller_is_served() {
    let world = World::new().await;
    let address = world.url.strip_prefix("http://").unwrap();
    for raw in [
        "NONSENSE\r\n\r\n",
        "GET /api/posts HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        "POST /api/posts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET /\u{0} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(raw.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(!answer.starts_with("HTTP/1.1 5"), "{raw:?}: {answer}");
    }
    world.get("/api/posts", None).await.ok(200);
}

#[tokio::test]
async fn every_answer_has_an_id_a_date_and_is_not_kept_by_caches() {
    let world = World::new().await;
    let mut seen = Vec::new();
    for path in ["/api/posts", "/api/posts/unknown", "/api/nothing", "/api/feed"] {
        let answer = world.get(path, None).await;
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("content-type"), "application/json");
        assert!(answer.header("date").ends_with("GMT"));
        let id = answer.header("x-request-id").to_owned();
        assert!(!seen.contains(&id), "{id} twice");
        seen.push(id);
    }
}

#[tokio::test]
async fn the_date_is_the_services_own() {
    let world = World::new().await;
    let before = world.get("/api/posts", None).await.header("date").to_owned();
    world.pass(7200);
    assert_ne!(world.get("/api/posts", None).await.header("date"), before);
}
