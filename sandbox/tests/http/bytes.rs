//! Bytes: publishing, reading, deleting, liking, commenting.

use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{Agent, World, each, text};

async fn byte(world: &World, who: &Agent, caption: &str) -> String {
    let draft = json!({ "caption": caption, "mediaId": world.video(who, "byte").await });
    text(&world.post("/api/bytes", who, draft).await.ok(201), "id")
}

#[tokio::test]
async fn a_byte_is_answered_with_everything_about_it() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let media = world.video(&ann, "byte").await;
    let draft = json!({ "caption": "My first byte! #shorts", "mediaId": media });
    let byte = world.post("/api/bytes", &ann, draft).await.ok(201);
    assert_eq!(
        (&byte["caption"], &byte["likeCount"], &byte["commentCount"], &byte["isLiked"]),
        (&json!("My first byte! #shorts"), &json!(0), &json!(0), &json!(false))
    );
    assert_eq!((&byte["agent"]["handle"], text(&byte, "createdAt").len()), (&json!("ann"), 24));
    let video = world.http.get(text(&byte, "videoUrl")).send().await.unwrap();
    assert_eq!(video.headers()["content-type"], "video/mp4");
    let read = world.get(&format!("/api/bytes/{}", text(&byte, "id")), None).await.ok(200);
    assert_eq!(read, byte);
    let silent = world.post("/api/bytes", &ann, json!({ "mediaId": media })).await.ok(201);
    assert_eq!(silent["caption"], Value::Null);
}

#[tokio::test]
async fn only_ones_own_videos_for_bytes_become_bytes() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let (good, image) = (world.video(&ann, "byte").await, world.image(&ann).await);
    let (for_post, bens) = (world.video(&ann, "post").await, world.video(&ben, "byte").await);
    let cases = [
        (json!({ "mediaId": image }), "purpose `byte`"),
        (json!({ "mediaId": for_post }), "purpose `byte`"),
        (json!({ "mediaId": bens }), &*bens),
        (json!({ "mediaId": "unknown" }), "unknown"),
        (json!({ "caption": "x" }), "mediaId"),
        (json!({ "mediaId": good, "caption": "x".repeat(501) }), "501"),
        (json!({ "mediaId": good, "caption": 5 }), "caption"),
    ];
    for (draft, named) in cases {
        let message =
            world.post("/api/bytes", &ann, draft.clone()).await.refused(400, "validation_error");
        assert!(message.contains(named), "{draft}: {message}");
    }
    world.post("/api/bytes", None, json!({ "mediaId": good })).await.refused(401, "unauthorized");
    world
        .post("/api/bytes", &ann, json!({ "mediaId": good, "caption": "😀".repeat(500) }))
        .await
        .ok(201);
}

#[tokio::test]
async fn bytes_are_browsed_newest_first() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(byte(&world, &ann, &format!("Number {n}")).await);
    }
    ids.reverse();
    let first = world.get("/api/bytes?limit=2", None).await.ok(200);
    assert_eq!((each(&first, "bytes", "id"), &first["hasMore"]), (ids[..2].to_vec(), &json!(true)));
    let path = format!("/api/bytes?limit=2&cursor={}", text(&first, "nextCursor"));
    let second = world.get(&path, None).await.ok(200);
    assert_eq!(
        (each(&second, "bytes", "id"), &second["nextCursor"]),
        (ids[2..].to_vec(), &Value::Null)
    );
    world.get("/api/bytes?cursor=nonsense", None).await.refused(400, "validation_error");
}

#[tokio::test]
async fn a_like_counts_once_and_is_the_readers_own() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let id = byte(&world, &ann, "Like me").await;
    let (path, like) = (format!("/api/bytes/{id}"), format!("/api/bytes/{id}/like"));
    for _ in 0..2 {
        let liked = world.touch(&like, &ben).await.ok(200);
        assert_eq!(liked, json!({ "liked": true, "likeCount": 1 }));
    }
    let seen = world.get(&path, &ben).await.ok(200);
    assert_eq!((&seen["isLiked"], &seen["likeCount"]), (&json!(true), &json!(1)));
    assert_eq!(world.get("/api/bytes", &ben).await.ok(200)["bytes"][0]["isLiked"], true);
    for reader in [None, Some(&ann)] {
        assert_eq!(world.get(&path, reader).await.ok(200)["isLiked"], false);
    }
    for _ in 0..2 {
        let unliked = world.delete(&like, &ben).await.ok(200);
        assert_eq!(unliked, json!({ "liked": false, "likeCount": 0 }));
    }
    world.touch(&like, None).await.refused(401, "unauthorized");
    world.touch("/api/bytes/unknown/like", &ben).await.refused(404, "not_found");
    world.delete("/api/bytes/unknown/like", &ben).await.refused(404, "not_found");
}

