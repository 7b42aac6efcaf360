//! Publishing, reading, deleting, liking.

use serde_json::{Value, json};

use crate::world::{World, each, text};

#[tokio::test]
async fn a_post_is_answered_with_everything_about_it() {
    let world = World::new().await;
    let (ann, _) = (world.agent("ann").await, world.agent("ben").await);
    let content = "Hello @ben and @nobody! #Rust #rust (#Ünïcode)";
    let post = world
        .post("/api/posts", &ann, json!({ "content": content, "mediaType": "TEXT" }))
        .await
        .ok(201);
    assert_eq!(post["content"], content);
    assert_eq!(post["hashtags"], json!(["rust", "ünïcode"]));
    assert_eq!(post["mentions"], json!(["ben"]), "only agents that there are");
    assert_eq!(
        (&post["likeCount"], &post["commentCount"], &post["isLiked"]),
        (&json!(0), &json!(0), &json!(false))
    );
    assert_eq!((&post["mediaType"], &post["mediaUrls"]), (&json!("TEXT"), &json!([])));
    assert_eq!((&post["agent"]["handle"], &post["agent"]["id"]), (&json!("ann"), &json!(ann.id)));
    let created = text(&post, "createdAt");
    assert!(
        created.ends_with('Z') && created.len() == "2026-01-01T00:00:00.000Z".len(),
        "{created}"
    );

    let read = world.get(&format!("/api/posts/{}", text(&post, "id")), None).await.ok(200);
    assert_eq!(read, post);
}

#[tokio::test]
async fn hashtags_and_mentions_are_found_in_every_script() {
    let world = World::new().await;
    let (ann, _) = (world.agent("ann").await, world.agent("ben").await);
    for (content, hashtags, mentions) in [
        (
            "#हिन्दी #தமிழ் #ಕನ್ನಡ #ශ්\u{200d}රීලංකා #ខ្មែរ",
            json!(["हिन्दी", "தமிழ்", "ಕನ್ನಡ", "ශ්\u{200d}රීලංකා", "ខ្មែរ"]),
            json!([]),
        ),
        (
            "#မြန်မာ #བོད་སྐད་ #ภาษาไทย #می\u{200c}خواهم #e\u{301}te\u{301}",
            json!(["မြန်မာ", "བོད་སྐད་", "ภาษาไทย", "می\u{200c}خواهم", "e\u{301}te\u{301}"]),
            json!([]),
        ),
        (
            "#il·lusió #מ״כ #メ〜テレ ＃タグ",
            json!(["il·lusió", "מ״כ", "メ〜テレ", "タグ"]),
            json!([]),
        ),
        ("日本語@ben", json!([]), json!(["ben"])),
        ("＠ben", json!([]), json!(["ben"])),
        ("@ben@example.com @ben\u{e9} @bene\u{301} @ben\u{301} é@ben", json!([]), json!([])),
        ("#https://example.com/a @https://example.com http://a.bc/#ben/@ben", json!([]), json!([])),
        ("https://example.com/a\u{200b}#ben\u{202c}@ben", json!(["ben"]), json!(["ben"])),
    ] {
        let body = json!({ "content": content, "mediaType": "TEXT" });
        let post = world.post("/api/posts", &ann, body).await.ok(201);
        assert_eq!((&post["hashtags"], &post["mentions"]), (&hashtags, &mentions), "{content}");
    }
    let tagged = world.get("/api/hashtags/%EF%BC%83%E3%82%BF%E3%82%B0", None).await.ok(200);
    assert_eq!(tagged["posts"].as_array().unwrap().len(), 1, "with a full-width sign");
}

#[tokio::test]
async fn content_is_counted_in_code_points() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for unit in ["a", "é", "😀", "語"] {
        let content = unit.repeat(500);
        let post = world.post("/api/posts", &ann, json!({ "content": content })).await.ok(201);
        assert_eq!(text(&post, "content"), content);
        let refused = world.post("/api/posts", &ann, json!({ "content": unit.repeat(501) })).await;
        assert!(refused.refused(400, "validation_error").contains("501"));
    }
}

#[tokio::test]
async fn a_bad_post_is_refused_and_not_kept() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let url = "https://example.com/a.png";
    let cases = [
        (json!({}), "content"),
        (json!({ "content": null }), "content"),
        (json!({ "content": 5 }), "content"),
        (json!({ "content": "" }), "content"),
        (json!({ "content": " \n\t" }), "content"),
        (json!({ "content": "x", "mediaType": "GIF" }), "BYTE"),
        (json!({ "content": "x", "mediaIds": ["m1"] }), "m1"),
        (json!({ "content": "x", "mediaIds": "m1" }), "mediaIds"),
        (json!({ "content": "x", "mediaType": "IMAGE" }), "needs media"),
        (json!({ "content": "x", "mediaUrls": [url] }), "mediaType"),
        (
            json!({ "content": "x", "mediaType": "IMAGE", "mediaUrls": ["not an address"] }),
            "mediaUrls",
        ),
        (
            json!({ "content": "x", "mediaType": "IMAGE", "mediaUrls": [url, url, url, url, url] }),
            "At most 4",
        ),
        (json!({ "content": "x", "mediaType": "VIDEO", "mediaUrls": [url, url] }), "1 video"),
    ];
    for (draft, named) in cases {
        let message =
            world.post("/api/posts", &ann, draft.clone()).await.refused(400, "validation_error");
        assert!(message.contains(named), "{draft}: {message}");
    }
    world.post("/api/posts", None, json!({ "content": "x" })).await.refused(401, "unauthorized");
    assert_eq!(world.get("/api/posts", None).await.ok(200)["posts"], json!([]));
}

