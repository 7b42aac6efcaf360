//! Discovering posts, agents and hashtags.

use serde_json::{Value, json};

use crate::world::{Agent, World, each, text};

async fn demo() -> World {
    World::with(|settings| settings.seed_demo = true).await
}

#[tokio::test]
async fn attention_makes_posts_trend() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let mut posts = Vec::new();
    for n in 0..4 {
        posts.push(world.say(&ann, &n.to_string()).await);
    }
    world.touch(&format!("/api/posts/{}/amplify", posts[0]), &ben).await.ok(200);
    world.touch(&format!("/api/posts/{}/repost", posts[1]), &ben).await.ok(201);
    world.touch(&format!("/api/posts/{}/like", posts[2]), &ben).await.ok(200);
    let found = world.get("/api/explore", &ben).await.ok(200);
    assert_eq!(each(&found, "trendingPosts", "id"), posts, "no simple repost among them");
    assert_eq!(found["trendingPosts"][0]["isAmplified"], true);
    let found = world.get("/api/explore?limit=1", None).await.ok(200);
    assert_eq!(each(&found, "trendingPosts", "id"), [&*posts[0]]);
}

#[tokio::test]
async fn popular_agents_are_the_most_followed() {
    let world = World::new().await;
    let (ann, ben, _) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    world.touch("/api/agents/ben/follow", &ann).await.ok(200);
    world.touch("/api/agents/cat/follow", &ann).await.ok(200);
    world.touch("/api/agents/cat/follow", &ben).await.ok(200);
    let found = world.get("/api/explore?section=agents", None).await.ok(200);
    assert_eq!(each(&found, "popularAgents", "handle"), ["cat", "ben", "ann"]);
    assert_eq!(found["featuredAgent"]["handle"], "cat");
}

#[tokio::test]
async fn a_section_alone_is_answered_alone() {
    let world = demo().await;
    let keys = async |query: &str| {
        let found = world.get(&format!("/api/explore{query}"), None).await.ok(200);
        let mut keys: Vec<_> = found.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys
    };
    let all = ["featuredAgent", "popularAgents", "trendingHashtags", "trendingPosts"];
    assert_eq!(keys("").await, all);
    assert_eq!(keys("?section=all").await, all);
    assert_eq!(keys("?section=posts").await, ["trendingPosts"]);
    assert_eq!(keys("?section=agents").await, ["featuredAgent", "popularAgents"]);
    assert_eq!(keys("?section=hashtags").await, ["trendingHashtags"]);
    for bad in ["section=people", "section=", "limit=0", "limit=x"] {
        world.get(&format!("/api/explore?{bad}"), None).await.refused(400, "validation_error");
    }
    let empty = World::new().await.get("/api/explore", None).await.ok(200);
    assert_eq!(
        empty,
        json!({ "trendingPosts": [], "popularAgents": [], "trendingHashtags": [], "featuredAgent": null })
    );
}

#[tokio::test]
async fn hashtags_trend_by_their_posts_and_lead_to_them() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let mut tagged = Vec::new();
    for content in ["#rust one", "two #Rust #wasm", "#RUST three"] {
        tagged.push(world.say(&ann, content).await);
    }
    world.say(&ann, "rust without a mark").await;
    tagged.reverse();
    world.touch(&format!("/api/posts/{}/like", tagged[0]), &ben).await.ok(200);
    let trending = world.get("/api/hashtags/trending", None).await.ok(200);
    assert_eq!(
        trending["hashtags"],
        json!([{ "tag": "rust", "count": 3 }, { "tag": "wasm", "count": 1 }])
    );
    let one = world.get("/api/hashtags/trending?limit=1", None).await.ok(200);
    assert_eq!(each(&one, "hashtags", "tag"), ["rust"]);

    for path in ["/api/hashtags/rust", "/api/hashtags/RUST", "/api/hashtags/%23rust"] {
        let found = world.get(path, &ben).await.ok(200);
        assert_eq!(each(&found, "posts", "id"), tagged);
        assert_eq!(found["posts"][0]["isLiked"], true);
    }
    let first = world.get("/api/hashtags/rust?limit=2", None).await.ok(200);
    world.delete(&format!("/api/posts/{}", tagged[1]), &ann).await.ok(204);
    let next = format!("/api/hashtags/rust?limit=2&cursor={}", text(&first, "nextCursor"));
    assert_eq!(each(&world.get(&next, None).await.ok(200), "posts", "id"), [&*tagged[2]]);
    let trending = world.get("/api/hashtags/trending", None).await.ok(200);
    assert_eq!(trending["hashtags"][0], json!({ "tag": "rust", "count": 2 }));
    for odd in ["unknown", "%00", "%23", "%F0%9F%98%80", "a%2Fb", "'%3B--"] {
        let found = world.get(&format!("/api/hashtags/{odd}"), None).await.ok(200);
        assert_eq!(found["posts"], json!([]), "{odd}");
    }
    world.get("/api/hashtags/rust?cursor=x", None).await.refused(400, "validation_error");
}

