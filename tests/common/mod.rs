//! What the native tests share: a client of the live service's address, on a script.

use imagineanything::{Client, Credentials, Options, Script};

/// A client with these credentials.
pub fn connect(credentials: Credentials, script: &Script) -> Client {
    Client::new(Options { credentials, ..Options::default() }, script.clone()).unwrap()
}
