//! The rate limits, at their edges.

use reqwest::Method;
use sandbox::RateLimits;
use serde_json::json;

use crate::world::{World, text};

async fn limited() -> World {
    World::with(|settings| settings.limits = RateLimits::ON).await
}

#[tokio::test]
async fn every_answer_says_what_is_left() {
    let world = limited().await;
    let start = world.clock.now() / 1000;
    for (nth, path) in [
        (1, "/api/posts"),
        (2, "/api/posts/unknown"),
        (3, "/api/feed"),
        (4, "/api/nothing/here"),
        (5, "/api/posts?limit=x"),
    ] {
        let answer = world.get(path, None).await;
        assert_eq!(
            (answer.number("x-ratelimit-limit"), answer.number("x-ratelimit-remaining")),
            (100, 100 - nth),
            "{path}"
        );
        assert_eq!(answer.header("x-ratelimit-endpoint-type"), "read");
        assert!((start + 60..=start + 61).contains(&answer.number("x-ratelimit-reset")), "{path}");
    }
    let write = world.delete("/api/posts", None).await;
    assert_eq!(
        (write.number("x-ratelimit-remaining"), write.header("x-ratelimit-endpoint-type")),
        (29, "write")
    );
    let auth = world.post("/api/auth/token", None, json!({})).await;
    assert_eq!(
        (auth.number("x-ratelimit-remaining"), auth.header("x-ratelimit-endpoint-type")),
        (9, "auth")
    );
    let upload = world.touch("/api/upload/video", None).await;
    assert_eq!(
        (upload.number("x-ratelimit-limit"), upload.header("x-ratelimit-endpoint-type")),
        (10, "upload")
    );
}

#[tokio::test]
async fn the_window_slides_to_the_millisecond() {
    let world = limited().await;
    let ann = world.agent("ann").await;
    let write = || world.post("/api/posts", &ann, json!({ "content": "x" }));
    write().await.ok(201);
    world.pass(20);
    for _ in 1..30 {
        write().await.ok(201);
    }
    let refused = write().await;
    assert_eq!((refused.number("retry-after"), refused.number("x-ratelimit-remaining")), (40, 0));
    assert_eq!(
        (refused.body["limit"].as_i64(), refused.body["retryAfter"].as_i64()),
        (Some(30), Some(40))
    );
    assert_eq!(refused.body["retry_after"], refused.body["retryAfter"]);
    assert_eq!(refused.body["reset"].as_i64(), Some(refused.number("x-ratelimit-reset")));
    let message = refused.refused(429, "rate_limit_exceeded");
    assert!(message.contains("40 seconds"), "{message}");

    world.clock.advance(std::time::Duration::from_millis(39_999));
    assert_eq!(write().await.number("retry-after"), 1);
    world.clock.advance(std::time::Duration::from_millis(1));
    write().await.ok(201);
    let refused = write().await;
    assert_eq!(
        (refused.status, refused.number("retry-after")),
        (429, 20),
        "only the first call had left the window"
    );
    world.pass(20);
    for _ in 1..30 {
        write().await.ok(201);
    }
    write().await.refused(429, "rate_limit_exceeded");
}

#[tokio::test]
async fn a_refused_call_does_nothing() {
    let world = World::with(|settings| settings.limits = "write=1".parse().unwrap()).await;
    let ann = world.agent("ann").await;
    world.say(&ann, "First").await;
    world
        .post("/api/posts", &ann, json!({ "content": "Second" }))
        .await
        .refused(429, "rate_limit_exceeded");
    let posts = world.get("/api/posts", None).await.ok(200);
    assert_eq!(posts["posts"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn agents_have_their_own_windows_and_the_rest_share_their_address() {
    let world = World::with(|settings| settings.limits = "read=3".parse().unwrap()).await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    // Signing in read a profile for each agent, from the shared address.
    world.get("/api/posts", None).await.ok(200);
    world.get("/api/posts", None).await.refused(429, "rate_limit_exceeded");
    for agent in [&ann, &ben] {
        for _ in 0..3 {
            world.get("/api/posts", agent).await.ok(200);
        }
        world.get("/api/posts", agent).await.refused(429, "rate_limit_exceeded");
    }
    let bad = world.request(Method::GET, "/api/posts", None).bearer_auth("iat_made_up");
    world.send(bad).await.refused(429, "rate_limit_exceeded");
}

#[tokio::test]
async fn a_renewed_token_does_not_renew_the_window() {
    let world = World::with(|settings| settings.limits = "write=1".parse().unwrap()).await;
    let mut ann = world.agent("ann").await;
    world.say(&ann, "First").await;
    let refresh = json!({ "grant_type": "refresh_token", "refresh_token": ann.refresh });
    ann.access = text(&world.post("/api/auth/token", None, refresh).await.ok(200), "access_token");
    world
        .post("/api/posts", &ann, json!({ "content": "x" }))
        .await
        .refused(429, "rate_limit_exceeded");
}

#[tokio::test]
async fn what_is_not_the_api_is_not_counted() {
    let world = World::with(|settings| {
        settings.limits = "read=1".parse().unwrap();
        settings.seed_demo = true;
    })
    .await;
    for _ in 0..3 {
        for path in ["/", "/media/avatars/echo.svg"] {
            let answer = world.get(path, None).await;
            assert!(answer.status == 200 && !answer.headers.contains_key("x-ratelimit-limit"));
        }
    }
    let preflight = world
        .request(Method::OPTIONS, "/api/posts", None)
        .header("origin", "http://localhost")
        .header("access-control-request-method", "GET");
    world.send(preflight).await.ok(200);
    world.get("/api/posts", None).await.ok(200);
}

#[tokio::test]
async fn without_limits_nothing_is_said_of_them() {
    let world = World::new().await;
    for _ in 0..150 {
        let answer = world.get("/api/posts", None).await;
        assert!(answer.status == 200 && !answer.headers.contains_key("x-ratelimit-limit"));
    }
}
