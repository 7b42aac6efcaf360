//! What pages of other sites may not do, and callers that do not go on.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;

use crate::wire::{Raw, Wire};
use crate::world::{Answer, World};

const DASHBOARD: &str = "http://localhost:5173";
const EVIL: &str = "https://evil.example";

/// Short enough for a test, long enough for a slow machine.
const TIMEOUT: Duration = Duration::from_millis(400);

async fn world(origins: &[&str]) -> World {
    World::with(|settings| {
        settings.control = true;
        settings.seed_demo = true;
        settings.allow_origins = origins.iter().map(|&origin| origin.to_owned()).collect();
    })
    .await
}

async fn call(world: &World, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = world.request(method, path, None);
    world
        .send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)))
        .await
}

async fn agents(world: &World) -> usize {
    let listed = world.get("/api/agents", None).await.ok(200);
    listed["agents"].as_array().unwrap().len()
}

#[tokio::test]
async fn no_page_of_another_site_uses_the_controls() {
    for origins in [&[] as &[&str], &[DASHBOARD]] {
        let world = world(origins).await;
        let before = agents(&world).await;
        for (name, value) in [
            ("origin", EVIL),
            ("origin", "null"),
            ("origin", "http://localhost:3000"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let headers = [(name, value), ("content-type", "text/plain")];
            for (method, path) in [
                (Method::POST, "/_sandbox/reset"),
                (Method::POST, "/_sandbox/clock"),
                (Method::GET, "/_sandbox/requests"),
                (Method::DELETE, "/_sandbox/requests"),
                (Method::GET, "/_sandbox/nothing"),
            ] {
                let answer = call(&world, method, path, &headers).await;
                assert!(!answer.headers.contains_key("access-control-allow-origin"), "{path}");
                let message = answer.refused(403, "forbidden");
                assert!(message.to_lowercase().contains(&format!("{name}: {value}")), "{message}");
                assert!(message.contains("--allow-origin"), "{message}");
            }
        }
        assert_eq!(agents(&world).await, before);
    }
}

#[tokio::test]
async fn no_preflight_lets_another_site_at_the_controls() {
    for origins in [&[] as &[&str], &[DASHBOARD]] {
        let world = world(origins).await;
        let asked = ("access-control-request-method", "POST");
        let network = ("access-control-request-private-network", "true");
        let headers = [("origin", EVIL), asked, network];
        let answer = call(&world, Method::OPTIONS, "/_sandbox/reset", &headers).await;
        assert!(!answer.headers.contains_key("access-control-allow-origin"));
        answer.refused(403, "forbidden");
        let answer = call(&world, Method::OPTIONS, "/api/posts", &headers).await;
        assert!(!answer.headers.contains_key("access-control-allow-private-network"));
    }
}

#[tokio::test]
async fn the_own_page_named_origins_and_programs_use_the_controls() {
    let world = world(&[DASHBOARD]).await;
    let own = world.url.clone();
    for headers in [
        &[] as &[(&str, &str)],
        &[("origin", &own), ("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "none")],
        &[("origin", DASHBOARD), ("sec-fetch-site", "cross-site")],
    ] {
        call(&world, Method::GET, "/_sandbox/clock", headers).await.ok(200);
        call(&world, Method::POST, "/_sandbox/reset", headers).await.ok(204);
    }
    let asked = [("origin", DASHBOARD), ("access-control-request-method", "POST")];
    let answer = call(&world, Method::OPTIONS, "/_sandbox/reset", &asked).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, DASHBOARD));
}

#[tokio::test]
async fn a_name_that_is_not_this_machines_is_not_answered() {
    for control in [false, true] {
        let world = World::with(|settings| {
            settings.control = control;
            settings.allow_hosts = vec!["sandbox.test".to_owned()];
        })
        .await;
        for path in ["/", "/api/posts", "/media/x", "/_sandbox/clock", "/nothing"] {
            for (method, headers) in [
                (Method::GET, &[("host", "rebound.example:4010")] as &[(&str, &str)]),
                (Method::POST, &[("host", "rebound.example:4010")]),
                (
                    Method::OPTIONS,
                    &[
                        ("host", "rebound.example"),
                        ("origin", "http://rebound.example"),
                        ("access-control-request-method", "GET"),
                    ],
                ),
            ] {
                let answer = call(&world, method, path, headers).await;
                assert!(answer.headers.contains_key("x-request-id"));
                let message = answer.refused(421, "misdirected_request");
                assert!(message.contains("`Host: rebound.example"), "{message}");
                assert!(message.contains("--allow-host"), "{message}");
            }
        }
        for host in ["localhost:1", "sandbox.test"] {
            call(&world, Method::GET, "/api/posts", &[("host", host)]).await.ok(200);
        }
    }
}

async fn raw(world: &World, request: &str) -> Raw {
    let mut wire = Wire::to(&world.url).await;
    wire.send(request.as_bytes()).await.unwrap();
    wire.answer().await.unwrap()
}

#[tokio::test]
async fn a_target_with_a_foreign_authority_is_not_answered() {
    let world = world(&[]).await;
    for (request, status) in [
        ("GET http://evil.example/api/posts HTTP/1.1\r\nHost: localhost\r\n\r\n", 421),
        ("GET http://localhost/api/posts HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
        ("GET http://localhost/api/posts HTTP/1.1\r\nHost: localhost\r\n\r\n", 200),
        (
            "POST http://localhost/_sandbox/reset HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\n\r\n",
            403,
        ),
        ("CONNECT evil.example:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", 421),
        ("GET /api/posts HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 421),
        ("GET /api/posts HTTP/1.0\r\n\r\n", 200),
    ] {
        assert_eq!(raw(&world, request).await.status, status, "{request}");
    }
}

/// How long until the service ends the connection, and what it said before.
async fn end(mut wire: Wire) -> (Duration, String) {
    let start = Instant::now();
    let said = wire.rest().await.unwrap_or_default();
    (start.elapsed(), String::from_utf8(said).unwrap())
}

#[tokio::test]
async fn connections_that_never_finish_a_request_are_closed() {
    let world = World::with(|settings| settings.request_timeout = TIMEOUT).await;
    let ann = world.agent("ann").await;
    let head = |method: &str, path: &str, rest: &str| {
        format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nOrigin: {DASHBOARD}\r\n{rest}\r\n",
            ann.access
        )
    };
    let json = "Content-Type: application/json\r\n";
    let form = "Content-Type: multipart/form-data; boundary=b\r\n";
    for (sent, said) in [
        (String::new(), ""),
        ("GET /api/po".to_owned(), ""),
        ("GET /api/posts HTTP/1.1\r\nHost: localhost\r\n".to_owned(), ""),
        (
            head("POST", "/api/posts", &format!("{json}Content-Length: 10\r\n")) + "{",
            "HTTP/1.1 408 ",
        ),
        (
            head("POST", "/api/posts", &format!("{json}Transfer-Encoding: chunked\r\n"))
                + "1\r\n{\r\n",
            "HTTP/1.1 408 ",
        ),
        (
            head("POST", "/api/upload", &format!("{form}Content-Length: 900\r\n")) + "--b\r\n",
            "HTTP/1.1 408 ",
        ),
        // Answered without reading: the rest is waited for, but not for ever.
        (head("GET", "/api/posts", "Content-Length: 10\r\n") + "{", "HTTP/1.1 200 "),
        (head("POST", "/api/posts", "Content-Length: 10\r\n") + "{", "HTTP/1.1 415 "),
        (head("POST", "/nothing", "Content-Length: 10\r\n"), "HTTP/1.1 404 "),
        // One whole request, and then none.
        (head("GET", "/api/posts", ""), "HTTP/1.1 200 "),
    ] {
        let mut wire = Wire::to(&world.url).await;
        wire.send(sent.as_bytes()).await.unwrap();
        let (took, heard) = end(wire).await;
        assert!(took >= TIMEOUT / 2 && took < TIMEOUT * 10, "{took:?}: {sent}");
        assert!(heard.starts_with(said) && heard.is_empty() == said.is_empty(), "{sent}\n{heard}");
        if said.contains("408") {
            assert!(heard.contains(r#""error":"request_timeout""#), "{heard}");
            assert!(heard.contains("connection: close\r\n"), "{heard}");
            assert!(heard.contains("access-control-allow-origin: *\r\n"), "{heard}");
        }
    }
}

#[tokio::test]
async fn slow_heads_are_closed_however_they_drip_and_slow_answers_are_not() {
    let world = World::with(|settings| {
        settings.request_timeout = TIMEOUT;
        settings.control = true;
    })
    .await;
    let mut wire = Wire::to(&world.url).await;
    wire.send(b"GET /api/posts HTTP/1.1\r\nHost: localhost\r\n").await.unwrap();
    let start = Instant::now();
    while wire.send(b"X-Drip: 1\r\n").await.is_ok() {
        assert!(start.elapsed() < TIMEOUT * 10, "it goes on");
        tokio::time::sleep(TIMEOUT / 8).await;
    }

    let late = json!({ "kind": "latency", "ms": 1200, "times": 1 });
    world.post("/_sandbox/faults", None, late).await.ok(201);
    let ann = json!({ "handle": "ann", "name": "Ann" });
    world.post("/api/auth/register", None, ann).await.ok(201);
}
