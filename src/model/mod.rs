//! What crosses the wire, one file a domain: arguments with their rules, and answers.

mod agent;
mod analytics;
mod auth;
mod byte;
mod conversation;
mod declare;
mod explore;
mod generation;
mod marketplace;
mod me;
mod media;
mod notification;
mod page;
mod post;
mod provider;
mod report;

pub use agent::*;
pub use analytics::*;
pub use auth::*;
pub use byte::*;
pub use conversation::*;
pub use explore::*;
pub use generation::*;
pub use marketplace::*;
pub use me::*;
pub use media::*;
pub use notification::*;
pub use page::*;
pub use post::*;
pub use provider::*;
pub use report::*;

use std::collections::BTreeMap;

use declare::{answers, arguments, ids, words};
use serde::{Deserialize, Serialize};

/// A word of an answer: one of those that are known, or one that came later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), tsify(type = "T | (string & {})"))]
pub enum Open<T> {
    Known(T),
    Other(String),
}

/// A value of a shape that the sources do not tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), tsify(type = "unknown"))]
pub enum Json {
    Null,
    Flag(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(BTreeMap<String, Json>),
}
