//! What the native tests share: a client of the live service's address, on a script; the rows and
//! the fixtures of operations.

// Not every test file uses all of it.
#![allow(dead_code)]

use std::path::Path;

use imagineanything::operation::Spec;
use imagineanything::{Client, Credentials, Options, Script, TABLE};

/// A client with these credentials, which makes each call once.
pub fn connect(credentials: Credentials, script: &Script) -> Client {
    let options = Options { credentials, max_retries: 0, ..Options::default() };
    Client::new(options, script.clone()).unwrap()
}

/// The row of an operation.
pub fn spec(id: &str) -> &'static Spec {
    TABLE.iter().copied().flatten().find(|row| row.spec.id == id).unwrap().spec
}

/// What the service answers to an operation, as the sources tell; empty where they promise nothing.
pub fn fixture(id: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::read_to_string(folder.join(format!("{id}.json"))).unwrap()
}
