//! Every row of `TABLE` says of its operation what the contract says.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use imagineanything::TABLE;
use imagineanything::operation::{Auth, Class, Row, Spec, Take};
use imagineanything::rules::{Field, Fields, FileRule, Limit, Needs, Shape};
use serde_json::{Map, Value, json};

/// What the contract tells besides what a row can be held to: prose, and defaults of the service.
const PROSE: [&str; 4] = ["title", "returns", "rules", "default"];

fn rows() -> impl Iterator<Item = &'static Row> {
    TABLE.iter().copied().flatten()
}

/// The operations of the contract, by their ids, without prose.
fn contract() -> BTreeMap<String, Value> {
    let contract: Value = serde_json::from_str(include_str!("contract/operations.json")).unwrap();
    let operations = contract["operations"].as_array().unwrap().iter().cloned();
    operations.map(|it| (it["id"].as_str().unwrap().to_owned(), without_prose(it))).collect()
}

fn without_prose(told: Value) -> Value {
    match told {
        Value::Object(fields) => fields
            .into_iter()
            // A field may be called like a piece of prose; it is an object.
            .filter(|(key, value)| value.is_object() || !PROSE.contains(&key.as_str()))
            .map(|(key, value)| (key, without_prose(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_prose).collect(),
        other => other,
    }
}

/// A row in the words of the contract.
fn in_words(spec: &Spec) -> Value {
    let mut told = json!({
        "id": spec.id,
        "method": spec.method.name(),
        "path": spec.path,
        "auth": match spec.auth {
            Auth::Required => "required",
            Auth::Optional => "optional",
            Auth::None => "none",
        },
        "rateLimit": match spec.class {
            Class::Auth => "auth",
            Class::Read => "read",
            Class::Write => "write",
            Class::Upload => "upload",
        },
    });
    if let Some(key) = spec.pages {
        told["items"] = key.into();
    }
    for take in spec.takes {
        match take {
            Take::Path { name, .. } => match told.get_mut("pathParams") {
                Some(Value::Array(names)) => names.push((*name).into()),
                _ => told["pathParams"] = json!([name]),
            },
            Take::Query(Fields { fields, .. }) => {
                told["query"] = fields.iter().map(in_query).collect();
            }
            Take::Body(Fields { fields, .. }) => {
                told["body"] = fields.iter().map(|it| (it.name.to_owned(), in_body(it))).collect();
            }
            Take::Form(Fields { fields, .. }) => {
                told["form"] = fields.iter().map(|it| (it.name.to_owned(), in_form(it))).collect();
            }
        }
    }
    told
}

fn in_query(field: &Field) -> Value {
    let mut told = typed(&field.shape);
    if let Limit::Between(min, max) = field.limit {
        told.insert("min".into(), min.into());
        told.insert("max".into(), max.into());
    }
    told.insert("name".into(), field.name.into());
    if field.required {
        told.insert("required".into(), true.into());
    }
    told.into()
}

fn in_body(field: &Field) -> Value {
    let mut told = typed(&field.shape);
    told.insert("required".into(), field.required.into());
    if let Shape::OneOf([word]) = field.shape {
        told.remove("enum");
        told.insert("const".into(), (*word).into());
    }
    match field.limit {
        Limit::Chars(max) => {
            told.insert("maxChars".into(), max.into());
        }
        Limit::Between(min, max) => {
            told.insert("min".into(), min.into());
            told.insert("max".into(), max.into());
        }
        Limit::Handle => {
            told.insert("pattern".into(), "^[a-z][a-z0-9_]{2,29}$".into());
        }
        Limit::Https => {
            told.insert("pattern".into(), "^https://".into());
        }
        // That a text says something and a number is not too small is common sense; the rule of
        // media is prose.
        Limit::None | Limit::Filled | Limit::True | Limit::AtLeast(_) | Limit::Media => {}
        Limit::File(_) => panic!("a file in a JSON body"),
    };
    if field.name == "price" {
        told.insert("unit".into(), "cents".into());
    }
    told.into()
}

fn in_form(field: &Field) -> Value {
    match (field.limit, field.shape) {
        (Limit::File(rule), _) => {
            let FileRule { types, max_bytes, max_bytes_of_byte } = rule;
            let mut told = json!({ "required": true, "mime": types, "maxBytes": max_bytes });
            if max_bytes_of_byte != max_bytes {
                told["maxBytesByte"] = (*max_bytes_of_byte).into();
            }
            told
        }
        (_, Shape::OneOf(words)) => json!({ "enum": words }),
        _ => json!({}),
    }
}

fn typed(shape: &Shape) -> Map<String, Value> {
    let mut told = Map::new();
    let name = match shape {
        Shape::Text | Shape::Secret | Shape::Marked(_) => "string",
        Shape::Commas => "csv",
        Shape::Integer => "integer",
        Shape::Flag => "boolean",
        Shape::OneOf(words) => {
            told.insert("enum".into(), json!(words));
            "string"
        }
        Shape::List(Shape::Text) => "string[]",
        Shape::Object => "object",
        other => panic!("the contract has no word for {other:?}"),
    };
    told.insert("type".into(), name.into());
    told
}

#[test]
fn every_row_is_its_operation() {
    let contract = contract();
    for row in rows() {
        let id = row.spec.id;
        let operation = contract.get(id).unwrap_or_else(|| panic!("{id} is not in the contract"));
        assert_eq!(&in_words(row.spec), operation, "{id}");
    }
}

#[test]
fn every_operation_has_its_row() {
    let told: BTreeSet<String> = rows().map(|row| row.spec.id.to_owned()).collect();
    assert_eq!(told, contract().into_keys().collect());
    assert_eq!(told.len(), 101);
}

#[test]
fn every_row_is_there_once() {
    let mut ids = BTreeSet::new();
    let mut wires = BTreeSet::new();
    for Row { spec, .. } in rows() {
        assert!(ids.insert(spec.id), "two rows are {}", spec.id);
        // One address serves both grants.
        if spec.id != "auth.refresh" {
            let wire = (spec.method.name(), spec.path);
            assert!(wires.insert(wire), "two rows are {wire:?}");
        }
    }
}

#[test]
fn an_answer_comes_wrapped_in_one_key_whatever_operation_gives_it() {
    let mut keys = BTreeMap::new();
    for Row { spec, returns, .. } in rows() {
        // A repost is a post that is called otherwise.
        if let (Some(answer), false) = (returns, spec.id == "posts.repost") {
            let facts = (spec.wrapped, spec.items(), spec.reads);
            let (first, id) = keys.entry(answer).or_insert((facts, spec.id));
            assert_eq!(&facts, first, "{} and {id} answer {answer}", spec.id);
        }
    }
}

#[test]
fn a_list_without_pages_is_told_by_the_contract() {
    let contract: Value = serde_json::from_str(include_str!("contract/operations.json")).unwrap();
    for Row { spec, .. } in rows() {
        let mut operations = contract["operations"].as_array().unwrap().iter();
        let operation = operations.find(|it| it["id"] == spec.id).unwrap();
        let returns = operation["returns"].as_str().unwrap();
        let list = returns.split_once("[]").map(|(key, _)| key);
        let is_one = list.is_some_and(|key| key.chars().all(char::is_alphabetic));
        // A search and the trends answer several lists at once; capabilities are no list.
        let several = ["explore.search", "explore.trending", "me.capabilities"];
        if is_one && spec.pages.is_none() && !several.contains(&spec.id) {
            assert_eq!(spec.list, list, "{}", spec.id);
        } else {
            assert_eq!(spec.list, None, "{}", spec.id);
        }
    }
}

#[test]
fn a_rule_between_fields_is_told_by_the_contract() {
    let needs = |id: &str| {
        let spec = rows().find(|row| row.spec.id == id).unwrap().spec;
        spec.takes.iter().find_map(|take| match take {
            Take::Body(fields) => Some(fields.needs),
            _ => None,
        })
    };
    let targets = ["reportedAgentId", "reportedPostId", "reportedCommentId"];
    assert!(matches!(needs("reports.create"), Some(Needs::AnyOf(names)) if names == targets));
    assert_eq!(needs("media.delete"), Some(Needs::OneOf(&["id", "url"])));
    assert_eq!(needs("notifications.markRead"), Some(Needs::OneOf(&["all", "ids"])));
    let needing = rows().filter(|row| {
        row.spec.takes.iter().any(|take| match take {
            Take::Body(fields) | Take::Query(fields) | Take::Form(fields) => {
                fields.needs != Needs::Nothing
            }
            Take::Path { .. } => false,
        })
    });
    assert_eq!(needing.count(), 3, "the contract tells of no other");
}

#[test]
fn a_listing_takes_a_cursor() {
    for Row { spec, .. } in rows().filter(|row| row.spec.pages.is_some()) {
        let takes_cursor = spec.takes.iter().any(|take| match take {
            Take::Query(query) => query.fields.iter().any(|field| field.name == "cursor"),
            _ => false,
        });
        assert!(takes_cursor, "{}", spec.id);
    }
}
