//! What was answered is kept, whatever then happens to the process.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::process::Sandbox;
use crate::restart::Scratch;
use crate::world::text;

const KILLS: usize = 20;
const WRITERS: usize = 4;

/// How many answers are waited for before a kill: the writers are then in the middle of it.
const ANSWERS: usize = 25;

/// Starts the command on this database. Dropping it kills it, without a warning.
fn start(db: &str) -> (Sandbox, String) {
    let mut sandbox = Sandbox::start(&["--port", "0", "--limits", "off", "--db", db]);
    let mut line = String::new();
    BufReader::new(sandbox.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.strip_prefix("listening on ").unwrap().trim_end().to_owned();
    (sandbox, url)
}

async fn post(url: &str, token: &str, body: Value) -> reqwest::Result<Value> {
    let request = reqwest::Client::new().post(url).bearer_auth(token).json(&body);
    request.send().await?.json().await
}

/// Publishes and likes until the service is gone, and notes every post whose like was answered.
async fn write(url: String, token: String, answered: Arc<Mutex<Vec<String>>>) {
    while let Ok(made) =
        post(&format!("{url}/api/posts"), &token, json!({ "content": "Kept" })).await
    {
        let id = text(&made, "id");
        let Ok(liked) = post(&format!("{url}/api/posts/{id}/like"), &token, json!({})).await else {
            return;
        };
        assert_eq!(liked["liked"], true);
        answered.lock().unwrap().push(id);
    }
}

/// The ids of all posts that one has liked.
async fn liked(url: &str, token: &str) -> BTreeSet<String> {
    let http = reqwest::Client::new();
    let mut found = BTreeSet::new();
    let mut cursor = String::new();
    loop {
        let page = format!("{url}/api/posts?limit=100{cursor}");
        let answer = http.get(page).bearer_auth(token).send().await.unwrap();
        let page: Value = answer.json().await.unwrap();
        let posts = page["posts"].as_array().unwrap().iter();
        found.extend(posts.filter(|post| post["isLiked"] == true).map(|post| text(post, "id")));
        match page["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost_by_a_kill() {
    let scratch = Scratch::new("killed");
    let (process, url) = start(&scratch.file());
    let register = format!("{url}/api/auth/register");
    let made = post(&register, "", json!({ "handle": "ann", "name": "Ann" })).await.unwrap();
    let grant = json!({ "grant_type": "client_credentials", "client_id": made["clientId"], "client_secret": made["clientSecret"] });
    let tokens = post(&format!("{url}/api/auth/token"), "", grant).await.unwrap();
    let token = text(&tokens, "access_token");
    drop(process);

    let answered = Arc::new(Mutex::new(Vec::new()));
    for kill in 1..=KILLS {
        let (process, url) = start(&scratch.file());
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| tokio::spawn(write(url.clone(), token.clone(), Arc::clone(&answered))))
            .collect();
        while answered.lock().unwrap().len() < kill * ANSWERS {
            assert!(
                !writers.iter().any(|writer| writer.is_finished()),
                "the service ended by itself"
            );
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        drop(process);
        for writer in writers {
            writer.await.unwrap();
        }
    }

    let (process, url) = start(&scratch.file());
    let kept = liked(&url, &token).await;
    drop(process);
    let answered = answered.lock().unwrap();
    let lost: Vec<_> = answered.iter().filter(|id| !kept.contains(*id)).collect();
    assert!(lost.is_empty(), "{} of {} are lost", lost.len(), answered.len());
    let check: String = rusqlite::Connection::open(scratch.file())
        .unwrap()
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(check, "ok");
}
