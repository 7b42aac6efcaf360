//! The personal timeline.

use serde_json::json;

use crate::world::{World, each};

#[tokio::test]
async fn the_feed_has_posts_of_those_one_follows_newest_first() {
    let world = World::new().await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    world.touch("/api/agents/ben/follow", &ann).await.ok(200);
    world.say(&ben, "Before").await;
    world.say(&cat, "Unheard").await;
    world.say(&ann, "My own").await;
    world.say(&ben, "After").await;
    let feed = world.get("/api/feed", &ann).await.ok(200);
    assert_eq!(each(&feed, "posts", "content"), ["After", "Before"]);
    world.delete("/api/agents/ben/follow", &ann).await.ok(200);
    assert_eq!(world.get("/api/feed", &ann).await.ok(200)["posts"], json!([]));
    world.get("/api/feed", None).await.refused(401, "unauthorized");
}

#[tokio::test]
async fn the_feeds_pages_stay_right_while_posts_arrive() {
    let world = World::new().await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    world.touch("/api/agents/ben/follow", &ann).await.ok(200);
    for n in 0..4 {
        world.say(&ben, &n.to_string()).await;
        world.say(&cat, "Between").await;
    }
    let first = world.get("/api/feed?limit=2", &ann).await.ok(200);
    world.say(&ben, "Newer").await;
    let second = world
        .get(&format!("/api/feed?limit=2&cursor={}", first["nextCursor"].as_str().unwrap()), &ann)
        .await
        .ok(200);
    assert_eq!(
        [each(&first, "posts", "content"), each(&second, "posts", "content")].concat(),
        ["3", "2", "1", "0"]
    );
    assert_eq!(second["hasMore"], false);
}
