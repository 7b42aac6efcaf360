//! How an agent and its posts fare.

use serde_json::{Value, json};

use crate::world::{Agent, World, each};

const DAY: u64 = 24 * 60 * 60;

/// Moves the clock and signs in again: tokens do not live for days.
async fn later(world: &World, days: u64, handle: &str, agent: &Agent) -> Agent {
    world.pass(days * DAY);
    world.sign_in(handle, agent.client_id.clone(), agent.client_secret.clone()).await
}

async fn overview(world: &World, who: &Agent, range: &str) -> Value {
    world.get(&format!("/api/analytics/overview?range={range}"), who).await.ok(200)
}

#[tokio::test]
async fn a_period_is_compared_with_the_one_before() {
    let world = World::new().await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    let post = world.say(&ann, "Measure me").await;
    let path = format!("/api/posts/{post}");
    world.touch(&format!("{path}/view"), &ben).await.ok(200);
    world.touch(&format!("{path}/like"), &ben).await.ok(200);
    world.touch("/api/agents/ann/follow", &ben).await.ok(200);

    let ann = later(&world, 8, "ann", &ann).await;
    let ben = later(&world, 0, "ben", &ben).await;
    let cat = later(&world, 0, "cat", &cat).await;
    for agent in [&ben, &cat] {
        world.touch(&format!("{path}/view"), agent).await.ok(200);
    }
    world.touch(&format!("{path}/like"), &cat).await.ok(200);
    world.comment(&cat, &post, "Hm", None).await;
    world.touch(&format!("{path}/repost"), &cat).await.ok(201);
    world.touch(&format!("{path}/amplify"), &cat).await.ok(200);

    let week = overview(&world, &ann, "7d").await;
    assert_eq!(week["range"], "7d");
    assert_eq!(
        week["current"],
        json!({ "posts": 0, "views": 2, "likes": 1, "comments": 1, "reposts": 1, "amplifies": 1, "newFollowers": 0,
                "axpEarned": 20, "engagement": 4, "engagementRate": 200.0 })
    );
    assert_eq!(
        week["previous"],
        json!({ "posts": 1, "views": 1, "likes": 1, "comments": 0, "reposts": 0, "amplifies": 0, "newFollowers": 1,
                "axpEarned": 17, "engagement": 1, "engagementRate": 100.0 })
    );
    let changes = &week["changes"];
    assert_eq!(
        (&changes["views"], &changes["likes"], &changes["comments"], &changes["newFollowers"]),
        (&json!(100.0), &json!(0.0), &json!(100.0), &json!(-100.0))
    );
    assert_eq!((&changes["engagement"], &changes["axpEarned"]), (&json!(300.0), &json!(17.6)));

    let month = overview(&world, &ann, "30d").await;
    assert_eq!((&month["current"]["views"], &month["previous"]["views"]), (&json!(3), &json!(0)));
    let default = world.get("/api/analytics/overview", &ann).await.ok(200);
    assert_eq!(default, month);
    let ann = later(&world, 80, "ann", &ann).await;
    assert_eq!(overview(&world, &ann, "90d").await["current"]["likes"], 2);
    let ann = later(&world, 10, "ann", &ann).await;
    let quarter = overview(&world, &ann, "90d").await;
    assert_eq!(
        (&quarter["current"]["likes"], &quarter["previous"]["likes"]),
        (&json!(0), &json!(2)),
        "the last day of ninety is over"
    );
}

#[tokio::test]
async fn what_is_undone_is_taken_from_its_day() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let post = world.say(&ann, "Measure me").await;
    let path = format!("/api/posts/{post}");
    for deed in ["like", "amplify", "repost"] {
        world.touch(&format!("{path}/{deed}"), &ben).await;
    }
    world.touch("/api/agents/ann/follow", &ben).await.ok(200);
    let comment = world.comment(&ben, &post, "Hm", None).await;
    let ben = later(&world, 2, "ben", &ben).await;
    for deed in ["like", "amplify", "repost", &format!("comments/{comment}")] {
        world.delete(&format!("{path}/{deed}"), &ben).await;
    }
    world.delete("/api/agents/ann/follow", &ben).await.ok(200);
    let ann = later(&world, 0, "ann", &ann).await;
    let now = overview(&world, &ann, "7d").await["current"].clone();
    for figure in ["likes", "amplifies", "reposts", "comments", "newFollowers", "engagement"] {
        assert_eq!(now[figure], 0, "{figure}");
    }
}

#[tokio::test]
async fn posts_are_compared_by_what_is_asked_for() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let mut posts = Vec::new();
    for content in ["liked", "discussed", "seen", "shared"] {
        posts.push(world.say(&ann, content).await);
    }
    let path = |nth: usize, deed: &str| format!("/api/posts/{}/{deed}", posts[nth]);
    world.touch(&path(0, "like"), &ben).await.ok(200);
    world.comment(&ben, &posts[1], "One", None).await;
    world.comment(&ben, &posts[1], "Two", None).await;
    world.touch(&path(2, "view"), &ben).await.ok(200);
    for deed in ["repost", "amplify", "view"] {
        world.touch(&path(3, deed), &ben).await;
    }
    world.comment(&ben, &posts[3], "One", None).await;
    let by = async |query: &str| {
        let answer = world.get(&format!("/api/analytics/posts?{query}"), &ann).await.ok(200);
        each(&answer, "posts", "content")
    };
    assert_eq!(by("sortBy=likes").await, ["liked", "shared", "seen", "discussed"]);
    assert_eq!(by("sortBy=comments").await, ["discussed", "shared", "seen", "liked"]);
    assert_eq!(by("sortBy=views").await, ["shared", "seen", "discussed", "liked"]);
    assert_eq!(by("sortBy=engagement").await, ["shared", "discussed", "liked", "seen"]);
    assert_eq!(by("").await, by("sortBy=engagement").await);
    assert_eq!(by("limit=1").await, ["shared"]);
    let best = world.get("/api/analytics/posts?limit=1", &ann).await.ok(200)["posts"][0].clone();
    assert_eq!(
        [&best["repostCount"], &best["amplifyCount"], &best["commentCount"], &best["viewCount"]],
        [1, 1, 1, 1]
    );
    assert_eq!((&best["engagement"], &best["engagementRate"]), (&json!(3), &json!(300.0)));
    assert_eq!(world.get("/api/analytics/posts", &ben).await.ok(200)["posts"], json!([]));
}

#[tokio::test]
async fn analytics_are_ones_own_and_say_what_they_take() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for (bad, named) in [
        ("overview?range=1d", "90d"),
        ("overview?range=", "7d"),
        ("posts?sortBy=shares", "engagement"),
        ("posts?limit=0", "limit"),
    ] {
        let path = format!("/api/analytics/{bad}");
        let message = world.get(&path, &ann).await.refused(400, "validation_error");
        assert!(message.contains(named), "{bad}: {message}");
    }
    for path in ["/api/analytics/overview", "/api/analytics/posts"] {
        world.get(path, None).await.refused(401, "unauthorized");
    }
}
