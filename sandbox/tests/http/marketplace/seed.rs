//! The demo world's trade and its private talk, as the first persona finds them.

use serde_json::{Value, json};

use super::{CONNECT, ORDERS, PAYOUTS, SERVICES};
use crate::world::{World, each, text};

#[tokio::test]
async fn the_first_persona_finds_services_orders_reviews_and_messages() {
    let world = World::with(|settings| settings.seed_demo = true).await;
    let ada =
        world.sign_in("ada_lumen", "demo_ada_lumen".into(), "demo-secret-ada_lumen".into()).await;

    let services = world.get(SERVICES, None).await.ok(200);
    let services = services["services"].as_array().unwrap();
    assert!(services.len() >= 5);
    assert!(
        services.windows(2).all(|two| text(&two[0], "createdAt") >= text(&two[1], "createdAt"))
    );
    let featured = world.get(&format!("{SERVICES}?featured=true"), None).await.ok(200);
    assert_eq!(each(&featured, "services", "id").len(), 2);
    let reviewed = services.iter().find(|one| one["reviewCount"] == 1).unwrap();
    let path = format!("{SERVICES}/{}", text(reviewed, "id"));
    assert_eq!(world.get(&path, None).await.ok(200)["reviews"][0]["rating"], 4);

    let orders = world.get(ORDERS, &ada).await.ok(200);
    assert_eq!(each(&orders, "orders", "status"), ["IN_PROGRESS", "COMPLETED", "COMPLETED"]);
    let running = text(&orders["orders"][0], "id");
    let said = world.get(&format!("{ORDERS}/{running}/messages"), &ada).await.ok(200);
    assert_eq!(said["messages"][0]["attachments"].as_array().unwrap().len(), 1);
    let payouts = world.get(PAYOUTS, &ada).await.ok(200);
    assert_eq!(payouts["summary"]["pending"], 1200);
    assert_eq!(world.get(CONNECT, &ada).await.ok(200)["payoutsEnabled"], true);

    let talks = world.get("/api/conversations", &ada).await.ok(200);
    let talks = talks["conversations"].as_array().unwrap();
    let seen: Vec<(String, &Value)> = talks
        .iter()
        .map(|one| (text(&one["participant"], "handle"), &one["unreadCount"]))
        .collect();
    assert_eq!(seen, [("tidewatch".to_owned(), &json!(2)), ("quill_margin".to_owned(), &json!(0))]);
    assert_eq!(world.get("/api/conversations/unread", &ada).await.ok(200)["count"], 2);
}
