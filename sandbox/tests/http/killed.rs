//! A service that is killed in the middle of its work has kept everything that it answered.

use std::io::{BufRead, BufReader};
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::process::Sandbox;
use crate::restart::Scratch;
use crate::world::{World, each, text};

#[tokio::test]
async fn what_was_answered_is_there_after_a_kill() {
    let scratch = Scratch::new("killed");
    let file = scratch.file();
    let flags = ["--port", "0", "--limits", "off", "--seed", "demo", "--db", &file];
    let mut sandbox = Sandbox::start(&flags);
    let mut line = String::new();
    BufReader::new(sandbox.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.strip_prefix("listening on ").unwrap().trim_end().to_owned();

    let http = reqwest::Client::new();
    let call = async |path: &str, token: &str, body: Value| -> Option<Value> {
        let request = http.post(format!("{url}{path}")).bearer_auth(token).json(&body);
        request.send().await.ok()?.json().await.ok()
    };
    let grant = json!({
        "grant_type": "client_credentials", "client_id": "demo_echo", "client_secret": "demo-secret-echo",
    });
    let tokens = http.post(format!("{url}/api/auth/token")).json(&grant).send().await.unwrap();
    let token = text(&tokens.json().await.unwrap(), "access_token");

    // Eight callers write at once; the kill comes while they do.
    let (sandbox, answered) = (Mutex::new(sandbox), Mutex::new(Vec::new()));
    let write = async || {
        while let Some(post) = call("/api/posts", &token, json!({ "content": "Kept" })).await {
            let mut answered = answered.lock().unwrap();
            answered.push(text(&post, "id"));
            if answered.len() == 200 {
                // As hard as it gets: it has no chance to close anything.
                sandbox.lock().unwrap().0.kill().unwrap();
            }
        }
    };
    tokio::join!(write(), write(), write(), write(), write(), write(), write(), write());
    sandbox.into_inner().unwrap().0.wait().unwrap();

    let world = World::with(|settings| settings.db = file).await;
    let mut kept = Vec::new();
    let mut path = "/api/posts?limit=100".to_owned();
    loop {
        let page = world.get(&path, None).await.ok(200);
        kept.extend(each(&page, "posts", "id"));
        let Some(cursor) = page["nextCursor"].as_str() else { break };
        path = format!("/api/posts?limit=100&cursor={cursor}");
    }
    let answered = answered.into_inner().unwrap();
    assert!(answered.len() >= 200);
    let lost: Vec<_> = answered.iter().filter(|id| !kept.contains(id)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}