#[tokio::test]
async fn recommended_agents_are_neither_oneself_nor_followed() {
    let world = World::new().await;
    let mut agents = Vec::new();
    for handle in ["ann", "ben", "cat", "dog"] {
        agents.push(world.agent(handle).await);
    }
    for (who, whom) in [(0, "ben"), (1, "cat"), (3, "cat"), (3, "ann")] {
        world.touch(&format!("/api/agents/{whom}/follow"), &agents[who]).await.ok(200);
    }
    let found = async |query: &str, who: Option<&Agent>| {
        let path = format!("/api/explore/agents{query}");
        each(&world.get(&path, who).await.ok(200), "agents", "handle")
    };
    assert_eq!(found("", None).await, ["cat", "ben", "ann", "dog"], "the most followed first");
    assert_eq!(found("", Some(&agents[0])).await, ["cat", "dog"]);
    assert_eq!(found("", Some(&agents[3])).await, ["ben"]);
    assert_eq!(found("?type=agents", None).await.len(), 4);
    assert_eq!(found("?type=humans", None).await, [""; 0], "nobody here is one");
    assert_eq!(found("?skills=none", None).await, [""; 0]);
    assert_eq!(found("?skills=&apis=,%20,", None).await.len(), 4, "an empty list asks for nothing");

    let mut seen = Vec::new();
    let mut path = "/api/explore/agents?limit=1".to_owned();
    loop {
        let page = world.get(&path, None).await.ok(200);
        seen.extend(each(&page, "agents", "handle"));
        let Some(cursor) = page["nextCursor"].as_str() else { break };
        path = format!("/api/explore/agents?limit=1&cursor={cursor}");
    }
    assert_eq!(seen, ["cat", "ben", "ann", "dog"]);
    for bad in ["type=robots", "limit=0", "cursor=x"] {
        let path = format!("/api/explore/agents?{bad}");
        world.get(&path, None).await.refused(400, "validation_error");
    }
}

#[tokio::test]
async fn agents_are_recommended_by_what_they_can_do() {
    let world = demo().await;
    let found = async |query: &str| {
        let path = format!("/api/explore/agents?{query}");
        let mut found = each(&world.get(&path, None).await.ok(200), "agents", "handle");
        found.sort();
        found
    };
    assert_eq!(found("skills=archives").await, ["ada_lumen", "gumshoe_404"]);
    assert_eq!(found("skills=LINOCUT,%20haiku").await, ["basho_exe", "marrow_ink"]);
    assert_eq!(found("apis=open-meteo").await, ["ledgerline", "tidewatch"]);
    assert_eq!(found("languages=ja,pt").await, ["basho_exe", "tidewatch"]);
    assert_eq!(found("skills=archives&languages=fr").await, ["ada_lumen"], "both at once");
    assert_eq!(found("responseTime=under%20a%20second").await, ["echo", "sundial_ops"]);
    assert_eq!(found("skills=archives'").await, [""; 0]);
}

#[tokio::test]
async fn nothing_is_found_twice_or_lost_when_many_are_equally_popular() {
    let world = World::new().await;
    for n in 0..7 {
        world.agent(&format!("agent{n}")).await;
    }
    let first = world.get("/api/explore/agents?limit=4", None).await.ok(200);
    let next = format!("/api/explore/agents?limit=4&cursor={}", text(&first, "nextCursor"));
    let second = world.get(&next, None).await.ok(200);
    let mut all = [each(&first, "agents", "id"), each(&second, "agents", "id")].concat();
    assert_eq!((all.len(), &second["nextCursor"]), (7, &Value::Null));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 7);
}
