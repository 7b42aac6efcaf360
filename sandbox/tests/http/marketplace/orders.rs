//! Orders: what is agreed, how it is paid, who sees it, what is said about it.

use serde_json::{Value, json};

use super::{Market, ORDERS, SERVICES, offer};
use crate::world::{each, text};

#[tokio::test]
async fn an_order_keeps_what_was_agreed_and_says_how_to_pay() {
    let market = Market::new().await;
    let world = &market.world;
    for (method, field, start) in [
        ("CARD", "clientSecret", "pi_"),
        ("CRYPTO_USDC", "paymentAddress", "0x"),
        ("CRYPTO_USDP", "paymentAddress", "0x"),
        ("COINBASE", "coinbaseCheckoutUrl", &*world.url),
    ] {
        let body = json!({ "serviceId": market.service, "requirements": "Mountains", "paymentMethod": method });
        let order = world.post(ORDERS, &market.buyer, body).await.ok(201);
        assert!(text(&order, field).starts_with(start), "{order}");
        let others = ["clientSecret", "paymentAddress", "coinbaseCheckoutUrl"];
        assert_eq!(others.iter().filter(|name| order.get(name).is_some()).count(), 1, "{order}");
        assert_eq!(
            (&order["status"], &order["amount"], &order["paymentMethod"], &order["requirements"]),
            (&json!("PENDING_PAYMENT"), &json!(500), &json!(method), &json!("Mountains"))
        );
        assert_eq!(
            (&order["buyer"]["handle"], &order["seller"]["handle"], &order["serviceId"]),
            (&json!("buyer"), &json!("seller"), &json!(market.service))
        );
    }
    let (order, _) = market.place().await;
    let change = json!({ "price": 900, "title": "Dearer" });
    let path = format!("{SERVICES}/{}", market.service);
    world.patch(&path, &market.seller, change).await.ok(200);
    let kept = market.order(&order).await;
    assert_eq!((&kept["amount"], &kept["title"]), (&json!(500), &json!("Painting")));
}

#[tokio::test]
async fn an_order_that_cannot_be_is_refused() {
    let market = Market::new().await;
    let (world, service) = (&market.world, &market.service);
    for (body, named) in [
        (json!({ "paymentMethod": "CARD" }), "serviceId"),
        (json!({ "serviceId": service }), "paymentMethod"),
        (json!({ "serviceId": service, "paymentMethod": "CASH" }), "CRYPTO_USDP"),
        (
            json!({ "serviceId": service, "paymentMethod": "CARD", "requirements": "é".repeat(5001) }),
            "5001",
        ),
    ] {
        let message =
            world.post(ORDERS, &market.buyer, body).await.refused(400, "validation_error");
        assert!(message.contains(named), "{message}");
    }
    let own = json!({ "serviceId": service, "paymentMethod": "CARD" });
    let message = world.post(ORDERS, &market.seller, own.clone()).await;
    assert!(message.refused(400, "validation_error").contains("own service"));
    world.post(ORDERS, None, own).await.refused(401, "unauthorized");
    let unknown = json!({ "serviceId": "unknown", "paymentMethod": "CARD" });
    world.post(ORDERS, &market.buyer, unknown).await.refused(404, "not_found");
}

#[tokio::test]
async fn visiting_the_checkout_pays_the_order_once() {
    let market = Market::new().await;
    let (order, checkout) = market.place().await;
    assert_eq!(market.service().await["orderCount"], 0, "only paid orders count");
    let page = market.visit(&checkout).await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(page.status, 200);
    let paid = market.order(&order).await;
    assert_eq!(paid["status"], "PAID");
    assert!(text(&paid, "dueAt") > text(&paid, "paidAt"));
    assert_eq!(market.service().await["orderCount"], 1);
    let message = market.visit(&checkout).await.refused(409, "conflict");
    assert!(message.contains("PAID") && message.contains("PENDING_PAYMENT"), "{message}");
    assert_eq!(market.service().await["orderCount"], 1);

    let card = json!({ "serviceId": market.service, "paymentMethod": "CARD" });
    let card = market.world.post(ORDERS, &market.buyer, card).await.ok(201);
    let elsewhere = format!("{}/checkout/{}", market.world.url, text(&card, "id"));
    market.visit(&elsewhere).await.refused(404, "not_found");
    market.visit(&format!("{}/checkout/unknown", market.world.url)).await.refused(404, "not_found");
}

#[tokio::test]
async fn the_control_pays_an_order_by_any_method_once() {
    let market = Market::with(|settings| settings.control = true).await;
    let world = &market.world;
    for method in ["CARD", "COINBASE", "CRYPTO_USDC"] {
        let order = json!({ "serviceId": market.service, "paymentMethod": method });
        let order = text(&world.post(ORDERS, &market.buyer, order).await.ok(201), "id");
        let pay = format!("/_sandbox/orders/{order}/pay");
        world.touch(&pay, None).await.ok(204);
        assert_eq!(market.order(&order).await["status"], "PAID", "{method}");
        let message = world.touch(&pay, None).await.refused(409, "conflict");
        assert!(message.contains("PENDING_PAYMENT"), "{message}");
    }
    assert_eq!(market.service().await["orderCount"], 3);
    world.touch("/_sandbox/orders/unknown/pay", None).await.refused(404, "not_found");
}

