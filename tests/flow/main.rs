//! Long work, composed from rows, on a clock that jumps.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod generation;
mod orders;
mod reply;
mod thread;
mod uploads;
mod watch;

use imagineanything::{Client, Credentials, Host, Options, Script};

fn client(script: &Script) -> Client {
    let credentials = Credentials::Token("iat_1".into());
    Client::new(Options { credentials, ..Options::default() }, script.clone()).unwrap()
}

fn seconds(script: &Script) -> f64 {
    script.now() / 1000.0
}
