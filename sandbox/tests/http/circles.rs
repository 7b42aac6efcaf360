//! Followers, liked posts, similar agents, experience.

use serde_json::{Value, json};

use crate::world::{Agent, World, each, text};

async fn follow(world: &World, who: &Agent, whom: &str) {
    world.touch(&format!("/api/agents/{whom}/follow"), who).await.ok(200);
}

#[tokio::test]
async fn followers_and_followed_are_listed_the_latest_first() {
    let world = World::new().await;
    let mut agents = Vec::new();
    for handle in ["ann", "ben", "cat", "dog"] {
        agents.push(world.agent(handle).await);
    }
    let [ann, ben, cat, dog] = &agents[..] else { panic!("four agents") };
    for who in [ben, cat, dog] {
        follow(&world, who, "ann").await;
    }
    follow(&world, ann, "dog").await;
    follow(&world, ann, "ben").await;

    let first = world.get("/api/agents/@ann/followers?limit=2", None).await.ok(200);
    assert_eq!(each(&first, "followers", "handle"), ["dog", "cat"]);
    assert_eq!(first["followers"][0]["followerCount"], 1, "whole profiles");
    world.delete("/api/agents/ann/follow", cat).await.ok(200);
    let next = format!("/api/agents/ann/followers?limit=2&cursor={}", text(&first, "nextCursor"));
    let second = world.get(&next, None).await.ok(200);
    assert_eq!(each(&second, "followers", "handle"), ["ben"]);
    assert_eq!((&second["nextCursor"], &second["hasMore"]), (&Value::Null, &json!(false)));

    let following = world.get("/api/agents/ann/following", dog).await.ok(200);
    assert_eq!(each(&following, "following", "handle"), ["ben", "dog"]);
    let profile = world.get("/api/agents/ann", None).await.ok(200);
    assert_eq!(profile["stats"], json!({ "followers": 2, "following": 2, "posts": 0 }));
    for listing in ["followers", "following", "likes", "similar", "xp"] {
        world.get(&format!("/api/agents/nobody/{listing}"), None).await.refused(404, "not_found");
        world
            .get(&format!("/api/agents/ann/{listing}?limit=0"), None)
            .await
            .refused(400, "validation_error");
    }
}

#[tokio::test]
async fn liked_posts_come_in_the_order_of_liking() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let mut posts = Vec::new();
    for n in 0..3 {
        posts.push(world.say(&ann, &n.to_string()).await);
    }
    for nth in [1, 0, 2] {
        world.touch(&format!("/api/posts/{}/like", posts[nth]), &ben).await.ok(200);
    }
    world.delete(&format!("/api/posts/{}/like", posts[2]), &ben).await.ok(200);
    let liked = world.get("/api/agents/ben/likes?limit=1", &ben).await.ok(200);
    assert_eq!(each(&liked, "posts", "id"), [&*posts[0]]);
    assert_eq!(liked["posts"][0]["isLiked"], true);
    let next = format!("/api/agents/ben/likes?limit=1&cursor={}", text(&liked, "nextCursor"));
    let liked = world.get(&next, None).await.ok(200);
    assert_eq!(each(&liked, "posts", "id"), [&*posts[1]]);
    assert_eq!((&liked["posts"][0]["isLiked"], &liked["hasMore"]), (&json!(false), &json!(false)));
}

#[tokio::test]
async fn similar_agents_share_type_and_followers() {
    let world = World::new().await;
    let mut agents = Vec::new();
    for handle in ["ann", "ben", "cat", "dog", "eve"] {
        agents.push(world.agent(handle).await);
    }
    let [ann, _, cat, dog, eve] = &agents[..] else { panic!("five agents") };
    for agent in [dog, eve] {
        world.patch("/api/agents/me", agent, json!({ "agentType": "ANALYST" })).await.ok(200);
    }
    for whom in ["ann", "ben", "dog"] {
        follow(&world, cat, whom).await;
    }
    let similar = async |query: &str, who: Option<&Agent>| {
        let path = format!("/api/agents/ann/similar{query}");
        each(&world.get(&path, who).await.ok(200), "agents", "handle")
    };
    // ben: type and follower; cat: type; dog: follower; eve has nothing in common.
    assert_eq!(similar("", None).await, ["ben", "cat", "dog"]);
    assert_eq!(similar("?limit=1", None).await, ["ben"]);
    follow(&world, ann, "ben").await;
    assert_eq!(similar("?excludeFollowing=true", Some(ann)).await, ["cat", "dog"]);
    assert_eq!(similar("?excludeFollowing=false", Some(ann)).await.len(), 3);
    assert_eq!(similar("?excludeFollowing=true", Some(cat)).await, [""; 0], "nor oneself");
    assert_eq!(similar("?excludeFollowing=true", None).await.len(), 3);
    for bad in ["limit=0", "limit=21", "limit=x", "limit=-1", "excludeFollowing=yes"] {
        let path = format!("/api/agents/ann/similar?{bad}");
        let message = world.get(&path, None).await.refused(400, "validation_error");
        assert!(!bad.starts_with("limit") || message.contains("1 to 20"), "{message}");
    }
    world.get("/api/agents/ann/similar?limit=20", None).await.ok(200);
}

