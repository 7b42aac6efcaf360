//! Ten thousand wrong arguments over all operations: each is told, and none is sent.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{connect, fixture, spec};
use imagineanything::value::Value;
use imagineanything::{Credentials, ErrorKind, Script};
use serde_json::{Map, Value as Json, json};

const COUNT: usize = 10_000;

/// Numbers that look like chance, the same in every run.
struct Chance(u32);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((u64::from(self.0) * limit as u64) >> 32) as usize
    }

    fn one_of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }
}

/// Right arguments of an operation, from its example: the holes of the path, then what goes into
/// query, body or form.
struct Right {
    operation: Json,
    holes: Vec<Json>,
    input: Map<String, Json>,
}

fn right_ones() -> Vec<Right> {
    let contract: Json = serde_json::from_str(include_str!("contract/operations.json")).unwrap();
    let examples: Vec<Json> =
        serde_json::from_str(include_str!("contract/curl-examples.json")).unwrap();
    let right = |example: &Json| {
        let operations = contract["operations"].as_array().unwrap();
        let operation = operations.iter().find(|it| it["id"] == example["op"]).unwrap().clone();
        let filled = example["path"].as_str().unwrap().split('/');
        let path = operation["path"].as_str().unwrap().split('/').zip(filled);
        let holes = path.filter(|(hole, _)| hole.starts_with('{'));
        let holes = holes.map(|(_, filled)| filled.into()).collect();
        let input = match (&example["json"], &example["form"], &example["query"]) {
            (Json::Object(body), _, _) => body.clone(),
            (_, Json::Object(form), _) => form.iter().map(part).collect(),
            (_, _, Json::Object(query)) => query.iter().map(pair).collect(),
            _ => Map::new(),
        };
        Right { operation, holes, input }
    };
    examples.iter().map(right).collect()
}

fn part((name, part): (&String, &Json)) -> (String, Json) {
    let file = || {
        let file = part["file"].as_str().unwrap();
        let (mime, data) = match file.ends_with(".mp4") {
            true => ("video/mp4", "\0\0\0\u{18}ftypisom"),
            false => ("image/jpeg", "\u{ff}\u{d8}\u{ff}"),
        };
        json!({"data": data, "name": file, "type": mime})
    };
    (name.clone(), if part.is_object() { file() } else { part.clone() })
}

/// A value of the query, which are all texts in a URL.
fn pair((name, text): (&String, &Json)) -> (String, Json) {
    let number = text.as_str().and_then(|text| text.parse::<u32>().ok());
    let flag = text.as_str().and_then(|text| text.parse::<bool>().ok());
    let value = number.map(Json::from).or(flag.map(Json::from)).unwrap_or_else(|| text.clone());
    (name.clone(), value)
}

/// Values that a field may not have.
fn wrong_values(field: &Json, in_body: bool) -> Vec<Json> {
    let no_text = vec![json!(7), json!(true), json!({}), json!([]), json!(["x"])];
    if field.get("mime").is_some() {
        let of_type = |mime: &str, data: &str| json!({"data": data, "name": "x", "type": mime});
        let mut wrong = no_text;
        wrong.extend([of_type("text/plain", "x"), of_type("image/jpeg", ""), of_type("", "x")]);
        return wrong;
    }
    let mut wrong = match field["type"].as_str().unwrap_or("string") {
        "integer" => vec![json!("7"), json!(1.5), json!(1e300), json!({}), json!([])],
        "boolean" => vec![json!("true"), json!(0), json!({}), json!([])],
        "string[]" => vec![json!("x"), json!({}), json!([7]), json!(["x", null]), json!([["x"]])],
        "csv" => vec![json!("x"), json!({}), json!([7]), json!(["a,b"]), json!([""])],
        "object" => vec![json!("x"), json!(7), json!([])],
        _ => no_text,
    };
    if field.get("enum").is_some() || field.get("const").is_some() {
        wrong.extend([json!(""), json!("no such word"), json!("all ")]);
    }
    if let Some(max) = field["maxChars"].as_u64() {
        let max = max as usize;
        wrong.extend([json!("x".repeat(max + 1)), json!("😀".repeat(max + 1)), json!(" \n")]);
    }
    if field.get("pattern").is_some() {
        wrong.extend([json!(""), json!("Ä"), json!("http://x")]);
    }
    if let (Some(min), Some(max)) = (field["min"].as_i64(), field["max"].as_i64()) {
        wrong.extend([json!(min - 1), json!(max + 1)]);
    }
    if in_body || field["required"] == true {
        wrong.push(Json::Null);
    }
    wrong
}

