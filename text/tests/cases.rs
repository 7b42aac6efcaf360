//! Texts with what they hold and threads with their parts. The npm package is held against the
//! same cases, in every runtime.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use imagineanything_text::{
    EntityKind, Numbering, Thread, Unit, count_text, entities, split_thread,
};
use serde_json::{Value, json};

const UNITS: [(&str, Unit); 4] = [
    ("code-points", Unit::CodePoints),
    ("utf-16", Unit::Utf16),
    ("utf-8", Unit::Utf8),
    ("graphemes", Unit::Graphemes),
];

fn cases(of: &str) -> Vec<Value> {
    let cases: Value = serde_json::from_str(include_str!("cases.json")).unwrap();
    cases[of].as_array().unwrap().clone()
}

fn kind(kind: Option<EntityKind>) -> &'static str {
    match kind {
        Some(EntityKind::Mention) => "mention",
        Some(EntityKind::Hashtag) => "hashtag",
        Some(EntityKind::Link) => "link",
        None => "grapheme",
    }
}

fn thread(options: &Value) -> Thread {
    let mut thread = Thread::default();
    if let Some(limit) = options["limit"].as_u64() {
        thread.limit = limit as usize;
    }
    if let Some(name) = options["unit"].as_str() {
        thread.unit = UNITS.iter().find(|unit| unit.0 == name).unwrap().1;
    }
    if options["numbering"] == true {
        thread.numbering = Numbering::OfAll;
    }
    thread
}

#[test]
fn texts_are_counted() {
    for case in cases("texts") {
        let text = case["text"].as_str().unwrap();
        let counts = UNITS.map(|(_, unit)| count_text(text, unit));
        assert_eq!(json!(counts), case["counts"], "{text:?}");
    }
}

#[test]
fn entities_are_found() {
    for case in cases("texts") {
        let found = entities(case["text"].as_str().unwrap()).into_iter().map(|entity| {
            json!({
                "kind": kind(Some(entity.kind)),
                "value": entity.value(),
                "utf16": [entity.utf16.start, entity.utf16.end],
                "utf8": [entity.utf8.start, entity.utf8.end],
            })
        });
        assert_eq!(found.collect::<Value>(), case["entities"], "{}", case["text"]);
    }
}

#[test]
fn threads_are_split() {
    for case in cases("threads") {
        let parts = split_thread(case["text"].as_str().unwrap(), &thread(&case["options"]));
        assert_eq!(json!(parts.unwrap()), case["parts"], "{case}");
    }
}

#[test]
fn what_has_no_room_is_told() {
    for case in cases("tooLong") {
        let text = case["text"].as_str().unwrap();
        let fault = split_thread(text, &thread(&case["options"])).unwrap_err();
        assert_eq!(&text[fault.utf8.clone()], fault.text);
        let told = json!({
            "kind": kind(fault.kind),
            "text": fault.text,
            "utf16": [fault.utf16.start, fault.utf16.end],
            "length": fault.length,
            "room": fault.room,
        });
        assert_eq!(told, case["fault"], "{case}");
    }
    let thread = Thread { limit: 8, unit: Unit::Utf8, ..Thread::default() };
    let fault = split_thread("Hi @ada_lumen", &thread).unwrap_err();
    let told = "the mention \"@ada_lumen\" has 10 bytes; a part has room for 8";
    assert_eq!(fault.to_string(), told);
}
