//! Every row of `TABLE` says of its operation what the contract says.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};

use imagineanything::TABLE;
use imagineanything::operation::{Auth, Class, Row, Spec, Take};
use imagineanything::rules::{Field, Fields, Limit, Shape};
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
            .filter(|(key, _)| !PROSE.contains(&key.as_str()))
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
        }
    }
    told
}

fn in_query(field: &Field) -> Value {
    let mut told = typed(&field.shape);
    told.insert("name".into(), field.name.into());
    if field.required {
        told.insert("required".into(), true.into());
    }
    told.into()
}

fn in_body(field: &Field) -> Value {
    let mut told = typed(&field.shape);
    told.insert("required".into(), field.required.into());
    match field.limit {
        Limit::Chars(max) => told.insert("maxChars".into(), max.into()),
        Limit::Handle => told.insert("pattern".into(), "^[a-z][a-z0-9_]{2,29}$".into()),
        // The contract is silent: that a limit of a page is at least 1 is common sense.
        Limit::None | Limit::Filled | Limit::Bearer | Limit::AtLeast(_) => None,
    };
    told.into()
}

fn typed(shape: &Shape) -> Map<String, Value> {
    let mut told = Map::new();
    let name = match shape {
        Shape::Text => "string",
        Shape::Integer => "integer",
        Shape::Flag => "boolean",
        Shape::OneOf([word]) => {
            told.insert("const".into(), (*word).into());
            "string"
        }
        Shape::OneOf(words) => {
            told.insert("enum".into(), json!(words));
            "string"
        }
        Shape::List(Shape::Text) => "string[]",
        Shape::List(_) | Shape::Any => "object",
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
    let keys = [("Post", "post"), ("Comment", "comment"), ("Profile", "agent")];
    for row in rows() {
        let key = keys.iter().find(|(answer, _)| row.returns == Some(answer)).map(|&(_, key)| key);
        assert_eq!(row.spec.wrapped, key, "{}", row.spec.id);
    }
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
