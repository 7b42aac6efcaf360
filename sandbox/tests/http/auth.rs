//! Registration, both grants, and what becomes of tokens.

use serde_json::json;

use crate::world::{World, text};

#[tokio::test]
async fn registration_answers_as_the_skill_shows() {
    let world = World::new().await;
    let asked = json!({
        "handle": "my_agent", "name": "My Agent", "bio": "An AI assistant that helps with research", "agentType": "ANALYST",
        "websiteUrl": "https://example.com", "avatarUrl": "https://example.com/me.png", "unknown": 1,
    });
    let answer = world.post("/api/auth/register", None, asked).await.ok(201);
    assert_eq!((&answer["handle"], &answer["name"]), (&json!("my_agent"), &json!("My Agent")));
    assert!(text(&answer, "message").contains("only shown once"));
    assert_ne!(text(&answer, "clientId"), text(&answer, "clientSecret"));

    let profile = world.get("/api/agents/my_agent", None).await.ok(200);
    assert_eq!(profile["id"], answer["id"]);
    assert_eq!(profile["agentType"], "ANALYST");
    assert_eq!(profile["avatarUrl"], "https://example.com/me.png");
    assert!(
        !profile.to_string().contains(&text(&answer, "clientSecret")),
        "the secret is shown once"
    );
}

#[tokio::test]
async fn registration_refuses_what_breaks_a_rule_and_names_it() {
    let world = World::new().await;
    let long = "x".repeat(101);
    let cases = [
        (json!({ "name": "No handle" }), "handle"),
        (json!({ "handle": "no_name" }), "name"),
        (json!({ "handle": "blank_name", "name": " " }), "`name`"),
        (json!({ "handle": "long_name", "name": long }), "101"),
        (json!({ "handle": "ab", "name": "x" }), "3-30"),
        (json!({ "handle": "a".repeat(31), "name": "x" }), "3-30"),
        (json!({ "handle": "Upper", "name": "x" }), "lowercase"),
        (json!({ "handle": "1st", "name": "x" }), "start with a letter"),
        (json!({ "handle": "a b c", "name": "x" }), "underscores"),
        (json!({ "handle": 5, "name": "x" }), "`handle`"),
        (json!({ "handle": "typed", "name": "x", "agentType": "ROBOT" }), "ASSISTANT"),
        (
            json!({ "handle": "sited", "name": "x", "websiteUrl": "javascript:alert(1)" }),
            "websiteUrl",
        ),
        (json!({ "handle": "drawn", "name": "x", "avatarUrl": "https://" }), "avatarUrl"),
        (json!({ "handle": "told", "name": "x", "bio": "b".repeat(501) }), "501"),
    ];
    for (asked, named) in cases {
        let message = world
            .post("/api/auth/register", None, asked.clone())
            .await
            .refused(400, "validation_error");
        assert!(message.contains(named), "{asked}: {message}");
    }
    let agents = world.get("/api/agents", None).await.ok(200);
    assert_eq!(agents["agents"], json!([]), "nothing was kept");
}

#[tokio::test]
async fn a_handle_is_given_once() {
    let world = World::new().await;
    world.agent("taken").await;
    for handle in ["taken", "@taken"] {
        let again = world
            .post("/api/auth/register", None, json!({ "handle": handle, "name": "Me too" }))
            .await;
        assert!(again.refused(409, "conflict").contains("taken"));
    }
}

#[tokio::test]
async fn client_credentials_give_tokens_as_the_skill_shows() {
    let world = World::new().await;
    let agent = world.agent("agent").await;
    let grant = json!({ "grant_type": "client_credentials", "client_id": agent.client_id, "client_secret": agent.client_secret });
    let tokens = world.post("/api/auth/token", None, grant).await.ok(200);
    assert!(text(&tokens, "access_token").starts_with("iat_"));
    assert!(text(&tokens, "refresh_token").starts_with("iar_"));
    assert_eq!(
        (&tokens["token_type"], &tokens["expires_in"], &tokens["scope"]),
        (&json!("Bearer"), &json!(3600), &json!("read write"))
    );
}

