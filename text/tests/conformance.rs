//! twitter-text's cases, as far as its rules are those of `entities`. The local service keeps to the
//! same cases.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use imagineanything_text::{Entity, EntityKind, entities};
use serde_json::{Value, json};

/// The cases of a kind of entity.
fn cases(kind: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("conformance.json")).unwrap();
    let groups = file["groups"].as_array().unwrap().iter().filter(|group| group["kind"] == kind);
    groups.flat_map(|group| group["cases"].as_array().unwrap().clone()).collect()
}

fn found(text: &str, kind: EntityKind) -> Vec<Entity<'_>> {
    entities(text).into_iter().filter(|entity| entity.kind == kind).collect()
}

/// Tells where what was found differs from the case.
fn difference(case: &Value, kind: EntityKind) -> Option<String> {
    let text = case["text"].as_str().unwrap();
    let found = found(text, kind);
    if let Some(whole) = case["whole"].as_bool() {
        let is_whole = matches!(&found[..], [only] if only.text == text);
        return (is_whole != whole).then(|| format!("{case}: {found:?}"));
    }
    let values: Value = found.iter().map(Entity::value).collect();
    let code_points = |at: usize| text[..at].chars().count();
    let at = |it: &Entity<'_>| json!([code_points(it.utf8.start), code_points(it.utf8.end)]);
    let places: Value = found.iter().map(at).collect();
    let agrees = values == case["found"] && case.get("at").is_none_or(|at| *at == places);
    (!agrees).then(|| format!("{case}: {values} {places}"))
}

fn agrees(name: &str, kind: EntityKind, at_least: usize) {
    let cases = cases(name);
    assert!(cases.len() >= at_least);
    let differences: Vec<_> = cases.iter().filter_map(|case| difference(case, kind)).collect();
    assert!(differences.is_empty(), "{}\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn mentions_are_those_of_twitter_text() {
    agrees("mention", EntityKind::Mention, 40);
}

#[test]
fn hashtags_are_those_of_twitter_text() {
    agrees("hashtag", EntityKind::Hashtag, 150);
}

#[test]
fn links_are_those_of_twitter_text() {
    agrees("link", EntityKind::Link, 180);
}
