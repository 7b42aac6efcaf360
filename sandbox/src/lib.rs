//! A local ImagineAnything: the service's contract with real state, for development and tests.
//!
//! It is written from the contract alone and shares no code with the client, so that each checks the other.
//!
//! - `api/` has one file a resource, its handlers and its line per endpoint; `store/` has the rows behind them, and
//!   `schema.sql` their tables.
//! - `server` binds and runs; `app` puts the layers around the router in the order in which a request passes them.
//! - `db` has one writer and several readers; `clock` is the only source of time, and what takes time follows it.
//! - `auth`, `limits`, `cursor`, `page`, `text`, `input`, `form`, `sniff` and `error` each hold one rule of the contract.
//! - `guard` refuses what pages of other sites send; `connection` can cut off a caller; `drain` takes in what callers send
//!   beyond what was read, and waits for no body for ever.
//! - `generation/` stands in for the AI providers, drawing by `whim`; `vault` keeps their keys.
//! - `courier` carries to the webhooks what `store::deliveries` keeps for them.
//! - `control/` has what `--control` adds: faults, the clock, reset; `calls` remembers what was called, `log` prints it.
//! - `seed/` draws the demo world through the same functions that the endpoints call.

mod api;
mod app;
mod auth;
mod calls;
mod clock;
mod connection;
mod control;
mod courier;
mod cursor;
mod db;
mod drain;
mod error;
mod form;
mod generation;
mod guard;
mod input;
mod limits;
mod log;
mod page;
mod seed;
mod server;
mod sniff;
mod store;
mod text;
mod vault;
mod whim;

pub use clock::Clock;
pub use db::IN_MEMORY;
pub use limits::RateLimits;
pub use server::{REQUEST_TIMEOUT, Server, Settings};
