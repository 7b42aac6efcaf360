//! Reposting, quoting, amplifying, looking at posts, and who did.

use serde_json::{Value, json};

use crate::world::{World, each, text};

#[tokio::test]
async fn a_repost_carries_the_post_and_appears_where_posts_do() {
    let world = World::new().await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    let post = world.say(&ann, "Share me #tag").await;
    world.touch("/api/agents/ben/follow", &cat).await.ok(200);
    let repost = world.touch(&format!("/api/posts/{post}/repost"), &ben).await.ok(201);
    assert_eq!(
        (&repost["content"], &repost["isQuote"], &repost["agent"]["handle"]),
        (&Value::Null, &json!(false), &json!("ben"))
    );
    let original = &repost["repostOf"];
    assert_eq!(
        (&original["id"], &original["content"], &original["agent"]["handle"]),
        (&json!(post), &json!("Share me #tag"), &json!("ann"))
    );
    assert_eq!((&original["repostCount"], &original["isReposted"]), (&json!(1), &json!(true)));

    let id = text(&repost, "id");
    assert_eq!(each(&world.get("/api/posts", None).await.ok(200), "posts", "id"), [&*id, &post]);
    let feed = world.get("/api/feed", &cat).await.ok(200);
    assert_eq!(each(&feed, "posts", "id"), [&*id]);
    assert_eq!(feed["posts"][0]["repostOf"]["isReposted"], false, "cat has not shared it");
    assert_eq!(world.get(&format!("/api/posts/{id}"), &ben).await.ok(200), repost);
    assert_eq!(world.get("/api/agents/ben", None).await.ok(200)["postCount"], 0);
}

#[tokio::test]
async fn reposting_is_idempotent_and_can_be_undone() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let post = world.say(&ann, "Share me").await;
    let path = format!("/api/posts/{post}/repost");
    let first = world.touch(&path, &ben).await.ok(201);
    let again = world.touch(&path, &ben).await.ok(200);
    assert_eq!(again["id"], first["id"]);
    world.touch(&path, &ann).await.ok(201);

    for _ in 0..2 {
        assert_eq!(
            world.delete(&path, &ben).await.ok(200),
            json!({ "reposted": false, "repostCount": 1 })
        );
    }
    world.get(&format!("/api/posts/{}", text(&first, "id")), None).await.refused(404, "not_found");
    assert_ne!(world.touch(&path, &ben).await.ok(201)["id"], first["id"]);
    world.touch(&path, None).await.refused(401, "unauthorized");
    world.touch("/api/posts/unknown/repost", &ben).await.refused(404, "not_found");
    world.delete("/api/posts/unknown/repost", &ben).await.refused(404, "not_found");
}

#[tokio::test]
async fn sharing_a_repost_shares_the_post_behind_it() {
    let world = World::new().await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    let post = world.say(&ann, "Original").await;
    let repost = world.touch(&format!("/api/posts/{post}/repost"), &ben).await.ok(201);
    let below = format!("/api/posts/{}", text(&repost, "id"));
    let shared = world.touch(&format!("{below}/repost"), &cat).await.ok(201);
    assert_eq!(shared["repostOf"]["id"], json!(post));
    let quoted =
        world.post(&format!("{below}/quote"), &cat, json!({ "content": "Look" })).await.ok(201);
    assert_eq!(quoted["repostOf"]["id"], json!(post));
    world.delete(&format!("{below}/repost"), &cat).await.ok(200);
    assert_eq!(world.get(&format!("/api/posts/{post}"), &cat).await.ok(200)["isReposted"], false);
}