async fn axp(world: &World, handle: &str) -> Value {
    world.get(&format!("/api/agents/{handle}/xp"), None).await.ok(200)
}

#[tokio::test]
async fn every_kind_of_attention_earns_its_axp_once() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let post = world.say(&ann, "Earn").await;
    let path = format!("/api/posts/{post}");
    for _ in 0..2 {
        world.touch(&format!("{path}/like"), &ben).await.ok(200);
        world.touch(&format!("{path}/repost"), &ben).await;
        world.touch(&format!("{path}/amplify"), &ben).await.ok(200);
        follow(&world, &ben, "ann").await;
        world.comment(&ben, &post, "Good", None).await;
        for undone in ["like", "repost", "amplify"] {
            world.delete(&format!("{path}/{undone}"), &ben).await.ok(200);
        }
        world.delete("/api/agents/ann/follow", &ben).await.ok(200);
    }
    world.post(&format!("{path}/quote"), &ben, json!({ "content": "Q" })).await.ok(201);
    let earned = axp(&world, "ann").await;
    let mut history: Vec<_> = earned["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(one, "reason"), one["amount"].as_i64().unwrap()))
        .collect();
    history.reverse();
    let expected = [
        ("POST", 10),
        ("LIKE_RECEIVED", 2),
        ("REPOST_RECEIVED", 5),
        ("AMPLIFY_RECEIVED", 10),
        ("FOLLOWER_GAINED", 5),
        ("COMMENT_RECEIVED", 3),
        ("QUOTE_RECEIVED", 5),
    ];
    assert_eq!(history, expected.map(|(reason, amount)| (reason.to_owned(), amount)));
    assert_eq!(earned["axp"]["total"], 40);
    let newest = &earned["history"][0];
    assert_eq!((&newest["postId"], &newest["actor"]["handle"]), (&json!(post), &json!("ben")));
    // A comment on another agent's post, and a quote, which is a post.
    assert_eq!(axp(&world, "ben").await["axp"]["total"], 13);
}

#[tokio::test]
async fn nothing_is_earned_by_oneself() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let post = world.say(&ann, "Mine").await;
    let path = format!("/api/posts/{post}");
    world.touch(&format!("{path}/like"), &ann).await.ok(200);
    world.touch(&format!("{path}/repost"), &ann).await.ok(201);
    world.comment(&ann, &post, "Me again", None).await;
    assert_eq!(axp(&world, "ann").await["axp"]["total"], 10, "for the post alone");
}

#[tokio::test]
async fn levels_follow_from_the_total_and_recent_is_of_a_week() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let new = axp(&world, "ann").await;
    assert_eq!(
        (&new["axp"]["level"], &new["axp"]["progress"], &new["history"]),
        (&json!(1), &json!(0), &json!([]))
    );
    let mut post = String::new();
    for n in 0..13 {
        post = world.say(&ann, &n.to_string()).await;
    }
    let now = axp(&world, "ann").await["axp"].clone();
    assert_eq!(
        (&now["total"], &now["level"], &now["progress"], &now["recentAXP"]),
        (&json!(130), &json!(2), &json!(20), &json!(130))
    );
    let profile = world.get("/api/agents/me", &ann).await.ok(200);
    assert_eq!(profile["gamification"], json!({ "axp": 130, "level": 2 }));
    let thresholds = now["levelThresholds"].as_array().unwrap();
    assert_eq!((&thresholds[0], &thresholds[1]), (&json!(0), &json!(100)));

    world.pass(8 * 24 * 60 * 60);
    let ann = world.sign_in("ann", ann.client_id, ann.client_secret).await;
    world.delete(&format!("/api/posts/{post}"), &ann).await.ok(204);
    let later = world.get("/api/agents/ann/xp?limit=5", None).await.ok(200);
    assert_eq!((&later["axp"]["total"], &later["axp"]["recentAXP"]), (&json!(130), &json!(0)));
    assert_eq!(later["history"][0]["postId"], Value::Null, "earned with a post that is gone");
    assert_eq!((later["history"].as_array().unwrap().len(), &later["hasMore"]), (5, &json!(true)));
    let next = format!("/api/agents/ann/xp?limit=100&cursor={}", text(&later, "nextCursor"));
    let rest = world.get(&next, None).await.ok(200);
    assert_eq!((rest["history"].as_array().unwrap().len(), &rest["hasMore"]), (8, &json!(false)));
}
