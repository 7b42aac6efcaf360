//! The whole contract: every operation is answered, nothing else is, and nothing that is sent brings the service down.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;

use crate::generator::{Generator, Operation, operations};
use crate::wire::{Raw, Wire};
use crate::world::World;

/// How many requests are made up, over how many connections.
const REQUESTS: usize = 10_000;
const CONNECTIONS: usize = 8;

/// How much is printed of a request that failed.
const SHOWN: usize = 600;

#[tokio::test]
async fn every_operation_is_answered_and_nothing_else_is() {
    let world = World::new().await;
    let ann = world.agent("ann").await;
    let mut unanswered = BTreeSet::new();
    for Operation { method, path, .. } in operations() {
        let place = path.replace(['{', '}'], "");
        let answer = world.send(world.request(method.clone(), &place, Some(&ann))).await;
        let message = answer.body["message"].as_str().unwrap_or_default();
        if answer.status == 405 || message.contains("The page at / lists") {
            unanswered.insert(format!("{method} {path}"));
        }
    }
    assert!(unanswered.is_empty(), "no answer to {unanswered:#?}");

    let request = world.request(Method::GET, "/", None).header("accept", "application/json");
    let state = world.send(request).await.ok(200);
    let pair = |one: &Value| format!("{} {}", one["method"], one["path"]).replace('"', "");
    let routed: BTreeSet<_> = state["endpoints"].as_array().unwrap().iter().map(pair).collect();
    let named: BTreeSet<_> =
        operations().into_iter().map(|one| format!("{} {}", one.method, one.path)).collect();
    assert_eq!(routed.difference(&named).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// Ten thousand requests, most of them wrong in some way: none is answered by a 5xx or by silence, and every refusal is
/// a documented error.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_sent_is_answered_well() {
    let world = World::with(|settings| settings.seed_demo = true).await;
    let expired = world.agent("expired").await.access;
    world.pass(3600);
    let tokens = [world.agent("ann").await.access, world.agent("ben").await.access, expired];
    let workers: Vec<_> = (0..CONNECTIONS)
        .map(|nth| {
            let generator = Generator::new(nth as u64, tokens.clone());
            tokio::spawn(bombard(world.url.clone(), generator))
        })
        .collect();
    let mut good = 0;
    for worker in workers {
        good += worker.await.unwrap();
    }
    assert!(
        good > REQUESTS / 20,
        "only {good} of {REQUESTS} did something: the rest proves little"
    );
    world.get("/api/posts", None).await.ok(200);
}

/// One connection's share; gives how many requests succeeded.
async fn bombard(url: String, mut generator: Generator) -> usize {
    let mut wire = Wire::to(&url).await;
    let mut good = 0;
    for nth in 0..REQUESTS / CONNECTIONS {
        let request = generator.request();
        let shown = || {
            let bytes = &request[..request.len().min(SHOWN)];
            format!("{nth}: {}", String::from_utf8_lossy(bytes))
        };
        // What was refused before it was read leaves a connection that is closed; then the answer is all that matters.
        let _ = wire.send(&request).await;
        let answer = wire.answer().await.unwrap_or_else(|error| panic!("{error}: {}", shown()));
        check(&answer).unwrap_or_else(|fault| panic!("{fault}: {}\n{answer:?}", shown()));
        good += usize::from(answer.status < 300);
        generator.learn(&answer.body);
        if answer.header("connection") == Some("close") {
            wire = Wire::to(&url).await;
        }
    }
    good
}

fn check(answer: &Raw) -> Result<(), &'static str> {
    match answer.status {
        200..400 => Ok(()),
        // What is no HTTP at all never reaches the service: its answer is bare.
        400 | 414 | 431 if answer.body.is_empty() && answer.header("x-request-id").is_none() => {
            Ok(())
        }
        400..500 => {
            let body: Value = serde_json::from_slice(&answer.body).map_err(|_| "no JSON")?;
            let told = |key: &str| body[key].as_str().is_some_and(|text| !text.is_empty());
            let json = answer.header("content-type") == Some("application/json");
            if json && told("error") && told("message") {
                Ok(())
            } else {
                Err("no documented error")
            }
        }
        _ => Err("a failure"),
    }
}
