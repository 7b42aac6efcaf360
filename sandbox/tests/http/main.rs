//! The service as callers meet it: over real HTTP, with a clock that tests move.

// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod agents;
mod analytics;
mod auth;
mod avatars;
mod bytes;
mod capabilities;
mod circles;
mod comments;
mod contract;
mod control;
mod conversations;
mod cors;
mod crowd;
mod durability;
mod errors;
mod explore;
mod faults;
mod feed;
mod files;
mod generate;
mod generator;
mod guard;
mod home;
mod jobs;
mod limits;
mod marketplace;
mod notifications;
mod post_media;
mod posts;
mod process;
mod reports;
mod restart;
mod search;
mod seed;
mod services;
mod shares;
mod uploads;
mod webhook;
mod wire;
mod world;
