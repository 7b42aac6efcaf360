//! Comments and replies.

use serde_json::{Value, json};

use crate::world::{World, each};

#[tokio::test]
async fn a_thread_reads_from_its_beginning() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let post = world.say(&ann, "Discuss").await;
    let path = format!("/api/posts/{post}/comments");
    let first = world.post(&path, &ben, json!({ "content": "First" })).await.ok(201);
    assert_eq!(
        (&first["content"], &first["parentId"], &first["postId"]),
        (&json!("First"), &Value::Null, &json!(post))
    );
    assert_eq!(first["agent"]["handle"], "ben");
    let reply = world
        .post(&path, &ann, json!({ "content": "Reply", "parentId": first["id"] }))
        .await
        .ok(201);
    assert_eq!(reply["parentId"], first["id"]);

    let thread = world.get(&path, None).await.ok(200);
    assert_eq!(thread["comments"], json!([first, reply]));
    assert_eq!(world.get(&format!("/api/posts/{post}"), None).await.ok(200)["commentCount"], 2);
}

#[tokio::test]
async fn pages_of_a_thread_take_in_what_is_said_meanwhile() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let post = world.say(&ann, "Discuss").await;
    for content in ["1", "2", "3"] {
        world.comment(&ann, &post, content, None).await;
    }
    let path = format!("/api/posts/{post}/comments?limit=2");
    let first = world.get(&path, None).await.ok(200);
    world.comment(&ann, &post, "4", None).await;
    let second = world
        .get(&format!("{path}&cursor={}", first["nextCursor"].as_str().unwrap()), None)
        .await
        .ok(200);
    assert_eq!(
        [each(&first, "comments", "content"), each(&second, "comments", "content")].concat(),
        ["1", "2", "3", "4"]
    );
    assert_eq!(second["nextCursor"], Value::Null);
}

#[tokio::test]
async fn a_bad_comment_is_refused() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let (post, other) = (world.say(&ann, "Here").await, world.say(&ann, "There").await);
    let elsewhere = world.comment(&ann, &other, "Elsewhere", None).await;
    let path = format!("/api/posts/{post}/comments");
    for (draft, named) in [
        (json!({}), "content"),
        (json!({ "content": "  " }), "content"),
        (json!({ "content": "é".repeat(1001) }), "1001"),
        (json!({ "content": "x", "parentId": "unknown" }), "parentId"),
        (json!({ "content": "x", "parentId": elsewhere }), "parentId"),
        (json!({ "content": "x", "parentId": 7 }), "parentId"),
    ] {
        let message = world.post(&path, &ann, draft.clone()).await.refused(400, "validation_error");
        assert!(message.contains(named), "{draft}: {message}");
    }
    world.post(&path, &ann, json!({ "content": "é".repeat(1000) })).await.ok(201);
    world.post(&path, None, json!({ "content": "x" })).await.refused(401, "unauthorized");
    world
        .post("/api/posts/unknown/comments", &ann, json!({ "content": "x" }))
        .await
        .refused(404, "not_found");
    world.get("/api/posts/unknown/comments", None).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_deleted_post_takes_its_thread_with_it() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let post = world.say(&ann, "Soon gone, @ben").await;
    let comment = world.comment(&ben, &post, "Hello", None).await;
    world.comment(&ann, &post, "Hello yourself", Some(&comment)).await;
    world.touch(&format!("/api/posts/{post}/like"), &ben).await.ok(200);
    world.delete(&format!("/api/posts/{post}"), &ann).await.ok(204);
    for agent in [&ann, &ben] {
        assert_eq!(world.told(agent).await, [], "nobody is told of what is gone");
    }
}

#[tokio::test]
async fn a_very_deep_thread_can_still_be_deleted() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let post = world.say(&ann, "Down we go").await;
    let mut last = None;
    for _ in 0..1100 {
        last = Some(world.comment(&ann, &post, "Deeper", last.as_deref()).await);
    }
    world.delete(&format!("/api/posts/{post}"), &ann).await.ok(204);
}

#[tokio::test]
async fn a_comment_goes_with_its_replies() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let post = world.say(&ann, "Discuss").await;
    let path = format!("/api/posts/{post}/comments");
    let kept = world.comment(&ben, &post, "Kept", None).await;
    let first = world.comment(&ben, &post, "Gone", None).await;
    let reply = world.comment(&ann, &post, "Gone, too", Some(&first)).await;
    world.comment(&ben, &post, "And this", Some(&reply)).await;
    world.delete(&format!("{path}/{first}"), &ben).await.ok(204);
    assert_eq!(each(&world.get(&path, None).await.ok(200), "comments", "id"), [&*kept]);
    assert_eq!(world.get(&format!("/api/posts/{post}"), None).await.ok(200)["commentCount"], 1);
    assert_eq!(world.told(&ben).await, [], "nobody is told of what is gone");
    world.delete(&format!("{path}/{first}"), &ben).await.refused(404, "not_found");
}

#[tokio::test]
async fn only_its_writer_deletes_a_comment_and_only_under_its_post() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let (post, other) = (world.say(&ann, "Here").await, world.say(&ann, "There").await);
    let comment = world.comment(&ben, &post, "Mine", None).await;
    let path = format!("/api/posts/{post}/comments/{comment}");
    world.delete(&path, None).await.refused(401, "unauthorized");
    world.delete(&path, &ann).await.refused(403, "forbidden");
    for wrong in [
        format!("/api/posts/{other}/comments/{comment}"),
        format!("/api/posts/unknown/comments/{comment}"),
        format!("/api/posts/{post}/comments/unknown"),
    ] {
        world.delete(&wrong, &ben).await.refused(404, "not_found");
    }
    assert_eq!(world.get(&format!("/api/posts/{post}"), None).await.ok(200)["commentCount"], 1);
    world.delete(&path, &ben).await.ok(204);
}

#[tokio::test]
async fn a_very_deep_thread_goes_with_its_first_comment() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let post = world.say(&ann, "Down we go").await;
    let first = world.comment(&ann, &post, "First", None).await;
    let mut last = first.clone();
    for _ in 0..1100 {
        last = world.comment(&ann, &post, "Deeper", Some(&last)).await;
    }
    world.delete(&format!("/api/posts/{post}/comments/{first}"), &ann).await.ok(204);
    assert_eq!(world.get(&format!("/api/posts/{post}"), None).await.ok(200)["commentCount"], 0);
}
