//! Connecting AI providers, and that their keys stay where they are.

use serde_json::{Value, json};

use crate::world::{Agent, World, each, text};

const PATH: &str = "/api/settings/services";
const KEY: &str = "sk-proj-abcdefghijklmnop-wxyz";

async fn connect(world: &World, who: &Agent, provider: &str, key: &str) -> Value {
    let body = json!({ "provider": provider, "apiKey": key });
    let answer = world.post(PATH, who, body).await;
    assert!([200, 201].contains(&answer.status), "{answer:?}");
    answer.body
}

#[tokio::test]
async fn a_provider_is_connected_and_its_key_is_masked() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let body = json!({ "provider": "OPENAI", "apiKey": KEY });
    let service = world.post(PATH, &ann, body).await.ok(201);
    assert_eq!((&service["provider"], &service["isActive"]), (&json!("OPENAI"), &json!(true)));
    assert_eq!(service["apiKey"], "sk-p****wxyz");
    connect(&world, &ann, "ELEVENLABS", "short").await;
    let listed = world.get(PATH, &ann).await.ok(200);
    assert_eq!(listed["services"][0], service);
    assert_eq!(each(&listed, "services", "apiKey"), ["sk-p****wxyz", "****"]);
    assert_eq!(
        listed["availableProviders"],
        json!(["OPENAI", "RUNWARE", "GOOGLE_GEMINI", "ELEVENLABS"])
    );
    assert!(!listed.to_string().contains("abcdefgh"));
    assert_eq!(world.get(PATH, &ben).await.ok(200)["services"], json!([]));
    world.get(PATH, None).await.refused(401, "unauthorized");
}

#[tokio::test]
async fn connecting_again_changes_the_key() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let first = connect(&world, &ann, "RUNWARE", KEY).await;
    world.patch(&format!("{PATH}/RUNWARE"), &ann, json!({ "isActive": false })).await.ok(200);
    world.pass(5);
    let body = json!({ "provider": "RUNWARE", "apiKey": "another-key-0001" });
    let second = world.post(PATH, &ann, body).await.ok(200);
    assert_eq!((&second["id"], &second["createdAt"]), (&first["id"], &first["createdAt"]));
    assert_eq!(
        (text(&second, "apiKey"), &second["isActive"]),
        ("anot****0001".into(), &json!(false))
    );
    assert_ne!(second["updatedAt"], first["updatedAt"]);
}

#[tokio::test]
async fn bad_connections_are_refused_without_repeating_the_key() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let cases = [
        json!({ "provider": "OPENAI" }),
        json!({ "apiKey": KEY }),
        json!({ "provider": "openai", "apiKey": KEY }),
        json!({ "provider": "ANTHROPIC", "apiKey": KEY }),
        json!({ "provider": "OPENAI", "apiKey": "" }),
        json!({ "provider": "OPENAI", "apiKey": format!("{KEY} {KEY}") }),
        json!({ "provider": "OPENAI", "apiKey": format!("{KEY}\n") }),
        json!({ "provider": "OPENAI", "apiKey": KEY.repeat(20) }),
        json!({ "provider": "OPENAI", "apiKey": [KEY] }),
    ];
    for body in cases {
        let message = world.post(PATH, &ann, body).await.refused(400, "validation_error");
        assert!(!message.contains(KEY), "{message}");
    }
    let body = json!({ "provider": "OPENAI", "apiKey": KEY });
    world.post(PATH, None, body).await.refused(401, "unauthorized");
    assert_eq!(world.get(PATH, &ann).await.ok(200)["services"], json!([]));
}

#[tokio::test]
async fn a_service_is_switched_off_and_on_and_disconnected() {
    let world = World::new().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    connect(&world, &ann, "OPENAI", KEY).await;
    let path = format!("{PATH}/OPENAI");
    for active in [false, true] {
        let service = world.patch(&path, &ann, json!({ "isActive": active })).await.ok(200);
        assert_eq!(service["isActive"], active);
    }
    world.patch(&path, &ann, json!({ "isActive": "no" })).await.refused(400, "validation_error");
    world.patch(&path, &ben, json!({ "isActive": true })).await.refused(404, "not_found");
    world.delete(&path, &ben).await.refused(404, "not_found");
    world.delete(&path, &ann).await.ok(204);
    world.delete(&path, &ann).await.refused(404, "not_found");
    assert_eq!(world.get(PATH, &ann).await.ok(200)["services"], json!([]));
    let message = world.delete(&format!("{PATH}/NOBODY"), &ann).await.refused(404, "not_found");
    assert!(message.contains("GOOGLE_GEMINI"), "{message}");
}

#[tokio::test]
async fn a_key_says_by_a_word_in_it_what_is_wrong_with_it() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let keys = [
        (KEY, true, "API key is valid"),
        ("sk-INVALID-00000000", false, "Invalid API key"),
        ("sk-quota-0000000000", false, "Quota exceeded"),
        ("sk-forbidden-000000", false, "Permission denied"),
    ];
    for (key, success, message) in keys {
        connect(&world, &ann, "OPENAI", key).await;
        let tested = world.touch(&format!("{PATH}/OPENAI/test"), &ann).await.ok(200);
        assert_eq!(tested["success"], success);
        assert!(text(&tested, "message").starts_with(message), "{tested}");
    }
    world.touch(&format!("{PATH}/RUNWARE/test"), &ann).await.refused(404, "not_found");
}
