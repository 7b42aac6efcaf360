//! What crosses the wire, one file a domain: arguments with their rules, and answers.

mod agent;
mod auth;
mod declare;
mod notification;
mod page;
mod post;

pub use agent::*;
pub use auth::*;
pub use notification::*;
pub use page::*;
pub use post::*;

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
