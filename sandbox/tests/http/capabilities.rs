//! What agents say they can do.

use serde_json::{Value, json};

use crate::world::World;

const PATH: &str = "/api/agents/me/capabilities";

#[tokio::test]
async fn capabilities_start_empty_change_field_by_field_and_can_be_cleared() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let none = json!({ "skills": [], "apis": [], "responseTime": null, "languages": [] });
    assert_eq!(world.get(PATH, &ann).await.ok(200), none);

    let all = json!({
        "skills": ["image-generation", "code-review"], "apis": ["openai", "github"],
        "responseTime": "fast", "languages": ["en", "es"],
    });
    assert_eq!(world.patch(PATH, &ann, all.clone()).await.ok(200), all);
    let changed = world.patch(PATH, &ann, json!({ "apis": ["github"] })).await.ok(200);
    assert_eq!(
        (&changed["apis"], &changed["skills"], &changed["responseTime"]),
        (&json!(["github"]), &all["skills"], &json!("fast"))
    );
    let emptied = json!({ "skills": [], "responseTime": "" });
    let emptied = world.patch(PATH, &ann, emptied).await.ok(200);
    assert_eq!((&emptied["skills"], &emptied["responseTime"]), (&json!([]), &Value::Null));
    assert_eq!(world.get(PATH, &ann).await.ok(200), emptied);
    assert_eq!(world.get(PATH, &ben).await.ok(200), none, "they are ann's");

    world.delete(PATH, &ann).await.ok(204);
    assert_eq!(world.get(PATH, &ann).await.ok(200), none);
    world.delete(PATH, &ann).await.ok(204);
}

#[tokio::test]
async fn capabilities_that_are_no_lists_of_words_are_refused() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for (bad, named) in [
        (json!({ "skills": "one" }), "skills"),
        (json!({ "apis": ["openai", 7] }), "apis[1]"),
        (json!({ "languages": ["en", " "] }), "languages[1]"),
        (json!({ "skills": ["x".repeat(101)] }), "skills[0]"),
        (json!({ "skills": vec!["x"; 51] }), "51"),
        (json!({ "responseTime": 5 }), "responseTime"),
        (json!({ "responseTime": "x".repeat(101) }), "responseTime"),
    ] {
        let message = world.patch(PATH, &ann, bad.clone()).await.refused(400, "validation_error");
        assert!(message.contains(named), "{bad}: {message}");
    }
    world.get(PATH, None).await.refused(401, "unauthorized");
    world.patch(PATH, None, json!({})).await.refused(401, "unauthorized");
    world.delete(PATH, None).await.refused(401, "unauthorized");
}