#[tokio::test]
async fn a_quote_is_a_post_of_its_own() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let post = world.say(&ann, "Quote me").await;
    let path = format!("/api/posts/{post}/quote");
    let quote = world.post(&path, &ben, json!({ "content": "So true #Agreed @ann" })).await.ok(201);
    assert_eq!(
        (&quote["content"], &quote["isQuote"], &quote["hashtags"], &quote["mentions"]),
        (&json!("So true #Agreed @ann"), &json!(true), &json!(["agreed"]), &json!(["ann"]))
    );
    assert_eq!(
        (&quote["repostOf"]["id"], &quote["repostOf"]["repostCount"]),
        (&json!(post), &json!(1))
    );
    assert_eq!(quote["repostOf"]["isReposted"], false, "a quote is no simple repost");
    world.post(&path, &ben, json!({ "content": "And again" })).await.ok(201);
    assert_eq!(world.get("/api/agents/ben", None).await.ok(200)["postCount"], 2);

    let id = text(&quote, "id");
    let second = world
        .post(&format!("/api/posts/{id}/quote"), &ann, json!({ "content": "Thanks" }))
        .await
        .ok(201);
    assert_eq!(second["repostOf"]["repostOf"]["id"], json!(post), "what is quoted shows its own");

    for (draft, named) in [
        (json!({}), "content"),
        (json!({ "content": " " }), "content"),
        (json!({ "content": "😀".repeat(501) }), "501"),
        (json!({ "content": null }), "content"),
    ] {
        let message = world.post(&path, &ben, draft.clone()).await.refused(400, "validation_error");
        assert!(message.contains(named), "{draft}: {message}");
    }
    world.post(&path, &ben, json!({ "content": "😀".repeat(500) })).await.ok(201);
    world.post(&path, None, json!({ "content": "x" })).await.refused(401, "unauthorized");
    world
        .post("/api/posts/unknown/quote", &ben, json!({ "content": "x" }))
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn reposts_are_listed_with_quotes_page_by_page() {
    let world = World::new().await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    let post = world.say(&ann, "Share me").await;
    world.touch(&format!("/api/posts/{post}/repost"), &ben).await.ok(201);
    world.post(&format!("/api/posts/{post}/quote"), &cat, json!({ "content": "Q" })).await.ok(201);
    world.touch(&format!("/api/posts/{post}/repost"), &cat).await.ok(201);

    let path = format!("/api/posts/{post}/reposts?limit=2");
    let first = world.get(&path, None).await.ok(200);
    world.touch(&format!("/api/posts/{post}/repost"), &ann).await.ok(201);
    let next = format!("{path}&cursor={}", text(&first, "nextCursor"));
    let second = world.get(&next, None).await.ok(200);
    let seen: Vec<_> = [&first, &second]
        .iter()
        .flat_map(|page| page["reposts"].as_array().unwrap())
        .map(|one| (text(&one["agent"], "handle"), one["isQuote"].as_bool().unwrap()))
        .collect();
    let expected = [("cat", false), ("cat", true), ("ben", false)];
    assert_eq!(seen, expected.map(|(handle, quote)| (handle.to_owned(), quote)));
    assert_eq!((&second["nextCursor"], &second["hasMore"]), (&Value::Null, &json!(false)));
    world.get("/api/posts/unknown/reposts", None).await.refused(404, "not_found");
}

#[tokio::test]
async fn reposts_go_with_the_post_and_quotes_stay() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let post = world.say(&ann, "Gone soon").await;
    let repost = world.touch(&format!("/api/posts/{post}/repost"), &ben).await.ok(201);
    let quote = world
        .post(&format!("/api/posts/{post}/quote"), &ben, json!({ "content": "Kept" }))
        .await
        .ok(201);
    world.delete(&format!("/api/posts/{post}"), &ann).await.ok(204);
    world.get(&format!("/api/posts/{}", text(&repost, "id")), None).await.refused(404, "not_found");
    let kept = world.get(&format!("/api/posts/{}", text(&quote, "id")), None).await.ok(200);
    assert_eq!(
        (&kept["content"], &kept["isQuote"], &kept["repostOf"]),
        (&json!("Kept"), &json!(true), &Value::Null)
    );
    assert_eq!(each(&world.get("/api/posts", None).await.ok(200), "posts", "content"), ["Kept"]);
}

#[tokio::test]
async fn deleting_a_quote_or_a_repost_takes_it_from_the_count() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let post = world.say(&ann, "Count me").await;
    let repost = world.touch(&format!("/api/posts/{post}/repost"), &ben).await.ok(201);
    let quote = world
        .post(&format!("/api/posts/{post}/quote"), &ben, json!({ "content": "Q" }))
        .await
        .ok(201);
    let path = format!("/api/posts/{post}");
    let count = async || world.get(&path, &ben).await.ok(200)["repostCount"].clone();
    assert_eq!(count().await, 2);
    world.delete(&format!("/api/posts/{}", text(&quote, "id")), &ben).await.ok(204);
    assert_eq!(count().await, 1);
    world
        .delete(&format!("/api/posts/{}", text(&repost, "id")), &ann)
        .await
        .refused(403, "forbidden");
    world.delete(&format!("/api/posts/{}", text(&repost, "id")), &ben).await.ok(204);
    assert_eq!(count().await, 0);
}

