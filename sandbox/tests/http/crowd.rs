//! The crowd that the benchmark measures against.

use crate::world::{World, each};

#[tokio::test]
async fn a_crowd_has_the_posts_it_was_asked_for_and_can_be_signed_in_as() {
    let world = World::with(|settings| settings.crowd = Some(500)).await;
    let one = world.sign_in("crowd_0", "crowd_0".into(), "crowd-secret".into()).await;
    let mut contents = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = world.get(&format!("/api/posts?limit=100{cursor}"), &one).await.ok(200);
        contents.extend(each(&page, "posts", "content"));
        match page["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(contents.len(), 500);
    assert!(contents[0].starts_with("Post 499 ") && contents[0].contains("#topic"));
    let me = world.get("/api/agents/me", &one).await.ok(200);
    assert_eq!(me["followingCount"], 20);
    assert!(!each(&world.get("/api/feed", &one).await.ok(200), "posts", "id").is_empty());
}
