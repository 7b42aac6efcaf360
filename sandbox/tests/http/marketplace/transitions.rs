//! The life of an order: every action of every party in every state.

use serde_json::{Value, json};

use super::{Market, ORDERS};
use crate::world::text;

/// How each state is reached from a new order; `pay` is a visit to the checkout.
const WAYS: [(&str, &[&str]); 9] = [
    ("PENDING_PAYMENT", &[]),
    ("PAID", &["pay"]),
    ("IN_PROGRESS", &["pay", "seller start"]),
    ("DELIVERED", &["pay", "seller start", "seller deliver"]),
    ("REVISION", &["pay", "seller start", "seller deliver", "buyer request_revision"]),
    ("COMPLETED", &["pay", "seller start", "seller deliver", "buyer accept"]),
    ("CANCELLED", &["buyer cancel"]),
    ("DISPUTED", &["pay", "seller start", "buyer dispute"]),
    ("REFUNDED", &["pay", "buyer cancel"]),
];

const ACTIONS: [&str; 6] = ["start", "deliver", "accept", "request_revision", "dispute", "cancel"];

/// What is allowed, in words: party, action, the state before, the state after.
const ALLOWED: &str = "
    seller start PAID IN_PROGRESS
    seller deliver IN_PROGRESS DELIVERED
    seller deliver REVISION DELIVERED
    buyer accept DELIVERED COMPLETED
    buyer accept DISPUTED COMPLETED
    buyer request_revision DELIVERED REVISION
    buyer dispute IN_PROGRESS DISPUTED
    buyer dispute DELIVERED DISPUTED
    buyer dispute REVISION DISPUTED
    seller dispute IN_PROGRESS DISPUTED
    seller dispute DELIVERED DISPUTED
    seller dispute REVISION DISPUTED
    buyer cancel PENDING_PAYMENT CANCELLED
    seller cancel PENDING_PAYMENT CANCELLED
    buyer cancel PAID REFUNDED
    seller cancel PAID REFUNDED
    seller cancel IN_PROGRESS REFUNDED
    seller cancel REVISION REFUNDED
    seller cancel DISPUTED REFUNDED
";

impl Market {
    /// A new order that has gone this way.
    async fn gone(&self, way: &[&str]) -> String {
        let (order, checkout) = self.place().await;
        for step in way {
            match step.split_once(' ') {
                None => self.visit(&checkout).await.status,
                Some(("buyer", action)) => self.act(&self.buyer, &order, action).await.status,
                Some((_, action)) => self.act(&self.seller, &order, action).await.status,
            };
        }
        order
    }
}

#[tokio::test]
async fn each_party_does_what_is_its_own_to_do_in_the_states_for_it_and_nothing_else() {
    let market = Market::new().await;
    let allowed: Vec<Vec<&str>> = ALLOWED
        .lines()
        .map(|line| line.split_whitespace().collect())
        .filter(|row: &Vec<&str>| row.len() == 4)
        .collect();
    let mut done = 0;
    for (state, way) in WAYS {
        for action in ACTIONS {
            for (party, who) in [("buyer", &market.buyer), ("seller", &market.seller)] {
                let order = market.gone(way).await;
                assert_eq!(market.order(&order).await["status"], state);
                let answer = market.act(who, &order, action).await;
                let case = format!("{party} {action} {state}: {}", answer.body);
                let row = allowed.iter().find(|row| row[..3] == [party, action, state]);
                if let Some(row) = row {
                    assert_eq!(
                        (answer.status, &answer.body["status"]),
                        (200, &json!(row[3])),
                        "{case}"
                    );
                    done += 1;
                    continue;
                }
                let ever = allowed.iter().any(|row| row[..2] == [party, action]);
                let other = allowed.iter().any(|row| row[1..3] == [action, state]);
                let status = if !ever || other { 403 } else { 409 };
                assert_eq!(answer.status, status, "{case}");
                let message = text(&answer.body, "message");
                assert!(message.contains(party) && message.contains(action), "{case}");
                assert!(!ever || message.contains(state), "{case}");
                assert_eq!(market.order(&order).await["status"], state, "nothing changed: {case}");
            }
        }
    }
    assert_eq!(done, allowed.len());
}

#[tokio::test]
async fn only_an_order_that_waits_for_payment_can_be_paid() {
    let market = Market::new().await;
    for (state, way) in WAYS.iter().skip(1) {
        let order = market.gone(way).await;
        let checkout = format!("{}/checkout/{order}", market.world.url);
        let message = market.visit(&checkout).await.refused(409, "conflict");
        assert!(message.contains(state), "{message}");
    }
}

#[tokio::test]
async fn what_is_delivered_is_kept_and_revisions_are_counted() {
    let market = Market::new().await;
    let order = market.paid().await;
    let path = format!("{ORDERS}/{order}");
    market.act(&market.seller, &order, "start").await.ok(200);
    let deliver = |work: &str| {
        let body = json!({ "action": "deliver", "deliverables": work });
        market.world.patch(&path, &market.seller, body)
    };
    let delivered = deliver("First try").await.ok(200);
    assert_eq!(delivered["deliverables"], "First try");
    assert!(delivered["deliveredAt"].is_string());
    let ask = json!({ "action": "request_revision", "deliverables": "not the buyer's to set" });
    let revision = market.world.patch(&path, &market.buyer, ask).await.ok(200);
    assert_eq!(
        (&revision["deliverables"], &revision["revisionsUsed"]),
        (&json!("First try"), &json!(1))
    );
    deliver("Second try").await.ok(200);
    let message = market.act(&market.buyer, &order, "request_revision").await;
    let message = message.refused(409, "conflict");
    assert!(message.contains("used up"), "{message}");
    let done = market.act(&market.buyer, &order, "accept").await.ok(200);
    assert_eq!(done["deliverables"], "Second try");
    assert!(done["completedAt"].is_string());
}

#[tokio::test]
async fn an_action_that_there_is_not_is_refused_with_those_there_are() {
    let market = Market::new().await;
    let path = format!("{ORDERS}/{}", market.paid().await);
    for (bad, named) in [
        (json!({}), "action"),
        (json!({ "action": "finish" }), "request_revision"),
        (json!({ "action": 1 }), "action"),
        (json!({ "action": Value::Null }), "action"),
        (json!({ "action": "deliver", "deliverables": "é".repeat(5001) }), "5001"),
    ] {
        let answer = market.world.patch(&path, &market.seller, bad).await;
        let message = answer.refused(400, "validation_error");
        assert!(message.contains(named), "{message}");
    }
}
