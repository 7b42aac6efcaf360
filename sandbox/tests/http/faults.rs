//! Faults: calls go wrong as the rules say, and no others.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::wire::Wire;
use crate::world::{Agent, World, each, text};

async fn world() -> World {
    World::with(|settings| settings.control = true).await
}

async fn fault(world: &World, rule: Value) -> String {
    text(&world.post("/_sandbox/faults", None, rule).await.ok(201), "id")
}

/// What was posted, newest first.
async fn posts(world: &World) -> Vec<String> {
    each(&world.get("/api/posts", None).await.ok(200), "posts", "content")
}

/// A request to publish `content`, on a connection of its own.
async fn sent(world: &World, who: &Agent, content: &str) -> Wire {
    let body = json!({ "content": content }).to_string();
    let head = format!(
        "POST /api/posts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        who.access,
        body.len()
    );
    let mut wire = Wire::to(&world.url).await;
    wire.send(head.as_bytes()).await.unwrap();
    wire
}

#[tokio::test]
async fn a_connection_is_reset_before_or_after_the_write() {
    let world = world().await;
    let ann = world.agent("ann").await;
    for (kind, kept) in [("dropBeforeCommit", 0), ("dropAfterCommit", 1)] {
        fault(&world, json!({ "kind": kind, "class": "write", "times": 1 })).await;
        let mut wire = sent(&world, &ann, kind).await;
        let end = wire.answer().await.unwrap_err();
        assert_eq!(end.kind(), ErrorKind::ConnectionReset, "{kind}: without a byte of an answer");
        assert_eq!(posts(&world).await.len(), kept, "{kind}");
    }
    let answer = sent(&world, &ann, "once more").await.answer().await.unwrap();
    assert_eq!(answer.status, 201, "both rules are spent");
}

#[tokio::test]
async fn http_clients_see_a_broken_connection_and_no_status() {
    let world = world().await;
    fault(&world, json!({ "kind": "dropAfterCommit", "times": 1 })).await;
    let error = world.request(Method::GET, "/api/posts", None).send().await.unwrap_err();
    assert!(error.is_request() && error.status().is_none(), "{error:?}");
    world.get("/api/posts", None).await.ok(200);
}

#[tokio::test]
async fn a_status_comes_with_a_body_and_headers_of_choice() {
    let world = world().await;
    let ann = world.agent("ann").await;
    let say = || world.post("/api/posts", &ann, json!({ "content": "x" }));
    fault(&world, json!({ "kind": "status", "status": 503, "method": "POST", "times": 1 })).await;
    say().await.refused(503, "injected_fault");

    let body = json!({ "error": "server_error", "odd": [1] });
    let headers = json!({ "retry-after": "7", "x-extra": "yes" });
    fault(&world, json!({ "kind": "status", "status": 429, "body": body, "headers": headers, "method": "POST", "times": 1 })).await;
    let answer = say().await;
    assert_eq!((answer.header("retry-after"), answer.header("x-extra")), ("7", "yes"));
    assert_eq!(answer.ok(429), body);

    let html = "<h1>Bad Gateway</h1>";
    let headers = json!({ "content-type": "text/html" });
    fault(&world, json!({ "kind": "status", "status": 502, "body": html, "headers": headers, "method": "POST", "times": 1 })).await;
    let answer = say().await;
    assert_eq!(answer.header("content-type"), "text/html");
    assert_eq!(answer.ok(502), html);

    assert_eq!(posts(&world).await.len(), 0, "nothing was done");
    say().await.ok(201);
}

#[tokio::test]
async fn a_truncated_body_ends_halfway_with_the_connection() {
    let world = world().await;
    let ann = world.agent("ann").await;
    fault(&world, json!({ "kind": "truncatedBody", "path": "/api/posts", "times": 1 })).await;
    let mut wire = sent(&world, &ann, &"long ".repeat(90)).await;
    let head = wire.head().await.unwrap();
    let promised: usize = head.header("content-length").unwrap().parse().unwrap();
    assert_eq!((head.status, wire.rest().await.unwrap().len()), (201, promised / 2));
    assert!(promised > 450);
    assert_eq!(posts(&world).await.len(), 1, "the answer broke off, not the call");
}

#[tokio::test]
async fn a_stalled_body_leaves_the_caller_waiting() {
    let world = world().await;
    let ann = world.agent("ann").await;
    fault(&world, json!({ "kind": "stalledBody", "path": "/api/posts", "times": 1 })).await;
    let mut wire = sent(&world, &ann, "wait for it").await;
    assert_eq!(wire.head().await.unwrap().status, 201);
    let rest = tokio::time::timeout(Duration::from_millis(100), wire.rest()).await;
    assert!(rest.is_err(), "the connection ended");
    drop(wire);
    world.stop().await;
}

#[tokio::test]
async fn a_body_can_be_no_json_or_claim_to_be_something_else() {
    let world = world().await;
    fault(&world, json!({ "kind": "notJson", "times": 1 })).await;
    let answer = world.get("/api/posts", None).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    assert!(answer.body.as_str().unwrap().starts_with("<!doctype html>"), "{}", answer.body);

    for (rule, content_type) in [
        (json!({ "kind": "wrongContentType", "times": 1 }), "text/html"),
        (
            json!({ "kind": "wrongContentType", "contentType": "image/png", "times": 1 }),
            "image/png",
        ),
    ] {
        fault(&world, rule).await;
        let answer = world.get("/api/posts", None).await;
        assert_eq!(answer.header("content-type"), content_type);
        assert_eq!(answer.ok(200)["posts"], json!([]));
    }
}

