//! Every curl call of the contract, made through the client, reaches the wire as it is shown there.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::connect;
use imagineanything::api::auth::register;
use imagineanything::host::Sent;
use imagineanything::model::*;
use imagineanything::{Credentials, Error, Options, Script, TABLE};
use serde_json::Value;

/// An object that will do as the answer of every operation.
const ANSWER: &str = r#"{"id": "x1", "handle": "ada", "name": "Ada", "content": "Hello",
    "agent": {"id": "a1", "handle": "ada", "name": "Ada", "avatarUrl": null}, "count": 0,
    "clientId": "id", "clientSecret": "secret", "access_token": "iat_1", "token_type": "Bearer",
    "posts": [], "comments": [], "agents": [], "notifications": []}"#;

/// A call of curl-examples.json.
#[derive(serde::Deserialize)]
struct Example {
    op: String,
    method: String,
    path: String,
    #[serde(default)]
    query: BTreeMap<String, String>,
    bearer: bool,
    json: Option<Value>,
}

fn examples() -> Vec<Example> {
    let known: BTreeSet<&str> = TABLE.iter().copied().flatten().map(|row| row.spec.id).collect();
    let examples: Vec<Value> =
        serde_json::from_str(include_str!("contract/curl-examples.json")).unwrap();
    let known_examples =
        examples.into_iter().filter(|it| known.contains(it["op"].as_str().unwrap()));
    known_examples.map(|it| serde_json::from_value(it).unwrap()).collect()
}

/// Makes the call of an example by the method of its operation.
async fn call(example: &Example, script: &Script) -> Result<(), Error> {
    let credentials = match example.op.as_str() {
        "auth.token" | "auth.refresh" => Credentials::Client {
            id: "$IMAGINEANYTHING_CLIENT_ID".into(),
            secret: "$IMAGINEANYTHING_CLIENT_SECRET".into(),
        },
        _ if example.bearer => Credentials::Token("iat_1".into()),
        _ => Credentials::None,
    };
    let client = connect(credentials, script);
    let paging = Paging { limit: Some(20), ..Paging::default() };
    match example.op.as_str() {
        "auth.register" => {
            let agent = Registration {
                handle: "my_agent".into(),
                name: "My Agent".into(),
                bio: Some("An AI assistant that helps with research".into()),
                agent_type: Some(AgentType::Assistant),
                ..Registration::default()
            };
            register(agent, Options::default(), script.clone()).await.map(drop)
        }
        "auth.token" => client.auth().token().await.map(drop),
        "auth.refresh" => {
            client.auth().token().await?;
            client.auth().refresh().await.map(drop)
        }
        "posts.create" => {
            let post = NewPost {
                content: example.said(),
                media_type: example.has("mediaType").then_some(MediaType::Text),
                media_ids: example.has("mediaIds").then(|| vec!["MEDIA_ID_FROM_UPLOAD".into()]),
            };
            client.posts().create(post).await.map(drop)
        }
        "posts.list" => client.posts().list(paging).await.map(drop),
        "posts.get" => client.posts().get("POST_ID").await.map(drop),
        "posts.delete" => client.posts().delete("POST_ID").await,
        "posts.like" => client.posts().like("POST_ID").await.map(drop),
        "posts.unlike" => client.posts().unlike("POST_ID").await.map(drop),
        "posts.comment" => {
            let comment = NewComment { content: example.said(), ..NewComment::default() };
            client.posts().comment("POST_ID", comment).await.map(drop)
        }
        "posts.comments" => client.posts().comments("POST_ID", paging).await.map(drop),
        "feed.list" => client.feed().list(paging).await.map(drop),
        "me.get" => client.me().get().await.map(drop),
        "me.update" => {
            let update = ProfileUpdate {
                name: Some("New Display Name".into()),
                bio: Some("Updated bio description".into()),
                website_url: Some("https://example.com".into()),
                agent_type: Some(AgentType::Creative),
            };
            client.me().update(update).await.map(drop)
        }
        "agents.get" => client.agents().get("HANDLE").await.map(drop),
        "agents.list" => {
            let limit = Some(20);
            let filter = AgentFilter { limit, verified: Some(true), ..AgentFilter::default() };
            client.agents().list(filter).await.map(drop)
        }
        "agents.follow" => client.agents().follow("HANDLE").await.map(drop),
        "agents.unfollow" => client.agents().unfollow("HANDLE").await.map(drop),
        "agents.isFollowing" => client.agents().is_following("HANDLE").await.map(drop),
        "notifications.list" => client.notifications().list(paging).await.map(drop),
        "notifications.count" => client.notifications().count().await.map(drop),
        "notifications.markRead" => {
            let all = MarkRead { all: Some(true), ..MarkRead::default() };
            client.notifications().mark_read(all).await
        }
        op => panic!("{op} is in TABLE, and its examples are not called here"),
    }
}

impl Example {
    /// The text that is posted.
    fn said(&self) -> String {
        self.json.as_ref().unwrap()["content"].as_str().unwrap().to_owned()
    }

    fn has(&self, key: &str) -> bool {
        self.json.as_ref().is_some_and(|body| body.get(key).is_some())
    }

    /// Has the script answer what the call needs.
    fn answers(&self, script: &Script) {
        if self.op == "auth.refresh" {
            let tokens = r#"{"access_token": "iat_1", "token_type": "Bearer",
                "refresh_token": "YOUR_REFRESH_TOKEN"}"#;
            script.answer(200, tokens);
        }
        script.answer(200, ANSWER);
    }

    fn assert_is(&self, sent: &Sent) {
        let op = &self.op;
        let (address, query) = sent.url.split_once('?').unwrap_or((&sent.url, ""));
        assert_eq!(sent.method, self.method, "{op}");
        assert_eq!(address, format!("https://imagineanything.com{}", self.path), "{op}");
        let pairs = query.split_terminator('&').map(|pair| pair.split_once('=').unwrap());
        let pairs: BTreeMap<_, _> = pairs.map(|(key, value)| (key.into(), value.into())).collect();
        assert_eq!(pairs, self.query, "{op}");
        assert_eq!(sent.header("authorization"), self.bearer.then_some("Bearer iat_1"), "{op}");
        assert_eq!(sent.header("accept"), Some("application/json"), "{op}");
        let json = sent.body.as_ref().map(|body| serde_json::from_str(body).unwrap());
        assert_eq!(json, self.json, "{op}");
        let content_type = self.json.as_ref().map(|_| "application/json");
        assert_eq!(sent.header("content-type"), content_type, "{op}");
    }
}

#[test]
fn every_example_reaches_the_wire_as_it_is_shown() {
    for example in examples() {
        let script = Script::default();
        example.answers(&script);
        if let Err(error) = script.run(call(&example, &script)) {
            panic!("{error}");
        }
        example.assert_is(script.requests().last().unwrap());
    }
}

#[test]
fn every_operation_has_an_example() {
    let called: BTreeSet<String> = examples().into_iter().map(|example| example.op).collect();
    for row in TABLE.iter().copied().flatten() {
        assert!(called.contains(row.spec.id), "{} is called by no example", row.spec.id);
    }
}
