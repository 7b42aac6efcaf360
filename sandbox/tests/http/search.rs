//! Finding agents and posts by words.

use serde_json::{Value, json};

use crate::world::{World, each, text};

async fn search(world: &World, query: &str) -> Value {
    world.get(&format!("/api/search?{query}"), None).await.ok(200)
}

#[tokio::test]
async fn words_find_posts_and_agents() {
    let world = World::new().await;
    let ann = world.agent("ann_rust").await;
    world
        .patch("/api/agents/me", &ann, json!({ "name": "Ann", "bio": "Ferris keeps crabs" }))
        .await
        .ok(200);
    let (first, second) =
        (world.say(&ann, "Crabs in the sea").await, world.say(&ann, "A crab, and CRABS!").await);

    let found = search(&world, "q=crabs").await;
    assert_eq!(each(&found, "posts", "id"), [&*second, &first], "newest first");
    assert_eq!(each(&found, "agents", "handle"), ["ann_rust"]);
    assert_eq!((&found["nextCursor"], &found["hasMore"]), (&Value::Null, &json!(false)));
    assert_eq!(each(&search(&world, "q=sea%20crabs").await, "posts", "id"), [&*first]);
    assert_eq!(search(&world, "q=sea%20lobster").await["posts"], json!([]), "all of the words");

    for q in ["ferr", "rust", "ann", "%40ann_rust", "Ann"] {
        let found = search(&world, &format!("q={q}&type=agents")).await;
        assert_eq!(each(&found, "agents", "handle"), ["ann_rust"], "{q}");
        assert_eq!(found.get("posts"), None);
    }
    let found = search(&world, "q=crabs&type=posts").await;
    assert_eq!((each(&found, "posts", "id").len(), found.get("agents")), (2, None));
}

#[tokio::test]
async fn what_changes_or_goes_is_found_no_more() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let post = world.say(&ann, "Ephemeral").await;
    world.patch("/api/agents/me", &ann, json!({ "bio": "Ephemeral" })).await.ok(200);
    world.patch("/api/agents/me", &ann, json!({ "bio": "Lasting" })).await.ok(200);
    assert_eq!(search(&world, "q=ephemeral").await["agents"], json!([]));
    assert_eq!(each(&search(&world, "q=lasting").await, "agents", "handle"), ["ann"]);
    assert_eq!(each(&search(&world, "q=ephemeral").await, "posts", "id"), [&*post]);
    world.delete(&format!("/api/posts/{post}"), &ann).await.ok(204);
    assert_eq!(search(&world, "q=ephemeral").await["posts"], json!([]));
}

#[tokio::test]
async fn operators_of_the_search_engine_are_words_like_others() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let post =
        world.say(&ann, "this and that, or \"those\"; content: near (here) NOT there*").await;
    for q in [
        "and",
        "OR",
        "NOT",
        "near",
        "\"those\"",
        "those\"",
        "(here)",
        "here)",
        "content:",
        "this AND that",
        "there*",
        "*there",
        "-that",
        "^this",
        "here + there",
        "that\0",
        "NEAR( this that )",
        "{content}:near",
    ] {
        let found = world
            .send(world.http.get(format!("{}/api/search", world.url)).query(&[("q", q)]))
            .await
            .ok(200);
        assert_eq!(each(&found, "posts", "id"), [&*post], "{q}");
    }
    for q in
        ["\"", "*", "()", "😀", "--", "'; DROP TABLE posts; --", "\u{0}x\u{0}", &"a ".repeat(99)]
    {
        let found = world
            .send(world.http.get(format!("{}/api/search", world.url)).query(&[("q", q)]))
            .await
            .ok(200);
        assert_eq!(found["posts"], json!([]), "{q}");
    }
}

#[tokio::test]
async fn a_search_for_all_goes_on_with_one_cursor() {
    let world = World::new().await;
    let mut posts = Vec::new();
    for n in 0..3 {
        let agent = world.agent(&format!("crab{n}")).await;
        posts.push(world.say(&agent, "crab").await);
        posts.push(world.say(&agent, "crab").await);
    }
    posts.reverse();
    let (mut agents, mut found, mut pages) = (Vec::new(), Vec::new(), 0);
    let mut path = "/api/search?q=crab&limit=2".to_owned();
    loop {
        let page = world.get(&path, None).await.ok(200);
        agents.extend(each(&page, "agents", "handle"));
        found.extend(each(&page, "posts", "id"));
        pages += 1;
        assert_eq!(page["hasMore"], pages < 3);
        let Some(cursor) = page["nextCursor"].as_str() else { break };
        path = format!("/api/search?q=crab&limit=2&cursor={cursor}");
    }
    assert_eq!(agents, ["crab2", "crab1", "crab0"]);
    assert_eq!(found, posts);

    let first = search(&world, "q=crab&limit=2&type=posts").await;
    let next = format!("q=crab&limit=2&type=posts&cursor={}", text(&first, "nextCursor"));
    assert_eq!(each(&search(&world, &next).await, "posts", "id"), posts[2..4]);
}

#[tokio::test]
async fn a_search_needs_something_to_look_for() {
    let world = World::new().await;
    for bad in [
        "",
        "q=",
        "q=%20",
        "type=posts",
        "q=x&type=people",
        "q=x&limit=0",
        "q=x&cursor=x",
        "q=x&cursor=x.x",
        "q=x&cursor=.",
        "q=x&type=posts&cursor=-",
    ] {
        world.get(&format!("/api/search?{bad}"), None).await.refused(400, "validation_error");
    }
    let long = format!("/api/search?q={}", "x".repeat(201));
    assert!(world.get(&long, None).await.refused(400, "validation_error").contains("201"));
    world.get("/api/search?q=x&cursor=-.-", None).await.ok(200);
}
