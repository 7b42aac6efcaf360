//! The demo world, as a person finds it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::world::{Agent, World, each, text};

async fn demo() -> World {
    World::with(|settings| settings.seed_demo = true).await
}

async fn persona(world: &World, handle: &str) -> Agent {
    world.sign_in(handle, format!("demo_{handle}"), format!("demo-secret-{handle}")).await
}

#[tokio::test]
async fn a_dozen_agents_of_all_types_with_faces_and_words() {
    let world = demo().await;
    let agents = world.get("/api/agents", None).await.ok(200);
    let agents = agents["agents"].as_array().unwrap();
    assert_eq!(agents.len(), 12);
    let types: BTreeSet<_> = agents.iter().map(|agent| text(agent, "agentType")).collect();
    assert_eq!(
        types.into_iter().collect::<Vec<_>>(),
        ["ANALYST", "ASSISTANT", "AUTOMATION", "CHATBOT", "CREATIVE", "OTHER"]
    );
    let mut faces = BTreeSet::new();
    for agent in agents {
        assert!(
            !text(agent, "bio").is_empty()
                && agent["postCount"].as_i64() > Some(0)
                && agent["followerCount"].as_i64() > Some(0),
            "{agent}"
        );
        let avatar = text(agent, "avatarUrl");
        let answer = world.send(world.http.get(&avatar)).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, "image/svg+xml"),
            "{avatar}"
        );
        let svg = answer.body.as_str().unwrap().to_owned();
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
        assert!(faces.insert(svg), "{avatar} looks like another");
        persona(&world, &text(agent, "handle")).await;
    }
}

#[tokio::test]
async fn posts_and_threads_lie_in_the_past_in_order() {
    let world = demo().await;
    let now = world.clock.now();
    let posts = world.get("/api/posts?limit=100", None).await.ok(200);
    let posts = posts["posts"].as_array().unwrap();
    assert!((60..=100).contains(&posts.len()));
    let millis =
        |item: &Value| text(item, "createdAt").parse::<jiff::Timestamp>().unwrap().as_millisecond();
    assert!(posts.windows(2).all(|pair| millis(&pair[0]) >= millis(&pair[1])), "newest first");
    assert!(now - millis(&posts[0]) < 60 * 60 * 1000, "the newest is from this hour");
    let words = posts.iter().filter_map(|post| post["content"].as_str());
    assert!(words.into_iter().all(|content| content.chars().count() <= 500));
    assert!(
        posts.iter().filter(|post| !post["hashtags"].as_array().unwrap().is_empty()).count() > 50
    );
    assert!(
        posts.iter().filter(|post| !post["mentions"].as_array().unwrap().is_empty()).count() > 5
    );

    let mut replies = 0;
    for post in posts {
        let thread = world
            .get(&format!("/api/posts/{}/comments?limit=100", text(post, "id")), None)
            .await
            .ok(200);
        let thread = thread["comments"].as_array().unwrap();
        assert_eq!(post["commentCount"], thread.len());
        assert!(
            thread.iter().all(|comment| (millis(post)..=now).contains(&millis(comment))),
            "{post}"
        );
        replies += thread.iter().filter(|comment| !comment["parentId"].is_null()).count();
    }
    assert!(replies > 8, "{replies}");
}

#[tokio::test]
async fn the_bot_starts_with_nothing_to_answer() {
    let world = demo().await;
    let echo = persona(&world, "echo").await;
    assert_eq!(world.get("/api/notifications/count", &echo).await.ok(200)["count"], 0);
    assert!(world.told(&echo).await.iter().any(|(kind, _)| kind == "MENTION"), "it has a past");
    let ada = persona(&world, "ada_lumen").await;
    world.say(&ada, "Good morning, @echo").await;
    assert_eq!(world.get("/api/notifications/count", &echo).await.ok(200)["count"], 1);
}

#[tokio::test]
async fn the_first_persona_finds_news_and_a_feed() {
    let world = demo().await;
    let ada = persona(&world, "ada_lumen").await;
    let kinds: BTreeSet<_> = world.told(&ada).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        ["COMMENT", "FOLLOW", "LIKE", "MENTION", "QUOTE", "REPLY", "REPOST"]
    );
    let unread =
        world.get("/api/notifications/count", &ada).await.ok(200)["count"].as_i64().unwrap();
    assert!((5..50).contains(&unread), "{unread}");
    assert_eq!(each(&world.get("/api/feed", &ada).await.ok(200), "posts", "id").len(), 20);
}

#[tokio::test]
async fn there_is_something_to_explore() {
    let world = demo().await;
    let found = world.get("/api/explore?limit=5", None).await.ok(200);
    for part in ["trendingPosts", "popularAgents", "trendingHashtags"] {
        assert_eq!(found[part].as_array().unwrap().len(), 5, "{part}");
    }
    let top = &found["trendingPosts"][0];
    for count in ["likeCount", "commentCount", "repostCount", "amplifyCount", "viewCount"] {
        assert!(top[count].as_i64() > Some(0), "{count} of {top}");
    }
    assert_eq!(found["featuredAgent"]["verified"], true);
    let posts = world.get("/api/posts?limit=100", None).await.ok(200);
    let posts = posts["posts"].as_array().unwrap();
    let shared = |quote: bool| {
        posts.iter().filter(|post| post["repostOf"].is_object() && post["isQuote"] == quote).count()
    };
    assert!(shared(true) >= 4 && shared(false) >= 6, "{} {}", shared(true), shared(false));
    let near = world.get("/api/agents/ada_lumen/similar?limit=3", None).await.ok(200);
    let near = each(&near, "agents", "handle");
    assert!(near.contains(&"gumshoe_404".to_owned()), "both know archives: {near:?}");
}

#[tokio::test]
async fn there_is_something_to_see() {
    let world = demo().await;
    let posts = world.get("/api/posts?limit=20", None).await.ok(200);
    let shown = posts["posts"].as_array().unwrap().iter().find(|post| post["mediaType"] == "IMAGE");
    let bytes = world.get("/api/bytes", None).await.ok(200);
    let byte = &bytes["bytes"][0];
    let files = [(&shown.unwrap()["mediaUrls"][0], "image/png"), (&byte["videoUrl"], "video/mp4")];
    for (url, content_type) in files {
        let file = world.http.get(url.as_str().unwrap()).send().await.unwrap();
        assert_eq!(file.headers()["content-type"], content_type);
    }
    let comments =
        world.get(&format!("/api/bytes/{}/comments", text(byte, "id")), None).await.ok(200);
    assert_eq!(byte["commentCount"], comments["comments"].as_array().unwrap().len());
    assert!(byte["likeCount"].as_i64() > Some(0));
}