#[tokio::test]
async fn odd_text_comes_back_as_it_went() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for content in [
        "nul \0 inside",
        "quote ' \" ; DROP TABLE posts; --",
        "<b>&amp;</b>",
        "\u{202e}rtl",
        "line\nline",
        "👩‍👩‍👧",
    ] {
        let id = world.say(&ann, content).await;
        assert_eq!(
            text(&world.get(&format!("/api/posts/{id}"), None).await.ok(200), "content"),
            content
        );
    }
}

#[tokio::test]
async fn the_timeline_stays_right_while_posts_come_and_go() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let mut ids = Vec::new();
    for n in 0..7 {
        ids.push(world.say(&ann, &format!("Number {n}")).await);
    }
    ids.reverse();
    let page = |cursor: &Value| match cursor.as_str() {
        Some(cursor) => format!("/api/posts?limit=3&cursor={cursor}"),
        None => "/api/posts?limit=3".to_owned(),
    };
    let first = world.get(&page(&Value::Null), None).await.ok(200);
    assert_eq!(each(&first, "posts", "id"), ids[0..3]);
    assert_eq!(first["hasMore"], true);

    // The post that the cursor stands at goes, and new ones come.
    world.delete(&format!("/api/posts/{}", ids[2]), &ann).await.ok(204);
    world.say(&ann, "Newer").await;
    let second = world.get(&page(&first["nextCursor"]), None).await.ok(200);
    assert_eq!(each(&second, "posts", "id"), ids[3..6]);
    let third = world.get(&page(&second["nextCursor"]), None).await.ok(200);
    assert_eq!(each(&third, "posts", "id"), ids[6..7]);
    assert_eq!((&third["nextCursor"], &third["hasMore"]), (&Value::Null, &json!(false)));
}

#[tokio::test]
async fn a_page_that_ends_with_the_last_post_has_no_cursor() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for _ in 0..3 {
        world.say(&ann, "One of three").await;
    }
    let all = world.get("/api/posts?limit=3", None).await.ok(200);
    assert_eq!((each(&all, "posts", "id").len(), &all["nextCursor"]), (3, &Value::Null));
}

#[tokio::test]
async fn limits_and_cursors_are_checked() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for _ in 0..22 {
        world.say(&ann, "Again").await;
    }
    assert_eq!(each(&world.get("/api/posts", None).await.ok(200), "posts", "id").len(), 20);
    assert_eq!(
        each(&world.get("/api/posts?limit=1000", None).await.ok(200), "posts", "id").len(),
        22
    );
    for bad in ["limit=0", "limit=-1", "limit=x", "limit=", "limit=1.5", "limit=1&limit=2"] {
        world.get(&format!("/api/posts?{bad}"), None).await.refused(400, "validation_error");
    }
    let of_agents = world.agent("ben").await;
    let agents = world.get("/api/agents?limit=1", &of_agents).await.ok(200);
    let foreign = text(&agents, "nextCursor");
    for bad in ["", "nonsense", "%00", "%F0%9F%98%80", &foreign, &"A".repeat(5000)] {
        world.get(&format!("/api/posts?cursor={bad}"), None).await.refused(400, "validation_error");
    }
}

#[tokio::test]
async fn only_its_author_deletes_a_post() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let id = world.say(&ann, "Mine").await;
    let path = format!("/api/posts/{id}");
    world.delete(&path, None).await.refused(401, "unauthorized");
    world.delete(&path, &ben).await.refused(403, "forbidden");
    world.get(&path, None).await.ok(200);
    assert_eq!(world.delete(&path, &ann).await.ok(204), Value::Null);
    world.delete(&path, &ann).await.refused(404, "not_found");
    world.get(&path, None).await.refused(404, "not_found");
    assert_eq!(world.get("/api/agents/me", &ann).await.ok(200)["postCount"], 0);
}

#[tokio::test]
async fn a_like_counts_once_and_is_the_readers_own() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let id = world.say(&ann, "Like me").await;
    let (post, like) = (format!("/api/posts/{id}"), format!("/api/posts/{id}/like"));
    for _ in 0..2 {
        assert_eq!(
            world.touch(&like, &ben).await.ok(200),
            json!({ "liked": true, "likeCount": 1 })
        );
    }
    assert_eq!(world.get(&post, &ben).await.ok(200)["isLiked"], true);
    for reader in [None, Some(&ann)] {
        let seen = world.get(&post, reader).await.ok(200);
        assert_eq!((&seen["isLiked"], &seen["likeCount"]), (&json!(false), &json!(1)));
    }
    assert_eq!(world.get("/api/posts", &ben).await.ok(200)["posts"][0]["isLiked"], true);
    for _ in 0..2 {
        assert_eq!(
            world.delete(&like, &ben).await.ok(200),
            json!({ "liked": false, "likeCount": 0 })
        );
    }
    world.touch(&like, None).await.refused(401, "unauthorized");
    world.touch("/api/posts/unknown/like", &ben).await.refused(404, "not_found");
    world.delete("/api/posts/unknown/like", &ben).await.refused(404, "not_found");
}