#[tokio::test]
async fn the_token_endpoint_refuses_in_oauths_words() {
    let world = World::new().await;
    let agent = world.agent("agent").await;
    let cases = [
        (
            json!({ "grant_type": "client_credentials", "client_id": agent.client_id, "client_secret": "wrong" }),
            401,
            "invalid_client",
        ),
        (
            json!({ "grant_type": "client_credentials", "client_id": "nobody", "client_secret": agent.client_secret }),
            401,
            "invalid_client",
        ),
        (
            json!({ "grant_type": "client_credentials", "client_id": agent.client_id }),
            400,
            "invalid_request",
        ),
        (
            json!({ "grant_type": "refresh_token", "refresh_token": "iar_unknown" }),
            400,
            "invalid_grant",
        ),
        (
            json!({ "grant_type": "refresh_token", "refresh_token": agent.access }),
            400,
            "invalid_grant",
        ),
        (json!({ "grant_type": "refresh_token" }), 400, "invalid_request"),
        (json!({ "grant_type": "password" }), 400, "unsupported_grant_type"),
        (json!({}), 400, "invalid_request"),
        (json!([]), 400, "invalid_request"),
    ];
    for (grant, status, code) in cases {
        let answer = world.post("/api/auth/token", None, grant.clone()).await;
        assert_eq!(answer.body["error_description"], answer.body["message"], "{grant}");
        answer.refused(status, code);
    }
}

#[tokio::test]
async fn an_access_token_ends_to_the_second() {
    let world = World::with(|settings| settings.token_ttl_seconds = 90).await;
    let agent = world.agent("agent").await;
    world.pass(89);
    world.get("/api/agents/me", &agent).await.ok(200);
    world.pass(1);
    let answer = world.get("/api/agents/me", &agent).await;
    assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    assert!(answer.refused(401, "invalid_token").contains("expired"));
    let public = world.get("/api/posts", &agent).await;
    public.refused(401, "invalid_token");

    world.pass(2 * 24 * 60 * 60);
    world.agent("another").await;
    let forgotten = world.get("/api/agents/me", &agent).await.refused(401, "invalid_token");
    assert!(forgotten.contains("not known"), "stale tokens are cleared in the end: {forgotten}");
}

#[tokio::test]
async fn a_refresh_token_works_once_and_leaves_the_old_access_token_alone() {
    let world = World::new().await;
    let agent = world.agent("agent").await;
    let refresh = json!({ "grant_type": "refresh_token", "refresh_token": agent.refresh });
    let tokens = world.post("/api/auth/token", None, refresh.clone()).await.ok(200);
    world.get("/api/agents/me", &agent).await.ok(200);
    let mut renewed = agent.clone();
    renewed.access = text(&tokens, "access_token");
    world.get("/api/agents/me", &renewed).await.ok(200);
    world.post("/api/auth/token", None, refresh).await.refused(400, "invalid_grant");

    let next = json!({ "grant_type": "refresh_token", "refresh_token": tokens["refresh_token"] });
    world.pass(30 * 24 * 60 * 60);
    world.post("/api/auth/token", None, next).await.refused(400, "invalid_grant");
}

#[tokio::test]
async fn a_call_without_a_good_token_is_told_what_to_send() {
    let world = World::new().await;
    let answer = world.get("/api/feed", None).await;
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    assert!(answer.refused(401, "unauthorized").contains("POST /api/auth/token"));
    for value in ["Bearer", "Bearer ", "Basic abc", "Bearer iat_unknown", "nonsense"] {
        let request =
            world.request(reqwest::Method::GET, "/api/feed", None).header("authorization", value);
        world.send(request).await.refused(401, "invalid_token");
    }
    let agent = world.agent("agent").await;
    let request =
        world.request(reqwest::Method::GET, "/api/feed", None).bearer_auth(&agent.refresh);
    world.send(request).await.refused(401, "invalid_token");
}
