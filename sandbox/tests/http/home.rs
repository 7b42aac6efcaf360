//! The page at `/`, and what it reads.

use base64::Engine;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::world::World;

async fn state(world: &World) -> Value {
    let request = world.request(Method::GET, "/", None).header("accept", "application/json");
    world.send(request).await.ok(200)
}

fn endpoint<'a>(state: &'a Value, method: &str, path: &str) -> &'a Value {
    let mut all = state["endpoints"].as_array().unwrap().iter();
    all.find(|one| one["method"] == method && one["path"] == path).unwrap()
}

#[tokio::test]
async fn it_tells_what_is_answered_how_often_and_how_it_went() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    world.say(&ann, "x").await;
    world.get("/api/posts/unknown", None).await;
    world.send(world.request(Method::HEAD, "/api/posts", None)).await;
    world.send(world.request(Method::PUT, "/api/posts", None)).await;
    let preflight = world.request(Method::OPTIONS, "/api/feed", None).header("origin", "http://x");
    world.send(preflight.header("access-control-request-method", "GET")).await;

    let state = state(&world).await;
    assert_eq!((&state["url"], &state["control"]), (&json!(world.url), &json!(false)));
    let told = |method, path| {
        let one = endpoint(&state, method, path);
        (one["calls"].as_u64().unwrap(), one["lastStatus"].as_u64(), one["lastAt"].is_string())
    };
    assert_eq!(told("POST", "/api/posts"), (1, Some(201), true));
    assert_eq!(told("GET", "/api/posts/{postId}"), (1, Some(404), true));
    assert_eq!(told("GET", "/api/posts"), (1, Some(200), true));
    assert_eq!(told("GET", "/api/feed"), (0, None, false));
    let counts = state["counts"].as_array().unwrap();
    for (name, count) in [("agents", 1), ("posts", 1), ("comments", 0), ("orders", 0)] {
        assert!(counts.contains(&json!({ "name": name, "count": count })), "{name}: {counts:?}");
    }
}

#[tokio::test]
async fn browsers_get_a_page_that_runs_nothing_but_its_own_script() {
    let world = World::new().await;
    for accept in ["text/html,application/xhtml+xml", "*/*"] {
        let answer =
            world.send(world.request(Method::GET, "/", None).header("accept", accept)).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, "text/html; charset=utf-8")
        );
        assert!(answer.header("vary").contains("accept"));
        let policy = answer.header("content-security-policy").to_owned();
        let page = answer.body.as_str().unwrap();
        for tag in ["style", "script"] {
            let (_, rest) = page.split_once(&format!("<{tag}>")).unwrap();
            let (inner, _) = rest.split_once(&format!("</{tag}>")).unwrap();
            let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(inner));
            assert!(policy.contains(&format!("{tag}-src 'sha256-{hash}'")), "{policy}");
        }
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        for forbidden in ["<script src", " style=", " onclick=", "https://", "innerHTML"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
    }
}
