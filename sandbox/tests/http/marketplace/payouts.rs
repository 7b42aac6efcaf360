//! Being paid: the account, and one payout an order.

use reqwest::Method;
use serde_json::{Value, json};

use super::{CONNECT, Market, PAYOUTS};
use crate::world::{World, each, text};

/// Sets up the seller's account by visiting its page.
async fn onboard(market: &Market) {
    let set_up = market.world.touch(CONNECT, &market.seller).await.ok(200);
    assert_eq!(market.visit(&text(&set_up, "onboardingUrl")).await.status, 200);
}

#[tokio::test]
async fn an_account_is_enabled_by_visiting_its_onboarding_page() {
    let market = Market::new().await;
    let (world, seller) = (&market.world, &market.seller);
    let none = world.get(CONNECT, seller).await.ok(200);
    assert_eq!((&none["connected"], &none["accountId"]), (&json!(false), &Value::Null));
    let set_up = world.touch(CONNECT, seller).await.ok(200);
    let again = world.post(CONNECT, seller, json!({})).await.ok(200);
    assert_eq!(again, set_up, "an agent has one account");
    let before = world.get(CONNECT, seller).await.ok(200);
    assert_eq!((&before["connected"], &before["payoutsEnabled"]), (&json!(true), &json!(false)));
    for _ in 0..2 {
        let page = market.visit(&text(&set_up, "onboardingUrl")).await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    }
    let after = world.get(CONNECT, seller).await.ok(200);
    for field in ["chargesEnabled", "payoutsEnabled", "detailsSubmitted"] {
        assert_eq!((&before[field], &after[field]), (&json!(false), &json!(true)), "{field}");
    }
    let other = world.get(CONNECT, &market.buyer).await.ok(200);
    assert_eq!(other["payoutsEnabled"], false);
    let unknown = format!("{}/onboarding/acct_unknown", world.url);
    market.visit(&unknown).await.refused(404, "not_found");
}

#[tokio::test]
async fn an_account_may_prefer_crypto_with_a_wallet_that_is_one() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let wallet = format!("0x{}", "aB3".repeat(14).split_at(40).0);
    let wishes = json!({ "preferCrypto": true, "cryptoWalletAddress": wallet });
    world.post(CONNECT, &ann, wishes).await.ok(200);
    world.touch(CONNECT, &ann).await.ok(200);
    let account = world.get(CONNECT, &ann).await.ok(200);
    assert_eq!(
        (&account["preferCrypto"], &account["cryptoWalletAddress"]),
        (&json!(true), &json!(wallet)),
        "a call without a body changes nothing"
    );
    for (bad, named) in [
        (json!({ "cryptoWalletAddress": "0x..." }), "cryptoWalletAddress"),
        (json!({ "cryptoWalletAddress": "g".repeat(42) }), "cryptoWalletAddress"),
        (json!({ "preferCrypto": "yes" }), "preferCrypto"),
    ] {
        let message = world.post(CONNECT, &ann, bad).await.refused(400, "validation_error");
        assert!(message.contains(named), "{message}");
    }
    let broken = world.request(Method::POST, CONNECT, Some(&ann));
    let broken = broken.header("content-type", "application/json").body("{");
    world.send(broken).await.refused(400, "invalid_request");
    world.touch(CONNECT, None).await.refused(401, "unauthorized");
    world.get(CONNECT, None).await.refused(401, "unauthorized");
}

#[tokio::test]
async fn a_payout_is_earned_requested_and_completed_in_time() {
    let market = Market::new().await;
    let (world, seller) = (&market.world, &market.seller);
    market.paid().await;
    assert_eq!(
        world.get(PAYOUTS, seller).await.ok(200)["payouts"],
        json!([]),
        "not before it is done"
    );
    let order = market.completed().await;
    let earned = world.get(PAYOUTS, seller).await.ok(200);
    let payout = &earned["payouts"][0];
    assert_eq!(
        (&payout["orderId"], &payout["amount"], &payout["status"]),
        (&json!(order), &json!(500), &json!("PENDING"))
    );
    let request = json!({ "payoutId": payout["id"] });
    let message = world.post(PAYOUTS, seller, request.clone()).await.refused(409, "conflict");
    assert!(message.contains("onboarding"), "{message}");
    world.post(PAYOUTS, &market.buyer, request.clone()).await.refused(403, "forbidden");
    onboard(&market).await;
    let requested = world.post(PAYOUTS, seller, request.clone()).await.ok(200);
    assert_eq!((&requested["id"], &requested["status"]), (&payout["id"], &json!("PROCESSING")));
    let message = world.post(PAYOUTS, seller, request).await.refused(409, "conflict");
    assert!(message.contains("PROCESSING"), "{message}");

    let status = async || world.get(PAYOUTS, seller).await.ok(200)["payouts"][0].clone();
    world.pass(59);
    assert_eq!(status().await["status"], "PROCESSING");
    world.pass(1);
    assert_eq!(status().await["status"], "COMPLETED");
    world.pass(1800);
    let done = status().await;
    let moment = |field| text(&done, field).parse::<jiff::Timestamp>().unwrap();
    assert_eq!((moment("completedAt") - moment("requestedAt")).as_secs(), 60);
    assert_eq!(world.get(PAYOUTS, &market.buyer).await.ok(200)["payouts"], json!([]));
}

#[tokio::test]
async fn payouts_are_listed_by_status_and_summed_over_all_pages() {
    let market = Market::new().await;
    let (world, seller) = (&market.world, &market.seller);
    onboard(&market).await;
    for _ in 0..4 {
        market.completed().await;
    }
    let all = world.get(PAYOUTS, seller).await.ok(200);
    let ids = each(&all, "payouts", "id");
    world.post(PAYOUTS, seller, json!({ "payoutId": ids[3] })).await.ok(200);
    world.pass(60);
    world.post(PAYOUTS, seller, json!({ "payoutId": ids[2] })).await.ok(200);
    for (status, expected) in
        [("PENDING", &ids[..2]), ("PROCESSING", &ids[2..3]), ("COMPLETED", &ids[3..])]
    {
        let list = world.get(&format!("{PAYOUTS}?status={status}"), seller).await.ok(200);
        assert_eq!(each(&list, "payouts", "id"), expected, "{status}");
        assert_eq!(
            list["summary"],
            json!({ "pending": 1000, "processing": 500, "completed": 500, "total": 2000, "currency": "USD" })
        );
    }
    let first = world.get(&format!("{PAYOUTS}?limit=3"), seller).await.ok(200);
    let next = format!("{PAYOUTS}?limit=3&cursor={}", text(&first, "nextCursor"));
    let second = world.get(&next, seller).await.ok(200);
    assert_eq!(each(&second, "payouts", "id"), ids[3..]);
    let message = world.get(&format!("{PAYOUTS}?status=PAID"), seller).await;
    assert!(message.refused(400, "validation_error").contains("PROCESSING"));
}

#[tokio::test]
async fn a_payout_that_there_is_not_cannot_be_requested() {
    let market = Market::new().await;
    let world = &market.world;
    let unknown = json!({ "payoutId": "unknown" });
    world.post(PAYOUTS, &market.seller, unknown.clone()).await.refused(404, "not_found");
    world.post(PAYOUTS, &market.seller, json!({})).await.refused(400, "validation_error");
    world.post(PAYOUTS, None, unknown).await.refused(401, "unauthorized");
    world.get(PAYOUTS, None).await.refused(401, "unauthorized");
}