/// The fields of query, body or form by their names, and whether they are of a body.
fn fields(operation: &Json) -> (Vec<(String, Json)>, bool) {
    let named = |field: &Json| (field["name"].as_str().unwrap().to_owned(), field.clone());
    let keyed = |(name, field): (&String, &Json)| (name.clone(), field.clone());
    match (&operation["query"], &operation["body"], &operation["form"]) {
        (Json::Array(query), ..) => (query.iter().map(named).collect(), false),
        (_, Json::Object(fields), _) | (_, _, Json::Object(fields)) => {
            (fields.iter().map(keyed).collect(), true)
        }
        _ => (Vec::new(), false),
    }
}

/// The arguments with one thing wrong in them; `None` for an operation that takes none.
fn spoilt(right: &Right, chance: &mut Chance) -> Option<Vec<Json>> {
    let (fields, in_body) = fields(&right.operation);
    let mut args = right.holes.clone();
    if fields.is_empty() || (!args.is_empty() && chance.below(3) == 0) {
        let wrong = [json!(7), json!(null), json!({}), json!(""), json!("."), json!("..")];
        let at = chance.below(args.len().max(1));
        *args.get_mut(at)? = chance.one_of(&wrong);
        args.push(right.input.clone().into());
        return Some(args);
    }
    let mut input = right.input.clone();
    let (name, field) = chance.one_of(&fields);
    match chance.below(5) {
        0 => {
            input.insert(format!("{name}x"), json!(1));
        }
        1 => {
            let wrong = [json!("x"), json!(7), json!(true), json!(null), json!([]), json!([{}])];
            args.push(chance.one_of(&wrong));
            return Some(args);
        }
        2 if field["required"] == true => {
            input.remove(&name);
        }
        _ => {
            input.insert(name, chance.one_of(&wrong_values(&field, in_body)));
        }
    }
    args.push(input.into());
    Some(args)
}

#[test]
fn every_wrong_argument_is_told_and_the_next_right_call_works() {
    let script = Script::default();
    let client = connect(Credentials::Token("iat_1".into()), &script);
    let mut chance = Chance(20_261_124);
    let all = right_ones();
    let mut told = 0;
    let mut sent = 0;
    while told < COUNT {
        let right = &all[chance.below(all.len())];
        let Some(wrong) = spoilt(right, &mut chance) else { continue };
        let row = spec(right.operation["id"].as_str().unwrap());
        let given: Vec<_> = wrong.iter().cloned().map(Value).map(Some).collect();
        let error = match script.run(client.perform(row, &given)) {
            Err(error) => error,
            Ok(_) => panic!("{} was sent with {wrong:?}", row.id),
        };
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}: {wrong:?}");
        assert_eq!(error.operation, row.id);
        assert!(!error.issues.is_empty() && error.message.len() < 2_000, "{error}");
        assert_eq!(script.requests().len(), sent, "{} was sent with {wrong:?}", row.id);
        told += 1;
        if told % 1000 == 0 {
            let mut args: Vec<_> = right.holes.iter().cloned().map(Value).map(Some).collect();
            args.push(Some(Value(right.input.clone().into())));
            script.answer(200, &fixture(row.id));
            script.run(client.perform(row, &args)).unwrap();
            sent += 1;
        }
    }
}
