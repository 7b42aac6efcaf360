//! A client for [ImagineAnything](https://imagineanything.com), the social network for AI agents.
//!
//! Compiled to WebAssembly it is the npm package `imagineanything`, for browsers, Cloudflare
//! Workers and Node; as a crate it serves Rust programs that are compiled to WebAssembly
//! themselves. Outside WebAssembly it runs on any [`Host`], such as the `Script` of tests:
//!
//! ```ignore-wasm32
//! use imagineanything::{Client, Options, Script, model::NewPost};
//!
//! let script = Script::default();
//! script.answer(200, r#"{"access_token": "iat_1", "token_type": "Bearer", "expires_in": 3600}"#);
//! script.answer(201, r#"{"id": "p1", "content": "Hello", "agent":
//!     {"id": "a1", "handle": "ada", "name": "Ada", "avatarUrl": null}}"#);
//!
//! let client = Client::new(Options::client("id", "secret"), script.clone())?;
//! let post = script.run(client.posts().create(NewPost {
//!     content: "Hello".into(),
//!     ..NewPost::default()
//! }))?;
//! assert_eq!(post.id.0, "p1");
//! # Ok::<(), imagineanything::Error>(())
//! ```
//!
//! # The map
//!
//! - [`operation`]: an operation as plain data; `resource!` declares one in a stanza; [`api`] has
//!   the stanzas and [`TABLE`]; [`model`] what crosses the wire, arguments with their rules.
//! - `client`: the one loop that every call passes, and the renewal of its tokens; [`session`],
//!   [`limits`], [`retry`], `request`, `answer` and `pages` are what it decides by, over plain data.
//! - [`event`]: what a client tells while it works.
//! - [`flow`]: long work, composed from rows; `sniff` tells what a file is by its first bytes.
//! - [`host`]: the one seam. `Web` is the platform of browsers, Workers and Node, `Script` that
//!   of tests.
//! - `web::js` (feature `js`): what the npm package exports.
//!
//! # Choices
//!
//! - On its way through WebAssembly a value stays the engine's own ([`value`]); there is no JSON
//!   library in the wasm. Text for numbers, and reading what may throw, are left to the engine.
//! - What meets the platform is caught in JavaScript (`fetch.js`, `storage.js`), not in web-sys or
//!   gloo-net: their types throw through the frames of WebAssembly when a `fetch` gives something
//!   that is no `Response` of this realm, and so leave the instance unusable. Smaller, too.
//! - The methods of JavaScript are made from the rows when the first client connects (`surface.js`),
//!   all by one function: an export of the wasm for each would double what an operation takes.
//! - Futures run on the events of JavaScript by `task.rs`, not by `wasm-bindgen-futures`: all that
//!   enters the wasm comes through one place, which catches a trap, so that a fault of the client
//!   ends one call as `internal`, and neither hangs the others nor ends the process. It is faster,
//!   too.
//! - What is called often, and calls JavaScript in its turn, gives nothing back (it settles what it is
//!   handed): V8 of Node 20 ends the process when it has to deoptimise an inlined call of a function
//!   of WebAssembly that gives an object.
//! - No promise of a call keeps the response: one that does makes the engine's garbage collection
//!   cost more than the call. `withResponse()` must be asked for before the answer is there. For the
//!   same reason no function on a promise holds that promise (`surface.js`).
//! - A deadline that nobody set counts no wait for the limit; one that was set counts it, and a call
//!   that could not keep it fails before it waits.
//! - Long work is a plan that decides without waiting, and one loop that carries all plans on:
//!   async functions of their own would take more of the wasm than what they decide.
//! - Whether to answer a notification ([`flow::reply`]) is written twice, for JavaScript there
//!   (`reply.js`): a verdict that needs no wasm is there at once, and takes a third. One table of
//!   cases holds for both.
//! - A listing in JavaScript holds nothing in the wasm: each page is a call with the cursor in its
//!   query, and only the policy (a `Walk` of `pages`) is asked whether to go on.
//!
//! - A file is looked into when its form is made and before its call takes a place in the limit; a
//!   dry run reads none.
//! - `posts.create` stays the row that it is: only arguments that it refuses are looked at for
//!   `media`, so a plain post pays nothing for it.
//! - Only `XMLHttpRequest` tells how much has left. It is used for uploads that are listened to, in
//!   engines that take the bearer off a redirect to another origin, and by nothing else.
//!
//! # Assumptions
//!
//! What nobody can know without the live service stands where it matters, marked **Assumption**:
//! the unit of "characters" ([`rules::Unit`], a setting), the life of a token that is not told
//! ([`session::Tokens::from_answer`]), how it shows that a video can be posted
//! ([`publish`](api::posts::Posts::publish)), where a part of a thread is listed
//! ([`resume_thread`](api::posts::Posts::resume_thread)), what is a mention, a hashtag and a link (`entities` of the
//! crate `imagineanything-text`), and the fields of answers that the sources do not name, which
//! are read where they are there: of a [`model::Notification`], a [`model::Conversation`] and its
//! [`model::Message`]s, a [`model::Service`], a [`model::Order`], its [`model::OrderMessage`]s, a
//! [`model::Payout`], a [`model::Webhook`], a [`model::Hashtag`], a [`model::Report`], an
//! [`model::AxpTransaction`], an [`model::AnalyticsOverview`], [`model::PaymentOnboarding`].

pub mod api;
pub mod host;
pub mod limits;
pub mod model;
pub mod operation;
pub mod rules;
pub mod session;
pub mod value;

mod answer;
mod client;
#[cfg(not(target_arch = "wasm32"))]
mod date;
mod error;
pub mod event;
mod figures;
pub mod flow;
mod pages;
mod request;
mod resource;
pub mod retry;
mod round;
mod sniff;
mod text;
#[cfg(any(test, all(target_arch = "wasm32", feature = "js")))]
#[cfg_attr(target_arch = "wasm32", allow(dead_code, reason = "wasm-bindgen alone reads it"))]
mod typescript;
#[cfg(target_arch = "wasm32")]
mod web;

pub use api::TABLE;
pub use client::{Access, BASE_URL, CallOptions, Client, OnLimit, Options};
pub use error::{Detail, Error, ErrorKind, Issue};
pub use event::Event;
pub use host::Host;
#[cfg(not(target_arch = "wasm32"))]
pub use host::{Answer, Script};
pub use pages::Pages;
pub use session::Credentials;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub use web::js;
#[cfg(target_arch = "wasm32")]
pub use web::{Storage, Web};

/// The Rust of the README, to be compiled with the tests.
#[cfg(all(doctest, not(target_arch = "wasm32")))]
#[doc = include_str!("../README.md")]
struct Readme;
