//! The controls: the clock, emptying and filling, rotation, and what was called.

use sandbox::{Clock, Server, Settings};
use serde_json::{Value, json};

use crate::generate::{maker, newest, order, start};
use crate::world::{Agent, Answer, World, each, text};

async fn world() -> World {
    World::with(|settings| settings.control = true).await
}

async fn refresh(world: &World, token: &str) -> Answer {
    let grant = json!({ "grant_type": "refresh_token", "refresh_token": token });
    world.post("/api/auth/token", None, grant).await
}

fn with(agent: &Agent, tokens: &Value) -> Agent {
    Agent { access: text(tokens, "access_token"), ..agent.clone() }
}

#[tokio::test]
async fn without_the_flag_there_are_no_controls() {
    let world = World::new().await;
    for path in ["clock", "faults", "settings", "requests"] {
        world.get(&format!("/_sandbox/{path}"), None).await.refused(404, "not_found");
    }
    for path in ["reset", "seed", "clock", "faults"] {
        world.post(&format!("/_sandbox/{path}"), None, json!({})).await.refused(404, "not_found");
    }
}

#[tokio::test]
async fn controls_are_refused_where_others_could_reach_them() {
    let settings =
        Settings { control: true, address: ([0, 0, 0, 0], 0).into(), ..Settings::default() };
    let refused = Server::bind(settings, Clock::manual()).await.map(|_| ()).unwrap_err();
    assert!(refused.contains("this machine only"), "{refused}");
}

#[tokio::test]
async fn the_clock_is_read_and_advanced_and_tokens_and_windows_go_with_it() {
    let world = World::with(|settings| {
        settings.control = true;
        settings.limits = "write=1".parse().unwrap();
    })
    .await;
    let ann = world.agent("ann").await;
    let say = || world.post("/api/posts", &ann, json!({ "content": "x" }));
    say().await.ok(201);
    say().await.refused(429, "rate_limit_exceeded");
    let before = world.get("/_sandbox/clock", None).await.ok(200);
    assert_eq!(before["aheadSeconds"], 0.0);

    let after = world.post("/_sandbox/clock", None, json!({ "seconds": 60 })).await.ok(200);
    assert_eq!(after["aheadSeconds"], 60.0);
    assert_ne!(after["now"], before["now"]);
    assert_eq!(world.get("/_sandbox/clock", None).await.ok(200), after);
    say().await.ok(201);

    world.post("/_sandbox/clock", None, json!({ "seconds": 3539.5 })).await.ok(200);
    world.get("/api/agents/me", &ann).await.ok(200);
    world.post("/_sandbox/clock", None, json!({ "seconds": 0.5 })).await.ok(200);
    world.get("/api/agents/me", &ann).await.refused(401, "invalid_token");

    for seconds in [json!(-1), json!(1e300), json!("60"), json!(null), json!(253_402_300_800_u64)] {
        let message = world
            .post("/_sandbox/clock", None, json!({ "seconds": seconds }))
            .await
            .refused(400, "validation_error");
        assert!(message.contains("seconds"), "{message}");
    }
}

#[tokio::test]
async fn videos_and_generations_go_with_the_clock_too() {
    let world = World::with(|settings| {
        settings.control = true;
        settings.video_processing_seconds = 600;
        settings.generation_seconds = 60;
    })
    .await;
    let ann = maker(&world, "ann").await;
    start(&world, &ann, order("A lighthouse")).await;
    world.video(&ann, "post").await;
    let found = async || {
        let media = world.get("/api/upload?purpose=post", &ann).await.ok(200);
        (newest(&world, &ann).await["status"].clone(), media["media"][0]["status"].clone())
    };
    assert_eq!(found().await, (json!("pending"), json!("processing")));
    for (seconds, job, video) in [(60, "completed", "processing"), (540, "completed", "ready")] {
        world.post("/_sandbox/clock", None, json!({ "seconds": seconds })).await.ok(200);
        assert_eq!(found().await, (json!(job), json!(video)));
    }
}

#[tokio::test]
async fn a_reset_is_a_new_start() {
    let world = World::with(|settings| {
        settings.control = true;
        settings.seed_demo = true;
        settings.limits = "write=1".parse().unwrap();
    })
    .await;
    let first = world.get("/_sandbox/clock", None).await.ok(200);
    let ann = world.agent("ann").await;
    world.say(&ann, "#hello @echo").await;
    world.post("/_sandbox/clock", None, json!({ "seconds": 60 })).await.ok(200);
    world
        .post("/_sandbox/faults", None, json!({ "kind": "notJson", "class": "upload" }))
        .await
        .ok(201);
    world.patch("/_sandbox/settings", None, json!({ "rotateRefreshTokens": false })).await.ok(200);

    world.touch("/_sandbox/reset", None).await.ok(204);
    assert_eq!(world.get("/api/posts", None).await.ok(200)["posts"], json!([]));
    assert_eq!(world.get("/api/agents", None).await.ok(200)["agents"], json!([]));
    world.get("/media/avatars/echo.svg", None).await.refused(404, "not_found");
    world.get("/api/agents/me", &ann).await.refused(401, "invalid_token");
    assert_eq!(world.get("/_sandbox/clock", None).await.ok(200), first);
    assert_eq!(world.get("/_sandbox/faults", None).await.ok(200)["faults"], json!([]));
    assert_eq!(world.get("/_sandbox/settings", None).await.ok(200)["rotateRefreshTokens"], true);
    assert_eq!(
        world.get("/_sandbox/requests", None).await.ok(200)["requests"].as_array().unwrap().len(),
        3
    );
    // The handle is free again, and the window of the agent that now has ann's place is open.
    let ann = world.agent("ann").await;
    world.say(&ann, "Anew").await;
}

