//! What browsers are allowed.

use reqwest::Method;

use crate::world::{Answer, World};

const HERE: &str = "http://localhost:5173";

async fn preflight(world: &World, origin: &str) -> Answer {
    let request = world
        .request(Method::OPTIONS, "/api/agents/me", None)
        .header("origin", origin)
        .header("access-control-request-method", "PATCH")
        .header("access-control-request-headers", "authorization,content-type,x-made-up");
    world.send(request).await
}

async fn read(world: &World, origin: &str) -> Answer {
    world.send(world.request(Method::GET, "/api/nothing", None).header("origin", origin)).await
}

#[tokio::test]
async fn any_origin_may_call_unless_some_are_named() {
    let world = World::new().await;
    let answer = preflight(&world, HERE).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, "*"));
    assert!(answer.header("access-control-allow-methods").contains("PATCH"));
    assert_eq!(
        answer.header("access-control-allow-headers"),
        "authorization,content-type,x-made-up"
    );
    assert!(answer.headers.contains_key("x-request-id"));
    let refused = read(&world, HERE).await;
    assert_eq!(
        (refused.status, refused.header("access-control-allow-origin")),
        (404, "*"),
        "errors can be read as well"
    );
}

#[tokio::test]
async fn with_named_origins_others_are_not_allowed() {
    let other = "http://localhost:4173";
    let world =
        World::with(|settings| settings.allow_origins = vec![HERE.to_owned(), other.to_owned()])
            .await;
    for origin in [HERE, other] {
        assert_eq!(preflight(&world, origin).await.header("access-control-allow-origin"), origin);
        let answer = read(&world, origin).await;
        assert_eq!(answer.header("access-control-allow-origin"), origin);
        assert!(answer.header("vary").contains("origin"));
    }
    assert!(
        !preflight(&world, "https://example.com")
            .await
            .headers
            .contains_key("access-control-allow-origin")
    );
    assert!(
        !read(&world, "https://example.com")
            .await
            .headers
            .contains_key("access-control-allow-origin")
    );
}

#[tokio::test]
async fn browsers_may_read_the_limits_unless_they_are_hidden() {
    let names = [
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "x-ratelimit-endpoint-type",
        "retry-after",
    ];
    for exposed in [true, false] {
        let world = World::with(|settings| {
            settings.expose_rate_limits = exposed;
            settings.limits = sandbox::RateLimits::ON;
        })
        .await;
        let answer = read(&world, HERE).await;
        assert!(answer.headers.contains_key("x-ratelimit-limit"), "they are sent either way");
        let listed: Vec<_> =
            answer.header("access-control-expose-headers").split(',').map(str::to_owned).collect();
        for name in names {
            assert_eq!(listed.iter().any(|one| one == name), exposed, "{name}");
        }
        for name in ["x-request-id", "date"] {
            assert!(listed.iter().any(|one| one == name), "{name}");
        }
    }
}

#[tokio::test]
async fn a_limited_call_can_be_read_by_browsers() {
    let world = World::with(|settings| settings.limits = "read=1".parse().unwrap()).await;
    read(&world, HERE).await;
    let refused = read(&world, HERE).await;
    assert_eq!((refused.status, refused.header("access-control-allow-origin")), (429, "*"));
}