#[tokio::test]
async fn comments_make_threads() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let id = byte(&world, &ann, "Say something").await;
    let path = format!("/api/bytes/{id}/comments");
    let first = world.post(&path, &ben, json!({ "content": "Great byte!" })).await.ok(201);
    assert_eq!(
        (&first["content"], &first["byteId"], &first["parentId"], &first["agent"]["handle"]),
        (&json!("Great byte!"), &json!(id), &Value::Null, &json!("ben"))
    );
    let parent = text(&first, "id");
    let reply = json!({ "content": "Thanks!", "parentId": parent });
    let reply = world.post(&path, &ann, reply).await.ok(201);
    assert_eq!(reply["parentId"], json!(parent));
    let page = world.get(&format!("{path}?limit=1"), None).await.ok(200);
    assert_eq!(page["comments"], json!([first]));
    let next = format!("{path}?limit=1&cursor={}", text(&page, "nextCursor"));
    assert_eq!(world.get(&next, None).await.ok(200)["comments"], json!([reply]));
    assert_eq!(world.get(&format!("/api/bytes/{id}"), None).await.ok(200)["commentCount"], 2);
}

#[tokio::test]
async fn a_bad_comment_is_refused() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let (one, other) = (byte(&world, &ann, "One").await, byte(&world, &ann, "Other").await);
    let path = format!("/api/bytes/{one}/comments");
    let elsewhere = world
        .post(&format!("/api/bytes/{other}/comments"), &ann, json!({ "content": "x" }))
        .await
        .ok(201);
    let cases = [
        (json!({}), "content"),
        (json!({ "content": " " }), "content"),
        (json!({ "content": "語".repeat(501) }), "501"),
        (json!({ "content": "x", "parentId": text(&elsewhere, "id") }), "same byte"),
        (json!({ "content": "x", "parentId": "unknown" }), "unknown"),
    ];
    for (draft, named) in cases {
        let message = world.post(&path, &ann, draft).await.refused(400, "validation_error");
        assert!(message.contains(named), "{message}");
    }
    world.post(&path, &ann, json!({ "content": "語".repeat(500) })).await.ok(201);
    world.post(&path, None, json!({ "content": "x" })).await.refused(401, "unauthorized");
    let unknown = "/api/bytes/unknown/comments";
    world.post(unknown, &ann, json!({ "content": "x" })).await.refused(404, "not_found");
    world.get(unknown, None).await.refused(404, "not_found");
}

#[tokio::test]
async fn only_its_author_deletes_a_byte_and_then_the_video_can_go() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let id = byte(&world, &ann, "Mine").await;
    let path = format!("/api/bytes/{id}");
    let comments = format!("{path}/comments");
    let first = world.post(&comments, &ben, json!({ "content": "x" })).await.ok(201);
    let reply = json!({ "content": "y", "parentId": text(&first, "id") });
    world.post(&comments, &ben, reply).await.ok(201);
    let media = world.get("/api/upload", &ann).await.ok(200);
    let remove = async || {
        let request = world.request(Method::DELETE, "/api/upload", Some(&ann));
        world.send(request.json(&json!({ "id": media["media"][0]["id"] }))).await
    };
    remove().await.refused(409, "conflict");
    world.delete(&path, None).await.refused(401, "unauthorized");
    world.delete(&path, &ben).await.refused(403, "forbidden");
    world.delete(&path, &ann).await.ok(204);
    world.delete(&path, &ann).await.refused(404, "not_found");
    world.get(&path, None).await.refused(404, "not_found");
    remove().await.ok(204);
}
