//! Following an order.

use imagineanything::model::{Open, OrderStatus};
use imagineanything::{Answer, ErrorKind};

use crate::*;

/// A service whose order is of these statuses, each for so many seconds.
fn serve(script: &Script, statuses: &'static [(f64, &'static str)]) {
    script.serve(|_, now| {
        let mut until = 0.0;
        let status = statuses.iter().find(|(seconds, _)| {
            until += seconds * 1000.0;
            now < until
        });
        let body = format!(r#"{{"order": {{"id": "o1", "status": "{}"}}}}"#, status.unwrap().1);
        (50.0, Answer::new(200, &body))
    });
}

#[test]
fn an_order_is_given_at_each_change_until_the_last() {
    let script = Script::default();
    serve(
        &script,
        &[(7200.0, "PAID"), (10.0, "IN_PROGRESS"), (60.0, "DELIVERED"), (1e9, "COMPLETED")],
    );
    let client = client(&script);
    let statuses = script.run(async {
        let mut following = client.marketplace().orders().follow("o1");
        let mut statuses = Vec::new();
        while let Some(order) = following.next().await.unwrap() {
            statuses.push(order.status);
        }
        assert!(following.next().await.unwrap().is_none(), "it is over");
        statuses
    });
    let expected = [OrderStatus::Paid, OrderStatus::Delivered, OrderStatus::Completed];
    assert!(
        statuses.len() <= 4 && expected.map(Open::Known).iter().all(|it| statuses.contains(it))
    );
    assert_eq!(statuses.last(), Some(&Open::Known(OrderStatus::Completed)));
    let asked = script.requests().len();
    assert!((120..200).contains(&asked), "about once a minute in two hours: {asked}");
}

#[test]
fn who_follows_can_go_on_after_an_error() {
    let script = Script::default();
    script.answer(200, r#"{"id": "o1", "status": "PAID"}"#);
    script.answer(404, r#"{"error": "not_found"}"#);
    script.answer(200, r#"{"id": "o1", "status": "REFUNDED"}"#);
    let client = client(&script);
    script.run(async {
        let mut following = client.marketplace().orders().follow("o1");
        following.next().await.unwrap();
        assert_eq!(following.next().await.unwrap_err().kind(), ErrorKind::NotFound);
        assert!(following.next().await.unwrap().is_some());
        assert!(following.next().await.unwrap().is_none());
    });
    assert!(seconds(&script) > 4.0, "it waits between its questions");
}