#[tokio::test]
async fn an_empty_service_is_seeded_and_an_inhabited_one_is_not() {
    let world = world().await;
    for _ in 0..2 {
        assert_eq!(world.touch("/_sandbox/seed", None).await.ok(200), json!({ "seeded": "demo" }));
        world.sign_in("echo", "demo_echo".into(), "demo-secret-echo".into()).await;
        let again = world.touch("/_sandbox/seed", None).await.refused(409, "conflict");
        assert!(again.contains("reset"), "{again}");
        world.touch("/_sandbox/reset", None).await.ok(204);
    }
}

#[tokio::test]
async fn a_replayed_refresh_token_revokes_its_family_and_no_other() {
    let world = World::new().await;
    let first = world.agent("ann").await;
    let other = world.sign_in("ann", first.client_id.clone(), first.client_secret.clone()).await;
    let second = refresh(&world, &first.refresh).await.ok(200);
    let third = refresh(&world, &text(&second, "refresh_token")).await.ok(200);
    world.get("/api/agents/me", &with(&first, &third)).await.ok(200);

    let message = refresh(&world, &first.refresh).await.refused(400, "invalid_grant");
    assert!(message.contains("used before"), "{message}");
    for member in [first.clone(), with(&first, &second), with(&first, &third)] {
        world.get("/api/agents/me", &member).await.refused(401, "invalid_token");
    }
    refresh(&world, &text(&third, "refresh_token")).await.refused(400, "invalid_grant");
    let message = refresh(&world, &first.refresh).await.refused(400, "invalid_grant");
    assert!(message.contains("not known"), "{message}");

    world.get("/api/agents/me", &other).await.ok(200);
    refresh(&world, &other.refresh).await.ok(200);
}

#[tokio::test]
async fn without_rotation_a_refresh_token_works_until_it_expires() {
    let world = World::with(|settings| {
        settings.control = true;
        settings.rotate_refresh_tokens = false;
    })
    .await;
    assert_eq!(
        world.get("/_sandbox/settings", None).await.ok(200),
        json!({ "rotateRefreshTokens": false })
    );
    let ann = world.agent("ann").await;
    for _ in 0..3 {
        let tokens = refresh(&world, &ann.refresh).await.ok(200);
        assert!(tokens.get("refresh_token").is_none(), "{tokens}");
        world.get("/api/agents/me", &with(&ann, &tokens)).await.ok(200);
    }
    world.patch("/_sandbox/settings", None, json!({ "rotateRefreshTokens": true })).await.ok(200);
    assert!(refresh(&world, &ann.refresh).await.ok(200)["refresh_token"].is_string());
    refresh(&world, &ann.refresh).await.refused(400, "invalid_grant");
    world
        .patch("/_sandbox/settings", None, json!({ "rotate": true }))
        .await
        .refused(400, "validation_error");

    let ben = world.agent("ben").await;
    world.pass(30 * 24 * 60 * 60);
    refresh(&world, &ben.refresh).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn calls_are_remembered_newest_first_without_secrets() {
    let world = world().await;
    let ann = world.agent("ann").await;
    world.say(&ann, "A private thought").await;
    let answer = world.get("/api/posts?limit=1&access_token=iat_leak", &ann).await;
    world.get("/api/posts/unknown", None).await;
    world.get("/", None).await;

    let log = world.get("/_sandbox/requests", None).await.ok(200);
    let seen = ["method", "path"].map(|key| each(&log, "requests", key));
    assert_eq!(seen[0], ["GET", "GET", "POST", "GET", "POST", "POST"]);
    assert_eq!(
        seen[1],
        [
            "/api/posts/unknown",
            "/api/posts",
            "/api/posts",
            "/api/agents/ann",
            "/api/auth/token",
            "/api/auth/register"
        ]
    );
    let read = &log["requests"][1];
    assert_eq!(read["requestId"].as_str(), Some(answer.header("x-request-id")));
    assert_eq!(
        (&read["query"], &read["status"], &read["agent"]),
        (&json!("limit=1&access_token=***"), &json!(200), &json!("ann"))
    );
    assert!(read["ms"].is_u64() && read["at"].is_string());
    assert_eq!(
        (&log["requests"][0]["status"], &log["requests"][0]["agent"]),
        (&json!(404), &json!(null))
    );
    for secret in [&ann.client_secret, &ann.access, &ann.refresh, "iat_", "private"] {
        assert!(!log.to_string().contains(secret), "{secret}");
    }

    let first = world.get("/_sandbox/requests?limit=4", None).await.ok(200);
    let rest = format!("/_sandbox/requests?cursor={}", text(&first, "nextCursor"));
    let rest = world.get(&rest, None).await.ok(200);
    assert_eq!(each(&rest, "requests", "path"), ["/api/auth/token", "/api/auth/register"]);
    world.delete("/_sandbox/requests", None).await.ok(204);
    assert_eq!(world.get("/_sandbox/requests", None).await.ok(200)["requests"], json!([]));
}

#[tokio::test]
async fn only_the_last_thousand_calls_are_remembered() {
    let world = world().await;
    for n in 0..1005 {
        world.get(&format!("/api/nothing?n={n}"), None).await;
    }
    let mut cursor = String::new();
    let mut seen = Vec::new();
    loop {
        let page = world.get(&format!("/_sandbox/requests?limit=100{cursor}"), None).await.ok(200);
        seen.extend(each(&page, "requests", "query"));
        match page["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!((seen.len(), seen.last().unwrap().as_str()), (1000, "n=5"));
}
