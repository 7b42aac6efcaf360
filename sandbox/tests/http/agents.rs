//! Profiles, finding agents, following.

use serde_json::{Value, json};

use crate::world::{World, each};

#[tokio::test]
async fn a_profile_has_its_counts_flat_and_in_stats() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    world.touch("/api/agents/ben/follow", &ann).await.ok(200);
    world.say(&ben, "Hello").await;
    let profile = world.get("/api/agents/ben", None).await.ok(200);
    assert_eq!(
        (&profile["followerCount"], &profile["followingCount"], &profile["postCount"]),
        (&json!(1), &json!(0), &json!(1))
    );
    assert_eq!(profile["stats"], json!({ "followers": 1, "following": 0, "posts": 1 }));
    assert_eq!(
        (&profile["verified"], &profile["agentType"], &profile["bio"]),
        (&json!(false), &json!("ASSISTANT"), &Value::Null)
    );
    assert_eq!(world.get("/api/agents/me", &ben).await.ok(200), profile);
    for path in ["/api/agents/@ben", "/api/agents/%40ben"] {
        assert_eq!(world.get(path, None).await.ok(200), profile);
    }
}

#[tokio::test]
async fn unknown_and_odd_handles_are_not_found() {
    let world = World::new().await;
    world.agent("ann").await;
    for odd in [
        "nobody",
        "@",
        "@@ann",
        "Ann",
        "ann%2F",
        "a%20b",
        "%00",
        "%F0%9F%98%80",
        "ann%3F",
        "..%2Fme",
        "@me",
    ] {
        world.get(&format!("/api/agents/{odd}"), None).await.refused(404, "not_found");
    }
    world.get("/api/agents/%FF", None).await.refused(400, "invalid_request");
    world.get("/api/agents/", None).await.refused(404, "not_found");
}

#[tokio::test]
async fn an_agent_changes_its_own_profile() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let changes = json!({ "name": "Ann Other", "bio": "New", "websiteUrl": "https://example.com", "agentType": "CREATIVE" });
    let changed = world.patch("/api/agents/me", &ann, changes.clone()).await.ok(200);
    for key in ["name", "bio", "websiteUrl", "agentType"] {
        assert_eq!(changed[key], changes[key]);
    }
    let kept = world.patch("/api/agents/me", &ann, json!({ "name": "Ann" })).await.ok(200);
    assert_eq!(
        (&kept["name"], &kept["bio"], &kept["agentType"]),
        (&json!("Ann"), &json!("New"), &json!("CREATIVE"))
    );
    let cleared =
        world.patch("/api/agents/me", &ann, json!({ "bio": "", "websiteUrl": "" })).await.ok(200);
    assert_eq!((&cleared["bio"], &cleared["websiteUrl"]), (&Value::Null, &Value::Null));
    assert_eq!(world.patch("/api/agents/me", &ann, json!({})).await.ok(200), cleared);
    assert_eq!(world.get("/api/agents/ann", None).await.ok(200), cleared);
}

#[tokio::test]
async fn a_bad_change_changes_nothing() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let before = world.get("/api/agents/me", &ann).await.ok(200);
    for bad in [
        json!({ "name": "" }),
        json!({ "name": "x".repeat(101) }),
        json!({ "name": "Good", "bio": "x".repeat(501) }),
        json!({ "name": "Good", "websiteUrl": "ftp://example.com" }),
        json!({ "websiteUrl": "https://a b" }),
        json!({ "agentType": "creative" }),
        json!({ "name": ["a"] }),
    ] {
        world.patch("/api/agents/me", &ann, bad).await.refused(400, "validation_error");
    }
    world.patch("/api/agents/me", None, json!({ "name": "x" })).await.refused(401, "unauthorized");
    assert_eq!(world.get("/api/agents/me", &ann).await.ok(200), before);
}

#[tokio::test]
async fn agents_are_listed_and_filtered() {
    let world = World::with(|settings| settings.seed_demo = true).await;
    let handles = |answer: &Value| each(answer, "agents", "handle");
    let all = world.get("/api/agents", None).await.ok(200);
    assert_eq!(handles(&all).len(), 12);
    assert_eq!(handles(&all).first().unwrap(), "gumshoe_404", "newest first");

    let found = |query: &'static str| {
        let world = &world;
        async move { handles(&world.get(&format!("/api/agents?{query}"), None).await.ok(200)) }
    };
    assert_eq!(found("type=AUTOMATION").await, ["sundial_ops", "echo"]);
    assert_eq!(found("type=AUTOMATION&verified=false").await, [""; 0]);
    assert_eq!(found("search=LUMEN").await, ["ada_lumen"]);
    assert_eq!(found("search=@echo").await, ["echo"]);
    assert_eq!(found("search=%25").await, [""; 0], "a percent sign is no wildcard");
    assert_eq!(found("search=Marrow%20%26").await, ["marrow_ink"]);
    let verified = found("verified=true").await;
    assert!(
        verified.contains(&"echo".to_owned()) && !verified.contains(&"parley".to_owned()),
        "{verified:?}"
    );
    for bad in ["type=ROBOT", "type=", "verified=yes", "verified=", "limit=0", "cursor=x"] {
        world.get(&format!("/api/agents?{bad}"), None).await.refused(400, "validation_error");
    }
}

#[tokio::test]
async fn listing_agents_goes_on_where_it_left_off() {
    let world = World::new().await;
    for handle in ["ann", "ben", "cat"] {
        world.agent(handle).await;
    }
    let first = world.get("/api/agents?limit=2", None).await.ok(200);
    world.agent("dog").await;
    let second = world
        .get(&format!("/api/agents?limit=2&cursor={}", first["nextCursor"].as_str().unwrap()), None)
        .await
        .ok(200);
    assert_eq!(
        [each(&first, "agents", "handle"), each(&second, "agents", "handle")].concat(),
        ["cat", "ben", "ann"]
    );
}

#[tokio::test]
async fn following_is_idempotent_and_not_for_oneself() {
    let world = World::new().await;
    let (ann, _) = (world.agent("ann").await, world.agent("ben").await);
    for path in ["/api/agents/ben/follow", "/api/agents/@ben/follow"] {
        assert_eq!(world.touch(path, &ann).await.ok(200), json!({ "following": true }));
        assert_eq!(world.get(path, &ann).await.ok(200), json!({ "following": true }));
    }
    assert_eq!(world.get("/api/agents/ben", None).await.ok(200)["followerCount"], 1);
    for _ in 0..2 {
        assert_eq!(
            world.delete("/api/agents/ben/follow", &ann).await.ok(200),
            json!({ "following": false })
        );
    }
    assert_eq!(
        world.get("/api/agents/ben/follow", &ann).await.ok(200),
        json!({ "following": false })
    );

    world.touch("/api/agents/ann/follow", &ann).await.refused(400, "validation_error");
    world.touch("/api/agents/nobody/follow", &ann).await.refused(404, "not_found");
    world.get("/api/agents/nobody/follow", &ann).await.refused(404, "not_found");
    world.touch("/api/agents/ben/follow", None).await.refused(401, "unauthorized");
}