#[tokio::test]
async fn an_amplify_counts_once_and_is_for_others() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let post = world.say(&ann, "Louder").await;
    let path = format!("/api/posts/{post}/amplify");
    for _ in 0..2 {
        assert_eq!(
            world.touch(&path, &ben).await.ok(200),
            json!({ "amplified": true, "amplifyCount": 1 })
        );
    }
    let seen = world.get(&format!("/api/posts/{post}"), &ben).await.ok(200);
    assert_eq!((&seen["isAmplified"], &seen["amplifyCount"]), (&json!(true), &json!(1)));
    assert_eq!(world.get("/api/posts", &ann).await.ok(200)["posts"][0]["isAmplified"], false);
    for _ in 0..2 {
        assert_eq!(
            world.delete(&path, &ben).await.ok(200),
            json!({ "amplified": false, "amplifyCount": 0 })
        );
    }
    let message = world.touch(&path, &ann).await.refused(400, "validation_error");
    assert!(message.contains("own post"), "{message}");
    assert_eq!(world.get(&format!("/api/posts/{post}"), None).await.ok(200)["amplifyCount"], 0);
    world.touch(&path, None).await.refused(401, "unauthorized");
    world.touch("/api/posts/unknown/amplify", &ben).await.refused(404, "not_found");
    world.delete("/api/posts/unknown/amplify", &ben).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_viewer_counts_once_an_hour() {
    let world = World::with(|settings| settings.token_ttl_seconds = 2 * 60 * 60).await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    let post = world.say(&ann, "Look").await;
    let path = format!("/api/posts/{post}/view");
    let views = async |who| world.touch(&path, who).await.ok(200)["viewCount"].clone();
    assert_eq!(views(&ben).await, 1);
    assert_eq!(views(&ben).await, 1);
    assert_eq!(views(&cat).await, 2);
    world.pass(59 * 60);
    assert_eq!(views(&ben).await, 2);
    world.pass(60);
    assert_eq!(views(&ben).await, 3);
    assert_eq!(world.get(&format!("/api/posts/{post}"), None).await.ok(200)["viewCount"], 3);
    world.touch(&path, None).await.refused(401, "unauthorized");
    world.touch("/api/posts/unknown/view", &ben).await.refused(404, "not_found");
}

#[tokio::test]
async fn who_liked_a_post_is_listed_the_latest_first() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let post = world.say(&ann, "Like me").await;
    for handle in ["ben", "cat", "dog"] {
        let agent = world.agent(handle).await;
        world.touch(&format!("/api/posts/{post}/like"), &agent).await.ok(200);
        world.pass(1);
    }
    let path = format!("/api/posts/{post}/likes?limit=2");
    let first = world.get(&path, None).await.ok(200);
    let second =
        world.get(&format!("{path}&cursor={}", text(&first, "nextCursor")), None).await.ok(200);
    let likes: Vec<&Value> =
        [&first, &second].iter().flat_map(|page| page["likes"].as_array().unwrap()).collect();
    let handles: Vec<_> = likes.iter().map(|like| text(&like["agent"], "handle")).collect();
    assert_eq!(handles, ["dog", "cat", "ben"]);
    assert!(likes.windows(2).all(|pair| text(pair[0], "likedAt") > text(pair[1], "likedAt")));
    assert_ne!(text(likes[0], "id"), text(likes[1], "id"));
    world.get("/api/posts/unknown/likes", None).await.refused(404, "not_found");
}

#[tokio::test]
async fn what_happens_to_a_post_is_told_to_its_author_once() {
    let world = World::new().await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    let post = world.say(&ann, "Share me").await;
    let repost = format!("/api/posts/{post}/repost");
    world.touch(&repost, &ben).await.ok(201);
    world.delete(&repost, &ben).await.ok(200);
    world.touch(&repost, &ben).await.ok(201);
    let quote = format!("/api/posts/{post}/quote");
    let made = world.post(&quote, &ben, json!({ "content": "Hear, @cat" })).await.ok(201);
    world.post(&quote, &ben, json!({ "content": "Hear, @ann" })).await.ok(201);
    world.touch(&repost, &ann).await.ok(201);
    world.post(&quote, &ann, json!({ "content": "Myself" })).await.ok(201);

    let pairs = [("MENTION", "ben"), ("QUOTE", "ben"), ("REPOST", "ben")];
    assert_eq!(world.told(&ann).await, pairs.map(|(kind, by)| (kind.into(), by.into())));
    assert_eq!(world.told(&cat).await, [("MENTION".to_owned(), "ben".to_owned())]);
    let told = world.get("/api/notifications", &ann).await.ok(200);
    assert_eq!(told["notifications"][1]["post"]["id"], made["id"], "a quote brings its words");
    assert_eq!(told["notifications"][2]["postId"], json!(post), "a repost names what was shared");
}
