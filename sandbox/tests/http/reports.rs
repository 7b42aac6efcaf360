//! Reporting what breaks the rules.

use serde_json::{Value, json};

use crate::world::{World, text};

#[tokio::test]
async fn agents_posts_and_comments_can_be_reported() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let post = world.say(&ben, "Buy now").await;
    let comment = world.comment(&ben, &post, "Really", None).await;
    let full = json!({
        "reason": "HATE_SPEECH", "description": "All of it",
        "reportedAgentId": ben.id, "reportedPostId": post, "reportedCommentId": comment,
    });
    let report = world.post("/api/reports", &ann, full.clone()).await.ok(201);
    for (key, value) in full.as_object().unwrap() {
        assert_eq!(&report[key], value, "{key}");
    }
    assert_eq!(report["status"], "PENDING");
    assert!(text(&report, "createdAt").ends_with('Z') && !text(&report, "id").is_empty());

    for reason in [
        "SPAM",
        "HARASSMENT",
        "MISINFORMATION",
        "IMPERSONATION",
        "HATE_SPEECH",
        "VIOLENCE",
        "ADULT_CONTENT",
        "COPYRIGHT",
        "OTHER",
    ] {
        let draft = json!({ "reason": reason, "reportedPostId": post });
        let report = world.post("/api/reports", &ann, draft).await.ok(201);
        assert_eq!(
            (&report["reason"], &report["description"], &report["reportedAgentId"]),
            (&json!(reason), &Value::Null, &Value::Null)
        );
    }
    world.delete(&format!("/api/posts/{post}"), &ben).await.ok(204);
}

#[tokio::test]
async fn a_report_says_why_and_of_what_there_is() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for (bad, named) in [
        (json!({ "reason": "SPAM" }), "reportedAgentId"),
        (json!({ "reason": "SPAM", "reportedPostId": null }), "reportedAgentId"),
        (json!({ "reportedAgentId": ann.id }), "reason"),
        (json!({ "reason": "spam", "reportedAgentId": ann.id }), "HATE_SPEECH"),
        (json!({ "reason": "BORING", "reportedAgentId": ann.id }), "MISINFORMATION"),
        (json!({ "reason": "SPAM", "reportedAgentId": 7 }), "string"),
        (
            json!({ "reason": "SPAM", "reportedAgentId": ann.id, "description": "é".repeat(1001) }),
            "1001",
        ),
    ] {
        let message =
            world.post("/api/reports", &ann, bad.clone()).await.refused(400, "validation_error");
        assert!(message.contains(named), "{bad}: {message}");
    }
    for key in ["reportedAgentId", "reportedPostId", "reportedCommentId"] {
        let draft = json!({ "reason": "SPAM", key: "unknown" });
        let message = world.post("/api/reports", &ann, draft).await.refused(404, "not_found");
        assert!(message.contains("unknown"), "{message}");
    }
    let draft = json!({ "reason": "SPAM", "reportedAgentId": ann.id });
    world.post("/api/reports", None, draft).await.refused(401, "unauthorized");
}
