//! The service as callers meet it: over real HTTP, with a clock that tests move.

// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod agents;
mod auth;
mod comments;
mod cors;
mod errors;
mod feed;
mod limits;
mod notifications;
mod posts;
mod process;
mod restart;
mod seed;
mod world;
