//! Direct messages.

use serde_json::{Value, json};

use crate::world::{Agent, World, each, text};

/// Writes to `handle` and gives the conversation.
async fn write(world: &World, who: &Agent, handle: &str, message: &str) -> Value {
    let answer = world
        .post("/api/conversations", who, json!({ "participantHandle": handle, "message": message }))
        .await;
    assert!([200, 201].contains(&answer.status), "{}", answer.body);
    answer.body
}

async fn say(world: &World, who: &Agent, conversation: &str, content: &str) -> Value {
    let path = format!("/api/conversations/{conversation}/messages");
    world.post(&path, who, json!({ "content": content })).await.ok(201)
}

async fn unread(world: &World, who: &Agent) -> Value {
    world.get("/api/conversations/unread", who).await.ok(200)["count"].clone()
}

#[tokio::test]
async fn a_pair_has_one_conversation_and_starting_again_adds_to_it() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let first = world
        .post("/api/conversations", &ann, json!({ "participantHandle": "@ben", "message": "One" }))
        .await
        .ok(201);
    let again = world
        .post("/api/conversations", &ben, json!({ "participantHandle": "ann", "message": "Two" }))
        .await
        .ok(200);
    let id = text(&first, "id");
    assert_eq!(again["id"], json!(id));
    assert_eq!(
        (&first["participant"]["handle"], &first["unreadCount"]),
        (&json!("ben"), &json!(0))
    );
    assert_eq!(
        (&again["participant"]["handle"], &again["unreadCount"]),
        (&json!("ann"), &json!(1))
    );
    assert_eq!(again["lastMessage"]["content"], "Two");

    let messages = world.get(&format!("/api/conversations/{id}/messages"), &ann).await.ok(200);
    assert_eq!(each(&messages, "messages", "content"), ["Two", "One"], "newest first");
    let newest = &messages["messages"][0];
    assert_eq!(
        (&newest["sender"]["handle"], &newest["conversationId"], &newest["isRead"]),
        (&json!("ben"), &json!(id), &json!(false))
    );
}

#[tokio::test]
async fn a_conversation_needs_somebody_else_and_something_to_say() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let start = |body| world.post("/api/conversations", &ann, body);
    for (body, named) in [
        (json!({ "participantHandle": "ben" }), "message"),
        (json!({ "message": "x" }), "participantHandle"),
        (json!({ "participantHandle": 7, "message": "x" }), "participantHandle"),
        (json!({ "participantHandle": "ben", "message": " " }), "message"),
        (json!({ "participantHandle": "ben", "message": "é".repeat(5001) }), "5001"),
        (json!({ "participantHandle": "@ann", "message": "x" }), "itself"),
    ] {
        let message = start(body.clone()).await.refused(400, "validation_error");
        assert!(message.contains(named), "{body}: {message}");
    }
    let message = start(json!({ "participantHandle": "nobody", "message": "x" })).await;
    assert!(message.refused(404, "not_found").contains("`nobody`"));
    assert_eq!(world.get("/api/conversations", &ben).await.ok(200)["conversations"], json!([]));

    let id = text(&write(&world, &ann, "ben", &"é".repeat(5000)).await, "id");
    let path = format!("/api/conversations/{id}/messages");
    for body in [json!({}), json!({ "content": "" }), json!({ "content": "é".repeat(5001) })] {
        world.post(&path, &ann, body).await.refused(400, "validation_error");
    }
}

#[tokio::test]
async fn conversations_come_with_the_newest_activity_first_page_by_page() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for handle in ["ben", "cat", "dan"] {
        let them = world.agent(handle).await;
        write(&world, &them, "ann", "Hello").await;
    }
    world.pass(60);
    write(&world, &ann, "ben", "Again").await;
    let handles = |page: &Value| {
        let list = page["conversations"].as_array().unwrap();
        list.iter().map(|one| text(&one["participant"], "handle")).collect::<Vec<_>>()
    };
    let first = world.get("/api/conversations?limit=2", &ann).await.ok(200);
    assert_eq!(
        (handles(&first), &first["hasMore"]),
        (vec!["ben".into(), "dan".into()], &json!(true))
    );
    let ben = &first["conversations"][0];
    assert_eq!((&ben["lastMessage"]["content"], &ben["unreadCount"]), (&json!("Again"), &json!(1)));
    assert!(text(ben, "updatedAt") > text(ben, "createdAt"));
    let next = format!("/api/conversations?limit=2&cursor={}", text(&first, "nextCursor"));
    let second = world.get(&next, &ann).await.ok(200);
    assert_eq!((handles(&second), &second["nextCursor"]), (vec!["cat".to_owned()], &Value::Null));
    world.get("/api/conversations?cursor=x", &ann).await.refused(400, "validation_error");
}

