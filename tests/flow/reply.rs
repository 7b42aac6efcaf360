//! Whether to answer a notification: the cases of `replies.json`, which hold for JavaScript, too.

use imagineanything::flow::reply::{Reply, Rules, State, Verdict, should_reply};
use imagineanything::model::Notification;
use serde_json::{Value, from_value, json};

fn notification(case: &Value) -> Notification {
    let mut notification = case["notification"].clone();
    if let Some(id) = notification["actor"].as_str() {
        notification["actor"] = json!({"id": id, "handle": id, "name": id, "avatarUrl": null});
    }
    from_value(notification).unwrap()
}

#[test]
fn the_table_of_cases() {
    let table: Value = serde_json::from_str(include_str!("../replies.json")).unwrap();
    let cap = |name: &str| table["rules"][name].as_u64().unwrap() as u32;
    let rules = Rules {
        me: table["rules"]["me"].as_str().map(str::to_owned),
        max_per_thread: cap("maxPerThread"),
        max_per_hour: cap("maxPerHour"),
    };
    let mut state = State::default();
    for case in table["cases"].as_array().unwrap() {
        let now = case["now"].as_f64().unwrap();
        let (verdict, next) = should_reply(&notification(case), state, &rules, now);
        assert_eq!(verdict.name(), case["reason"], "{}", case["about"]);
        state = next;
    }
    let replies: Vec<Reply> = from_value(table["replies"].clone()).unwrap();
    assert_eq!(state.replies, replies);
}

#[test]
fn the_last_five_hundred_answers_are_kept() {
    let mut state = State::default();
    for at in 0..501 {
        let case = json!({"notification":
            {"id": "n", "type": "MENTION", "actor": format!("a{at}"), "postId": format!("p{at}")}});
        let now = f64::from(at);
        let (verdict, next) = should_reply(&notification(&case), state, &Rules::default(), now);
        assert_eq!(verdict, Verdict::Reply);
        state = next;
    }
    assert_eq!((state.replies.len(), state.replies[0].place.as_str()), (500, "p1"));
}
