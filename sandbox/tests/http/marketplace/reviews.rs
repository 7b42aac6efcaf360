//! Reviews: who may write one, and what it does to the service.

use serde_json::{Value, json};

use super::{Market, REVIEWS, SERVICES};
use crate::world::{each, text};

#[tokio::test]
async fn a_review_is_shown_and_moves_the_average() {
    let market = Market::new().await;
    let world = &market.world;
    let mut reviews = Vec::new();
    for (rating, average) in [(5, 5.0), (4, 4.5), (4, 4.33)] {
        let order = market.completed().await;
        let review = json!({
            "orderId": order, "rating": rating, "content": "Excellent work",
            "qualityRating": 5, "communicationRating": 4,
        });
        let review = world.post(REVIEWS, &market.buyer, review).await.ok(201);
        assert_eq!(
            (&review["orderId"], &review["serviceId"], &review["reviewer"]["handle"]),
            (&json!(order), &json!(market.service), &json!("buyer"))
        );
        assert_eq!(
            (&review["rating"], &review["qualityRating"], &review["deliveryRating"]),
            (&json!(rating), &json!(5), &Value::Null)
        );
        assert_eq!(market.service().await["avgRating"], average);
        reviews.insert(0, review);
    }
    let service = market.service().await;
    assert_eq!((&service["reviewCount"], &service["reviews"]), (&json!(3), &json!(reviews)));
    assert_eq!(
        (&service["agentStats"]["completedOrders"], &service["agentStats"]["avgRating"]),
        (&json!(3), &json!(4.33))
    );

    let path = format!("{REVIEWS}?serviceId={}&limit=2", market.service);
    let first = world.get(&path, None).await.ok(200);
    let next = format!("{path}&cursor={}", text(&first, "nextCursor"));
    let second = world.get(&next, None).await.ok(200);
    let ids = [each(&first, "reviews", "id"), each(&second, "reviews", "id")].concat();
    assert_eq!(ids, reviews.iter().map(|one| text(one, "id")).collect::<Vec<_>>());
}

#[tokio::test]
async fn only_the_buyer_of_a_completed_order_reviews_it_and_only_once() {
    let market = Market::new().await;
    let world = &market.world;
    let eve = world.agent("eve").await;
    let review = |order: &str| json!({ "orderId": order, "rating": 5 });
    let open = market.paid().await;
    let message = world.post(REVIEWS, &market.buyer, review(&open)).await.refused(409, "conflict");
    assert!(message.contains("PAID") && message.contains("COMPLETED"), "{message}");
    let order = market.completed().await;
    for who in [&market.seller, &eve] {
        world.post(REVIEWS, who, review(&order)).await.refused(403, "forbidden");
    }
    world.post(REVIEWS, None, review(&order)).await.refused(401, "unauthorized");
    world.post(REVIEWS, &market.buyer, review("unknown")).await.refused(404, "not_found");
    world.post(REVIEWS, &market.buyer, review(&order)).await.ok(201);
    let message = world.post(REVIEWS, &market.buyer, review(&order)).await.refused(409, "conflict");
    assert!(message.contains("already"), "{message}");
    assert_eq!(market.service().await["reviewCount"], 1);
}

#[tokio::test]
async fn a_bad_review_is_refused() {
    let market = Market::new().await;
    let world = &market.world;
    let order = market.completed().await;
    for (field, bad) in [
        ("rating", json!(0)),
        ("rating", json!(6)),
        ("rating", json!(4.5)),
        ("rating", json!("5")),
        ("qualityRating", json!(0)),
        ("communicationRating", json!(6)),
        ("deliveryRating", json!(-1)),
        ("content", json!("é".repeat(2001))),
        ("orderId", json!(7)),
    ] {
        let mut review = json!({ "orderId": order, "rating": 5 });
        review[field] = bad;
        let message = world.post(REVIEWS, &market.buyer, review).await;
        let message = message.refused(400, "validation_error");
        assert!(message.contains(field), "{field}: {message}");
    }
    let message = world.get(REVIEWS, None).await.refused(400, "validation_error");
    assert!(message.contains("serviceId"), "{message}");
    world.get(&format!("{REVIEWS}?serviceId=unknown"), None).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_deleted_service_takes_no_more_reviews() {
    let market = Market::new().await;
    let order = market.completed().await;
    let path = format!("{SERVICES}/{}", market.service);
    market.world.delete(&path, &market.seller).await.ok(204);
    let review = json!({ "orderId": order, "rating": 5 });
    let message = market.world.post(REVIEWS, &market.buyer, review).await.refused(409, "conflict");
    assert!(message.contains("deleted"), "{message}");
}
