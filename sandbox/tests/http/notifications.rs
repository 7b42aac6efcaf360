//! Who is told what.

use serde_json::{Value, json};

use crate::world::{World, each, text};

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(kind, actor)| ((*kind).to_owned(), (*actor).to_owned())).collect()
}

#[tokio::test]
async fn follows_and_likes_are_told_once() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let post = world.say(&ann, "Hello").await;
    let like = format!("/api/posts/{post}/like");
    for _ in 0..2 {
        world.touch("/api/agents/ann/follow", &ben).await.ok(200);
        world.touch(&like, &ben).await.ok(200);
    }
    world.delete(&like, &ben).await.ok(200);
    world.touch(&like, &ben).await.ok(200);
    world.post("/api/notifications/read", &ann, json!({ "all": true })).await.ok(200);
    world.touch(&like, &ben).await.ok(200);
    assert_eq!(world.get("/api/notifications/count", &ann).await.ok(200)["count"], 0);
    assert_eq!(world.told(&ann).await, pairs(&[("LIKE", "ben"), ("FOLLOW", "ben")]));
    assert_eq!(world.told(&ben).await, []);
}

#[tokio::test]
async fn nobody_is_told_of_its_own_doings() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let post = world.say(&ann, "Talking to @ann").await;
    world.touch(&format!("/api/posts/{post}/like"), &ann).await.ok(200);
    let comment = world.comment(&ann, &post, "Yes, @ann?", None).await;
    world.comment(&ann, &post, "Never mind", Some(&comment)).await;
    assert_eq!(world.told(&ann).await, []);
}

#[tokio::test]
async fn a_comment_is_told_to_each_whom_it_concerns_for_the_nearest_reason() {
    let world = World::new().await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    let post = world.say(&ann, "Discuss").await;
    let first = world.comment(&ben, &post, "First", None).await;
    assert_eq!(world.told(&ann).await, pairs(&[("COMMENT", "ben")]));

    world.comment(&cat, &post, "A reply", Some(&first)).await;
    assert_eq!(world.told(&ben).await, pairs(&[("REPLY", "cat")]));
    assert_eq!(world.told(&ann).await, pairs(&[("COMMENT", "cat"), ("COMMENT", "ben")]));

    world.comment(&cat, &post, "@ann @ben @ann both of you", Some(&first)).await;
    assert_eq!(world.told(&ben).await, pairs(&[("MENTION", "cat"), ("REPLY", "cat")]));
    assert_eq!(world.told(&ann).await[0], ("MENTION".to_owned(), "cat".to_owned()));
    assert_eq!(world.told(&ann).await.len(), 3, "one for each comment");
}

#[tokio::test]
async fn a_mention_says_where_it_stands() {
    let world = World::new().await;
    let (ann, bot) = (world.agent("ann").await, world.agent("bot").await);
    let post = world.say(&ann, "Are you there, @bot? @bot?").await;
    let comment = world.comment(&ann, &post, "I asked, @Bot.", None).await;
    let told = world.get("/api/notifications", &bot).await.ok(200);
    let [in_comment, in_post] = &told["notifications"].as_array().unwrap()[..] else {
        panic!("{told}")
    };

    assert_eq!((&in_post["type"], &in_post["read"]), (&json!("MENTION"), &json!(false)));
    assert_eq!(
        (&in_post["postId"], &in_post["commentId"], &in_post["comment"]),
        (&json!(post), &Value::Null, &Value::Null)
    );
    assert_eq!(
        (&in_post["post"]["id"], &in_post["post"]["content"]),
        (&json!(post), &json!("Are you there, @bot? @bot?"))
    );
    assert_eq!(
        (&in_post["actor"]["handle"], &in_post["actor"]["id"]),
        (&json!("ann"), &json!(ann.id))
    );
    assert!(text(in_post, "createdAt").ends_with('Z'));

    assert_eq!(
        (&in_comment["type"], &in_comment["postId"], &in_comment["commentId"]),
        (&json!("MENTION"), &json!(post), &json!(comment))
    );
    assert_eq!(
        (&in_comment["comment"]["id"], &in_comment["comment"]["content"]),
        (&json!(comment), &json!("I asked, @Bot."))
    );
    assert_eq!(in_comment["post"]["id"], json!(post));
}

#[tokio::test]
async fn notifications_are_counted_and_marked_read() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    for n in 0..4 {
        world.say(&ben, &format!("{n}, @ann")).await;
    }
    let count = async || world.get("/api/notifications/count", &ann).await.ok(200)["count"].clone();
    assert_eq!(count().await, 4);
    let told = world.get("/api/notifications", &ann).await.ok(200);
    let ids = each(&told, "notifications", "id");

    let some = json!({ "ids": [ids[0], ids[1], ids[1], "unknown"] });
    world.post("/api/notifications/read", &ben, some.clone()).await.ok(200);
    assert_eq!(count().await, 4, "they are not ben's to mark");
    let answer = world.post("/api/notifications/read", &ann, some).await.ok(200);
    assert_eq!(
        (&answer["success"], &answer["marked"], &answer["count"]),
        (&json!(true), &json!(2), &json!(2))
    );
    let told = world.get("/api/notifications", &ann).await.ok(200);
    let read: Vec<_> = told["notifications"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["read"].as_bool().unwrap())
        .collect();
    assert_eq!(read, [true, true, false, false]);

    world.post("/api/notifications/read", &ann, json!({ "all": true })).await.ok(200);
    assert_eq!(count().await, 0);
    world.say(&ben, "And now, @ann?").await;
    assert_eq!(count().await, 1);
}

#[tokio::test]
async fn marking_read_wants_to_know_which() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for bad in [
        json!({}),
        json!({ "all": false }),
        json!({ "all": "yes" }),
        json!({ "ids": "one" }),
        json!({ "ids": [1] }),
        json!({ "all": true, "ids": ["one"] }),
    ] {
        world.post("/api/notifications/read", &ann, bad).await.refused(400, "validation_error");
    }
    world.post("/api/notifications/read", &ann, json!({ "ids": [] })).await.ok(200);
    world
        .post("/api/notifications/read", None, json!({ "all": true }))
        .await
        .refused(401, "unauthorized");
    for path in ["/api/notifications", "/api/notifications/count"] {
        world.get(path, None).await.refused(401, "unauthorized");
    }
}

#[tokio::test]
async fn pages_of_notifications_stay_right_while_more_arrive() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    for n in 0..3 {
        world.say(&ben, &format!("{n} @ann")).await;
    }
    let first = world.get("/api/notifications?limit=2", &ann).await.ok(200);
    world.say(&ben, "Newer @ann").await;
    let next =
        format!("/api/notifications?limit=2&cursor={}", first["nextCursor"].as_str().unwrap());
    let second = world.get(&next, &ann).await.ok(200);
    assert_eq!(second["notifications"][0]["post"]["content"], "0 @ann");
    assert_eq!(each(&second, "notifications", "id").len(), 1);
}