#[tokio::test]
async fn rate_limits_can_be_hidden_and_late_answers_come_late() {
    let world = World::with(|settings| {
        settings.control = true;
        settings.limits = "read=1".parse().unwrap();
    })
    .await;
    fault(&world, json!({ "kind": "hiddenRateLimits" })).await;
    for status in [200, 429] {
        let answer = world.get("/api/posts", None).await;
        assert_eq!(answer.status, status);
        let told = [
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-ratelimit-reset",
            "x-ratelimit-endpoint-type",
            "retry-after",
        ];
        assert!(
            told.iter().all(|name| !answer.headers.contains_key(*name)),
            "{:?}",
            answer.headers
        );
    }
    world.delete("/_sandbox/faults", None).await.ok(204);
    fault(&world, json!({ "kind": "latency", "ms": 60 })).await;
    let asked = Instant::now();
    assert!(world.get("/api/posts", None).await.headers.contains_key("x-ratelimit-limit"));
    assert!(asked.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn a_rule_strikes_what_it_names_and_nothing_else() {
    let world = world().await;
    let ann = world.agent("ann").await;
    let post = world.say(&ann, "x").await;
    let like = format!("/api/posts/{post}/like");
    let status = json!({ "kind": "status", "status": 500 });
    for (aim, strikes) in [
        (json!({}), [true, true, true]),
        (json!({ "method": "GET" }), [true, false, false]),
        (json!({ "class": "write" }), [false, true, true]),
        (json!({ "class": "auth" }), [false, false, false]),
        (json!({ "path": "/api/posts" }), [true, true, false]),
        (json!({ "path": "/api/posts/{postId}/like" }), [false, false, true]),
        (json!({ "path": "/api/**", "method": "POST" }), [false, true, true]),
        (json!({ "path": "/api/posts/*", "method": "POST" }), [false, false, false]),
        (json!({ "probability": 0 }), [false, false, false]),
        (json!({ "probability": 1.0 }), [true, true, true]),
    ] {
        let mut rule = status.clone();
        rule.as_object_mut().unwrap().extend(aim.as_object().unwrap().clone());
        let id = fault(&world, rule).await;
        let calls = [
            world.get("/api/posts", None).await,
            world.post("/api/posts", &ann, json!({ "content": "y" })).await,
            world.touch(&like, &ann).await,
        ];
        assert_eq!(calls.map(|answer| answer.status == 500), strikes, "{aim}");
        for path in ["/", "/_sandbox/clock", "/_sandbox/faults"] {
            world.get(path, None).await.ok(200);
        }
        world.delete(&format!("/_sandbox/faults/{id}"), None).await.ok(204);
    }
}

#[tokio::test]
async fn several_rules_strike_the_same_call() {
    let world = world().await;
    fault(&world, json!({ "kind": "notJson", "times": 2 })).await;
    fault(&world, json!({ "kind": "wrongContentType", "times": 1 })).await;
    let both = world.get("/api/posts", None).await;
    assert_eq!(both.header("content-type"), "text/html");
    assert!(both.body.is_string());
    assert!(world.get("/api/posts", None).await.body.is_string());
    assert!(world.get("/api/posts", None).await.body.is_object());

    let rules = world.get("/_sandbox/faults", None).await.ok(200);
    assert_eq!(each(&rules, "faults", "kind"), ["notJson", "wrongContentType"]);
    assert_eq!((&rules["faults"][0]["hits"], &rules["faults"][0]["times"]), (&json!(2), &json!(2)));
    let log = world.get("/_sandbox/requests", None).await.ok(200);
    assert_eq!(log["requests"][2]["faults"], json!(["notJson", "wrongContentType"]));
    assert_eq!(log["requests"][0]["faults"], json!([]));
}

#[tokio::test]
async fn a_rule_that_makes_no_sense_is_refused_in_words() {
    let world = world().await;
    for (rule, named) in [
        (json!({}), "kind"),
        (json!({ "kind": "earthquake" }), "dropAfterCommit"),
        (json!({ "kind": "latency" }), "ms"),
        (json!({ "kind": "latency", "ms": -1 }), "ms"),
        (json!({ "kind": "latency", "ms": 1e12 }), "ms"),
        (json!({ "kind": "latency", "ms": 600_001 }), "600000"),
        (json!({ "kind": "status", "status": 99 }), "200 to 599"),
        (json!({ "kind": "status", "status": 503, "headers": { "a b": "c" } }), "a b"),
        (json!({ "kind": "status", "status": 503, "headers": { "a": "b\r\nc" } }), "header"),
        (json!({ "kind": "wrongContentType", "contentType": "\n" }), "header"),
        (json!({ "kind": "notJson", "metod": "GET" }), "metod"),
        (json!({ "kind": "notJson", "method": "FETCH" }), "GET"),
        (json!({ "kind": "notJson", "path": "/media/*" }), "/api/"),
        (json!({ "kind": "notJson", "class": "reads" }), "upload"),
        (json!({ "kind": "notJson", "times": 0 }), "at least 1"),
        (json!({ "kind": "notJson", "probability": 1.5 }), "0 to 1"),
    ] {
        let message = world
            .post("/_sandbox/faults", None, rule.clone())
            .await
            .refused(400, "validation_error");
        assert!(message.contains(named), "{rule}: {message}");
    }
    world.delete("/_sandbox/faults/fault_9", None).await.refused(404, "not_found");
    assert_eq!(world.get("/_sandbox/faults", None).await.ok(200), json!({ "faults": [] }));
}
