//! Walking a listing from Rust.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used)]

use imagineanything::model::{Paging, PostPage};
use imagineanything::{BASE_URL, Client, ErrorKind, Options, Pages, Script};

fn script(cursors: &[&str]) -> (Script, Client) {
    let script = Script::default();
    for cursor in cursors {
        script.answer(200, &format!(r#"{{"posts": [], "nextCursor": {cursor}}}"#));
    }
    (script.clone(), Client::new(Options::default(), script).unwrap())
}

fn urls(script: &Script) -> Vec<String> {
    let requests = script.requests();
    requests.iter().map(|sent| sent.url.replace(BASE_URL, "")).collect()
}

#[test]
fn pages_come_until_there_is_no_cursor() {
    let (script, client) = script(&[r#""a b""#, r#""c""#, "null"]);
    let posts = client.posts();
    script.run(async {
        let mut pages = Pages::of(|cursor| posts.list(Paging { cursor, limit: Some(5) }));
        let mut stands = Vec::new();
        while let Some(PostPage { .. }) = pages.next().await.unwrap() {
            stands.push(pages.cursor().map(str::to_owned));
        }
        assert_eq!(stands, [Some("a b".to_owned()), Some("c".to_owned()), None]);
        assert!(pages.next().await.unwrap().is_none(), "it is over");
    });
    let pages = ["?limit=5", "?limit=5&cursor=a%20b", "?limit=5&cursor=c"];
    assert_eq!(urls(&script), pages.map(|query| format!("/api/posts{query}")));
}

#[test]
fn a_walk_is_resumed_where_it_stood_and_goes_on_after_an_error() {
    let (script, client) = script(&[r#""c2""#]);
    script.answer(404, "{}");
    script.answer(200, r#"{"posts": [], "nextCursor": "c3"}"#);
    let posts = client.posts();
    script.run(async {
        let pages = Pages::of(|cursor| posts.list(Paging { cursor, limit: None }));
        let mut pages = pages.from(Some("c1".into())).at_most(2);
        assert!(pages.next().await.unwrap().is_some());
        assert_eq!(pages.next().await.unwrap_err().kind(), ErrorKind::NotFound);
        assert!(pages.next().await.unwrap().is_some());
        assert_eq!(pages.cursor(), Some("c3"));
        assert!(pages.next().await.unwrap().is_none(), "two are the most");
    });
    let cursors = ["c1", "c2", "c2"];
    assert_eq!(urls(&script), cursors.map(|cursor| format!("/api/posts?cursor={cursor}")));
}

#[test]
fn a_cursor_that_comes_twice_is_an_error() {
    let (script, client) = script(&[r#""c1""#, r#""c1""#]);
    let posts = client.posts();
    script.run(async {
        let mut pages = Pages::of(|cursor| posts.list(Paging { cursor, limit: None }));
        pages.next().await.unwrap();
        assert_eq!(pages.next().await.unwrap_err().kind(), ErrorKind::Decode);
    });
}
