//! Webhooks: their configuration, and deliveries to a receiver in this process.

use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::restart::Scratch;
use crate::world::{Agent, World, text};

const PATH: &str = "/api/agents/me/webhook";

/// Longer than anything here takes; a test that waits so long has failed.
const TOO_LONG: Duration = Duration::from_secs(20);

/// Takes deliveries and answers each with the next of `answers`, then with 200.
struct Receiver {
    url: String,
    received: mpsc::UnboundedReceiver<Received>,
}

struct Received {
    headers: HeaderMap,
    raw: String,
    body: Value,
}

impl Receiver {
    async fn new(answers: &[u16]) -> Self {
        let (hand_over, received) = mpsc::unbounded_channel();
        let (answer, answers_left) = std::sync::mpsc::channel();
        answers.iter().for_each(|status| answer.send(*status).unwrap());
        let answers_left = std::sync::Arc::new(std::sync::Mutex::new(answers_left));
        let take = move |headers: HeaderMap, raw: String| {
            let status = answers_left.lock().unwrap().try_recv().unwrap_or(200);
            let body = serde_json::from_str(&raw).unwrap();
            let _ = hand_over.send(Received { headers, raw, body });
            async move { (StatusCode::from_u16(status).unwrap(), [("location", "/elsewhere")]) }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook?key=1", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, axum::Router::new().fallback(take)).await });
        Self { url, received }
    }

    async fn next(&mut self) -> Received {
        let next = tokio::time::timeout(TOO_LONG, self.received.recv()).await;
        next.expect("a delivery comes in time").expect("the receiver listens")
    }
}

impl Received {
    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

/// A world in which this machine may be called.
async fn open() -> World {
    World::with(|settings| settings.allow_http_webhooks = true).await
}

/// Points `who`'s webhook there and gives the secret.
async fn hook(world: &World, who: &Agent, url: &str) -> String {
    let config = json!({ "webhookUrl": url, "regenerateSecret": true });
    text(&world.patch(PATH, who, config).await.ok(200), "secret")
}

async fn write(world: &World, who: &Agent, handle: &str, message: &str) {
    let body = json!({ "participantHandle": handle, "message": message });
    assert!(world.post("/api/conversations", who, body).await.status < 300);
}

/// The newest line of the log, once this many attempts are written down.
async fn logged(world: &World, who: &Agent, attempts: i64) -> Value {
    let wait = async {
        loop {
            let config = world.get(PATH, who).await.ok(200);
            let newest = &config["recentDeliveries"][0];
            if newest["attempts"] == attempts {
                return newest.clone();
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(TOO_LONG, wait).await.expect("the attempt is written down")
}

#[tokio::test]
async fn the_secret_is_shown_once_and_the_rest_can_be_read() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let none = world.get(PATH, &ann).await.ok(200);
    assert_eq!(
        (&none["webhookUrl"], &none["hasSecret"], &none["recentDeliveries"]),
        (&Value::Null, &json!(false), &json!([]))
    );
    let url = "https://your-server.com/webhook";
    let plain = world.patch(PATH, &ann, json!({ "webhookUrl": url })).await.ok(200);
    assert_eq!((&plain["webhookUrl"], &plain["hasSecret"]), (&json!(url), &json!(false)));
    assert!(plain.get("secret").is_none() && plain.get("test").is_none(), "{plain}");
    let mut secrets = Vec::new();
    for _ in 0..2 {
        let made = world.patch(PATH, &ann, json!({ "regenerateSecret": true })).await.ok(200);
        assert_eq!(made["webhookUrl"], url, "it stays when it is not given");
        secrets.push(text(&made, "secret"));
    }
    assert_ne!(secrets[0], secrets[1]);
    let moved = json!({ "webhookUrl": "https://other.example" });
    assert!(world.patch(PATH, &ann, moved).await.ok(200).get("secret").is_none());
    let config = world.get(PATH, &ann).await.ok(200);
    assert_eq!(config["hasSecret"], true);
    assert!(!config.to_string().contains(&secrets[1]), "{config}");
    for _ in 0..2 {
        world.delete(PATH, &ann).await.ok(204);
    }
    assert_eq!(world.get(PATH, &ann).await.ok(200), none);
}

#[tokio::test]
async fn a_webhook_must_be_https_or_on_this_machine_where_that_is_allowed() {
    let (shut, open) = (World::new().await, open().await);
    for (url, is_shut, is_open) in [
        ("https://example.com/hook", 200, 200),
        ("https://127.0.0.1:1/hook", 200, 200),
        ("http://127.0.0.1:1/hook", 400, 200),
        ("http://localhost:1", 400, 200),
        ("http://[::1]:1/", 400, 200),
        ("http://example.com/hook", 400, 400),
        ("http://localhost.example.com", 400, 400),
        ("http://127.0.0.1@example.com", 400, 400),
        ("ftp://example.com", 400, 400),
        ("example.com", 400, 400),
        ("https://", 400, 400),
        ("", 400, 400),
    ] {
        for (world, expected) in [(&shut, is_shut), (&open, is_open)] {
            let ann = world.agent(&format!("a{}", world.clock.now())).await;
            let answer = world.patch(PATH, &ann, json!({ "webhookUrl": url })).await;
            assert_eq!(answer.status, expected, "{url}: {}", answer.body);
            if expected == 400 {
                assert!(text(&answer.body, "message").contains("webhookUrl"));
            }
            world.pass(1);
        }
    }
}

#[tokio::test]
async fn a_configuration_that_says_too_little_or_nonsense_is_refused() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    for (bad, named) in [
        (json!({}), "webhookUrl"),
        (json!({ "regenerateSecret": true }), "webhookUrl"),
        (json!({ "test": true }), "webhookUrl"),
        (json!({ "webhookUrl": 7 }), "webhookUrl"),
        (json!({ "webhookUrl": "https://example.com", "test": "yes" }), "test"),
        (json!({ "webhookUrl": "https://example.com", "regenerateSecret": 1 }), "regenerateSecret"),
    ] {
        let message = world.patch(PATH, &ann, bad.clone()).await.refused(400, "validation_error");
        assert!(message.contains(named), "{bad}: {message}");
    }
    world.get(PATH, None).await.refused(401, "unauthorized");
    world.patch(PATH, None, json!({})).await.refused(401, "unauthorized");
    world.delete(PATH, None).await.refused(401, "unauthorized");
}

#[tokio::test]
async fn follows_likes_comments_and_messages_are_delivered_and_signed() {
    let world = open().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let mut receiver = Receiver::new(&[]).await;
    let secret = hook(&world, &ann, &receiver.url).await;
    let post = world.say(&ann, "Hello").await;

    world.touch("/api/agents/ann/follow", &ben).await.ok(200);
    let follow = receiver.next().await;
    world.touch(&format!("/api/posts/{post}/like"), &ben).await.ok(200);
    let like = receiver.next().await;
    let comment = world.comment(&ben, &post, "Hello yourself", None).await;
    let commented = receiver.next().await;
    write(&world, &ben, "ann", "Psst").await;
    let message = receiver.next().await;

    let none = Value::Null;
    for (got, event, [about_post, about_comment, about_message]) in [
        (&follow, "follow", [&none, &none, &none]),
        (&like, "like", [&json!("Hello"), &none, &none]),
        (&commented, "comment", [&json!("Hello"), &json!("Hello yourself"), &none]),
        (&message, "message", [&none, &none, &json!("Psst")]),
    ] {
        let body = &got.body;
        assert_eq!(
            (&body["event"], &body["agent"]["handle"], &body["actor"]["handle"]),
            (&json!(event), &json!("ann"), &json!("ben"))
        );
        assert_eq!(&body["post"]["content"], about_post, "{event}");
        assert_eq!(&body["comment"]["content"], about_comment, "{event}");
        assert_eq!(&body["message"]["content"], about_message, "{event}");
        assert_eq!(got.header("content-type"), "application/json");
        assert_eq!(got.header("x-imagineanything-event"), event);
        assert_eq!(got.header("x-imagineanything-delivery"), body["id"]);
        let now = (world.clock.now() / 1000).to_string();
        assert_eq!(got.header("x-imagineanything-timestamp"), now);
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(got.raw.as_bytes());
        let signature = got.header("x-imagineanything-signature").strip_prefix("sha256=").unwrap();
        let bytes: Vec<u8> = (0..signature.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&signature[at..at + 2], 16).unwrap())
            .collect();
        mac.verify_slice(&bytes).expect("the signature is of this body");
    }
    assert_eq!(
        (&commented.body["post"]["id"], &commented.body["comment"]["id"]),
        (&json!(post), &json!(comment))
    );
    let id = text(&message.body["message"], "id");
    assert_eq!(
        world.get(&format!("/api/messages/{id}"), &ann).await.ok(200)["conversationId"],
        message.body["message"]["conversationId"]
    );
    let line = logged(&world, &ann, 1).await;
    assert_eq!(
        (&line["id"], &line["status"], &line["responseStatus"], &line["error"]),
        (&message.body["id"], &json!("DELIVERED"), &json!(200), &Value::Null)
    );
}

#[tokio::test]
async fn what_concerns_nobody_or_was_told_already_is_not_delivered() {
    let world = open().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let mut receiver = Receiver::new(&[]).await;
    world.patch(PATH, &ann, json!({ "webhookUrl": receiver.url })).await.ok(200);
    let post = world.say(&ann, "Mine").await;
    let like = format!("/api/posts/{post}/like");
    world.touch(&like, &ann).await.ok(200);
    world.comment(&ann, &post, "My own", None).await;
    write(&world, &ann, "ben", "Mine, too").await;
    world.say(&ben, "A mention of @ann in a post").await;
    world.touch(&like, &ben).await.ok(200);
    let first = receiver.next().await;
    assert_eq!(first.body["event"], "like");
    assert!(first.headers.get("x-imagineanything-signature").is_none(), "there is no secret");
    world.delete(&like, &ben).await.ok(200);
    world.touch(&like, &ben).await.ok(200);

    let comment = world.comment(&ann, &post, "Well?", None).await;
    world.comment(&ben, &post, "A reply", Some(&comment)).await;
    assert_eq!(receiver.next().await.body["comment"]["parentId"], comment);
    let elsewhere = world.say(&ben, "Elsewhere").await;
    world.comment(&ben, &elsewhere, "Look, @ann", None).await;
    assert_eq!(receiver.next().await.body["comment"]["content"], "Look, @ann");
    world.delete(PATH, &ann).await.ok(204);
    world.comment(&ben, &post, "Unheard", None).await;
    world.patch(PATH, &ann, json!({ "webhookUrl": receiver.url })).await.ok(200);
    world.comment(&ben, &post, "Heard", None).await;
    assert_eq!(receiver.next().await.body["comment"]["content"], "Heard");
}

#[tokio::test]
async fn a_failed_delivery_is_tried_again_later_and_later_and_then_given_up() {
    let world = open().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let mut receiver = Receiver::new(&[500, 404, 301, 503, 400]).await;
    hook(&world, &ann, &receiver.url).await;
    write(&world, &ben, "ann", "Anybody there?").await;
    let first = receiver.next().await;
    let mut line = logged(&world, &ann, 1).await;
    for (attempts, wait, status) in [(2, 10, 500), (3, 30, 404), (4, 90, 301), (5, 270, 503)] {
        assert_eq!((&line["status"], &line["responseStatus"]), (&json!("PENDING"), &json!(status)));
        let moment = |field| text(&line, field).parse::<jiff::Timestamp>().unwrap();
        let next = moment("nextAttemptAt") - moment("lastAttemptAt");
        assert_eq!(next, jiff::SignedDuration::from_secs(wait));
        world.clock.advance(Duration::from_millis(wait as u64 * 1000 - 1));
        write(&world, &ann, "ben", "It rings the bell, and is too early").await;
        assert_eq!(logged(&world, &ann, attempts - 1).await, line);
        world.clock.advance(Duration::from_millis(1));
        let again = receiver.next().await;
        assert_eq!(
            (again.raw.clone(), again.header("x-imagineanything-delivery")),
            (first.raw.clone(), first.header("x-imagineanything-delivery"))
        );
        line = logged(&world, &ann, attempts).await;
    }
    assert_eq!(
        (&line["status"], &line["responseStatus"], &line["nextAttemptAt"]),
        (&json!("FAILED"), &json!(400), &Value::Null)
    );
    assert!(text(&line, "error").contains("400"), "{line}");
    world.pass(2000);
    write(&world, &ben, "ann", "Next").await;
    assert_eq!(
        receiver.next().await.body["message"]["content"],
        "Next",
        "the other one is given up"
    );
}

#[tokio::test]
async fn the_control_of_the_clock_brings_the_next_try_about() {
    let world = World::with(|settings| {
        settings.control = true;
        settings.allow_http_webhooks = true;
    })
    .await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let mut receiver = Receiver::new(&[500]).await;
    hook(&world, &ann, &receiver.url).await;
    write(&world, &ben, "ann", "Anybody there?").await;
    let first = receiver.next().await;
    logged(&world, &ann, 1).await;
    world.post("/_sandbox/clock", None, json!({ "seconds": 10 })).await.ok(200);
    assert_eq!(receiver.next().await.raw, first.raw);
}

#[tokio::test]
async fn a_test_says_how_it_went_and_is_not_repeated() {
    let world = open().await;
    let ann = world.agent("ann").await;
    let mut receiver = Receiver::new(&[204, 500, 302]).await;
    let config = json!({ "webhookUrl": receiver.url, "regenerateSecret": true, "test": true });
    let configured = world.patch(PATH, &ann, config).await.ok(200);
    assert_eq!(
        configured["test"],
        json!({ "delivered": true, "responseStatus": 204, "error": null })
    );
    assert!(configured["secret"].is_string());
    assert_eq!(configured["recentDeliveries"][0]["status"], "DELIVERED");
    let test = receiver.next().await;
    assert_eq!((&test.body["event"], &test.body["agent"]["id"]), (&json!("test"), &json!(ann.id)));
    assert!(test.header("x-imagineanything-signature").starts_with("sha256="));

    for status in [500, 302] {
        let failed = world.patch(PATH, &ann, json!({ "test": true })).await.ok(200);
        assert_eq!(
            (&failed["test"]["delivered"], &failed["test"]["responseStatus"]),
            (&json!(false), &json!(status))
        );
        assert_eq!(failed["recentDeliveries"][0]["status"], "FAILED");
        receiver.next().await;
    }
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let config = json!({ "webhookUrl": gone, "test": true });
    let failed = world.patch(PATH, &ann, config).await.ok(200);
    assert_eq!(
        (&failed["test"]["delivered"], &failed["test"]["responseStatus"]),
        (&json!(false), &Value::Null)
    );
    assert!(text(&failed["test"], "error").contains("could not be reached"));

    world.pass(1000);
    world.patch(PATH, &ann, json!({ "webhookUrl": receiver.url, "test": true })).await.ok(200);
    let next = receiver.next().await;
    assert_eq!(next.body["event"], "test");
    assert!(receiver.received.try_recv().is_err(), "no test came twice, no redirect was followed");
}

#[tokio::test]
async fn a_receiver_that_does_not_answer_holds_up_nobody_else() {
    let world = open().await;
    let (ann, ben, cat) =
        (world.agent("ann").await, world.agent("ben").await, world.agent("cat").await);
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    hook(&world, &ann, &url).await;
    let mut receiver = Receiver::new(&[]).await;
    hook(&world, &ben, &receiver.url).await;
    write(&world, &cat, "ann", "One").await;
    let (held, _) = silent.accept().await.unwrap();
    write(&world, &cat, "ann", "Two").await;
    write(&world, &cat, "ben", "Three").await;
    assert_eq!(receiver.next().await.body["message"]["content"], "Three");
    let config = world.get(PATH, &ann).await.ok(200);
    let attempts: Vec<_> = (0..2).map(|nth| &config["recentDeliveries"][nth]["attempts"]).collect();
    assert_eq!(attempts, [0, 0], "one at a time, and that one is under way");
    drop(held);
}

#[tokio::test]
async fn the_log_shows_the_newest_of_what_it_keeps() {
    let world = open().await;
    let (ann, ben) = (world.agent("ann").await, world.agent("ben").await);
    let mut receiver = Receiver::new(&[]).await;
    hook(&world, &ann, &receiver.url).await;
    let mut ids = Vec::new();
    for n in 0..25 {
        write(&world, &ben, "ann", &n.to_string()).await;
        ids.insert(0, text(&receiver.next().await.body, "id"));
    }
    let config = world.get(PATH, &ann).await.ok(200);
    assert_eq!(crate::world::each(&config, "recentDeliveries", "id"), ids[..20]);
    assert_eq!(world.get(PATH, &ben).await.ok(200)["recentDeliveries"], json!([]));
}

#[tokio::test]
async fn what_was_not_delivered_is_still_due_after_a_restart() {
    let scratch = Scratch::new("outbox");
    let world = async || {
        World::with(|settings| {
            settings.db = scratch.file();
            settings.allow_http_webhooks = true;
        })
        .await
    };
    let mut receiver = Receiver::new(&[500]).await;
    let first = world().await;
    let (ann, ben) = (first.agent("ann").await, first.agent("ben").await);
    hook(&first, &ann, &receiver.url).await;
    write(&first, &ben, "ann", "Important").await;
    let sent = receiver.next().await;
    logged(&first, &ann, 1).await;
    first.stop().await;

    let second = world().await;
    second.pass(11);
    assert_eq!(receiver.next().await.raw, sent.raw);
    assert_eq!(logged(&second, &ann, 2).await["status"], "DELIVERED");
    second.stop().await;
}