#[tokio::test]
async fn a_page_has_fifty_messages_unless_asked_otherwise() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    world.agent("ben").await;
    let id = text(&write(&world, &ann, "ben", "0").await, "id");
    for n in 1..52 {
        say(&world, &ann, &id, &n.to_string()).await;
    }
    let path = format!("/api/conversations/{id}/messages");
    let first = world.get(&path, &ann).await.ok(200);
    assert_eq!(each(&first, "messages", "content").len(), 50);
    let rest = world.get(&format!("{path}?cursor={}", text(&first, "nextCursor")), &ann).await;
    assert_eq!(each(&rest.ok(200), "messages", "content"), ["1", "0"]);
    let three = world.get(&format!("{path}?limit=3"), &ann).await.ok(200);
    assert_eq!(each(&three, "messages", "content"), ["51", "50", "49"]);
}

#[tokio::test]
async fn what_is_unread_is_counted_until_it_is_marked_read_or_taken_back() {
    let world = World::new().await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    let id = text(&write(&world, &ben, "ann", "One").await, "id");
    let two = text(&say(&world, &ben, &id, "Two").await, "id");
    write(&world, &cat, "ann", "Three").await;
    assert_eq!((unread(&world, &ann).await, unread(&world, &ben).await), (json!(3), json!(0)));

    world.delete(&format!("/api/messages/{two}"), &ben).await.ok(204);
    assert_eq!(unread(&world, &ann).await, 2);
    let read = world.touch(&format!("/api/conversations/{id}/read"), &ann).await.ok(200);
    assert_eq!((&read["success"], &read["marked"]), (&json!(true), &json!(1)));
    assert_eq!(unread(&world, &ann).await, 1);

    let messages = world.get(&format!("/api/conversations/{id}/messages"), &ben).await.ok(200);
    assert_eq!(messages["messages"][0]["isRead"], true);
    let one = text(&messages["messages"][0], "id");
    world.delete(&format!("/api/messages/{one}"), &ben).await.ok(204);
    assert_eq!(unread(&world, &ann).await, 1, "it was read already");
    let list = world.get("/api/conversations", &ann).await.ok(200);
    assert_eq!(list["conversations"][1]["lastMessage"], Value::Null, "nothing is left in it");
}

#[tokio::test]
async fn a_message_is_read_by_both_and_deleted_by_its_sender() {
    let world = World::new().await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    let id = text(&write(&world, &ann, "ben", "Hello").await, "id");
    let message = say(&world, &ann, &id, "Secret").await;
    let path = format!("/api/messages/{}", text(&message, "id"));
    for agent in [&ann, &ben] {
        assert_eq!(world.get(&path, agent).await.ok(200), message);
    }
    world.get(&path, &cat).await.refused(403, "forbidden");
    world.get(&path, None).await.refused(401, "unauthorized");
    let refused = world.delete(&path, &ben).await.refused(403, "forbidden");
    assert!(refused.contains("you sent"), "{refused}");
    world.delete(&path, &cat).await.refused(403, "forbidden");
    world.delete(&path, &ann).await.ok(204);
    world.get(&path, &ann).await.refused(404, "not_found");
    world.delete(&path, &ann).await.refused(404, "not_found");
}

#[tokio::test]
async fn only_participants_use_a_conversation_and_deleting_it_leaves_nothing() {
    let world = World::new().await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    let id = text(&write(&world, &ann, "ben", "Hello").await, "id");
    let message = text(&say(&world, &ann, &id, "Bye").await, "id");
    let path = format!("/api/conversations/{id}");
    let (messages, read) = (format!("{path}/messages"), format!("{path}/read"));
    for (who, status, code) in [(Some(&cat), 403, "forbidden"), (None, 401, "unauthorized")] {
        world.get(&messages, who).await.refused(status, code);
        world.post(&messages, who, json!({ "content": "x" })).await.refused(status, code);
        world.touch(&read, who).await.refused(status, code);
        world.delete(&path, who).await.refused(status, code);
    }
    world.delete(&path, &ben).await.ok(204);
    for agent in [&ann, &ben] {
        world.get(&messages, agent).await.refused(404, "not_found");
        world.delete(&path, agent).await.refused(404, "not_found");
        let list = world.get("/api/conversations", agent).await.ok(200);
        assert_eq!(list["conversations"], json!([]));
        assert_eq!(unread(&world, agent).await, 0);
    }
    world.get(&format!("/api/messages/{message}"), &ann).await.refused(404, "not_found");
    let anew = write(&world, &ann, "ben", "Anew").await;
    assert_ne!(anew["id"], json!(id));
}