#[tokio::test]
async fn orders_are_listed_by_role_and_status_page_by_page() {
    let market = Market::new().await;
    let world = &market.world;
    let counter = offer(world, &market.buyer, "Framing", 50).await;
    let mine = market.paid().await;
    let body = json!({ "serviceId": counter, "paymentMethod": "CARD" });
    let theirs = text(&world.post(ORDERS, &market.seller, body).await.ok(201), "id");
    let (later, _) = market.place().await;
    for (query, expected) in [
        ("", vec![&later, &theirs, &mine]),
        ("?role=all", vec![&later, &theirs, &mine]),
        ("?role=buyer", vec![&later, &mine]),
        ("?role=seller", vec![&theirs]),
        ("?status=PENDING_PAYMENT", vec![&later, &theirs]),
        ("?role=buyer&status=PAID", vec![&mine]),
        ("?role=seller&status=PAID", vec![]),
    ] {
        let list = world.get(&format!("{ORDERS}{query}"), &market.buyer).await.ok(200);
        assert_eq!(each(&list, "orders", "id").iter().collect::<Vec<_>>(), expected, "{query}");
    }
    let first = world.get(&format!("{ORDERS}?limit=2"), &market.buyer).await.ok(200);
    let next = format!("{ORDERS}?limit=2&cursor={}", text(&first, "nextCursor"));
    let second = world.get(&next, &market.buyer).await.ok(200);
    assert_eq!(each(&second, "orders", "id"), [mine]);
    assert_eq!(second["nextCursor"], Value::Null);
    for bad in ["role=owner", "status=paid", "limit=0", "cursor=x"] {
        let answer = world.get(&format!("{ORDERS}?{bad}"), &market.buyer).await;
        answer.refused(400, "validation_error");
    }
    world.get(ORDERS, None).await.refused(401, "unauthorized");
}

#[tokio::test]
async fn an_order_is_the_matter_of_its_parties_alone() {
    let market = Market::new().await;
    let (world, order) = (&market.world, market.paid().await);
    let eve = world.agent("eve").await;
    let path = format!("{ORDERS}/{order}");
    let messages = format!("{path}/messages");
    for (who, status, code) in [(Some(&eve), 403, "forbidden"), (None, 401, "unauthorized")] {
        world.get(&path, who).await.refused(status, code);
        world.patch(&path, who, json!({ "action": "cancel" })).await.refused(status, code);
        world.get(&messages, who).await.refused(status, code);
        world.post(&messages, who, json!({ "content": "x" })).await.refused(status, code);
    }
    let unknown = format!("{ORDERS}/unknown");
    world.get(&unknown, &eve).await.refused(404, "not_found");
    world.patch(&unknown, &eve, json!({ "action": "start" })).await.refused(404, "not_found");
    world.get(&format!("{unknown}/messages"), &eve).await.refused(404, "not_found");
}

#[tokio::test]
async fn messages_of_an_order_go_both_ways_with_attachments() {
    let market = Market::new().await;
    let (world, order) = (&market.world, market.paid().await);
    let path = format!("{ORDERS}/{order}/messages");
    let asked = json!({ "content": "é".repeat(5000) });
    world.post(&path, &market.buyer, asked).await.ok(201);
    let answer =
        json!({ "content": "Like this?", "attachments": ["https://example.com/file.png"] });
    let answer = world.post(&path, &market.seller, answer).await.ok(201);
    assert_eq!(
        (&answer["sender"]["handle"], &answer["orderId"], &answer["attachments"]),
        (&json!("seller"), &json!(order), &json!(["https://example.com/file.png"]))
    );
    let first = world.get(&format!("{path}?limit=1"), &market.buyer).await.ok(200);
    assert_eq!(first["messages"], json!([answer]), "newest first");
    let next = format!("{path}?limit=1&cursor={}", text(&first, "nextCursor"));
    let second = world.get(&next, &market.buyer).await.ok(200);
    assert_eq!(second["messages"][0]["attachments"], json!([]));
    for (bad, named) in [
        (json!({ "content": "" }), "content"),
        (json!({ "content": "é".repeat(5001) }), "5001"),
        (json!({ "content": "x", "attachments": "https://example.com" }), "attachments"),
        (json!({ "content": "x", "attachments": ["file.png"] }), "attachments[0]"),
    ] {
        let message = world.post(&path, &market.buyer, bad).await.refused(400, "validation_error");
        assert!(message.contains(named), "{message}");
    }
}
