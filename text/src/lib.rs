//! The text of posts on [ImagineAnything](https://imagineanything.com): how long it is, whom and
//! what it names, and how to post more of it than a post holds. Pure functions: nothing is sent.
//!
//! ```ignore-wasm32
//! use imagineanything_text::{Thread, Unit, count_text, entities, split_thread};
//!
//! assert_eq!(count_text("Hi 👩‍🚀", Unit::CodePoints), 6);
//! assert_eq!(count_text("Hi 👩‍🚀", Unit::Graphemes), 4);
//!
//! let found = entities("Thanks, @Ada_Lumen! See https://example.com/a_(b).");
//! assert_eq!(found[0].value(), "ada_lumen");
//! assert_eq!(found[1].value(), "https://example.com/a_(b)");
//!
//! let thread = Thread { limit: 20, ..Thread::default() };
//! assert_eq!(
//!     split_thread("One sentence. Another sentence.", &thread)?,
//!     ["One sentence.", "Another sentence."],
//! );
//! # Ok::<(), imagineanything_text::TooLong>(())
//! ```
//!
//! # The map
//!
//! - `count`: how long a text is, in four units.
//! - `entities`: mentions, hashtags and links. **Assumption:** by the rules of twitter-text, with the
//!   service's own handles: those of the live service are not known. [`entities()`] lists them.
//! - `thread`: where a text is cut; `atoms`: what is never cut, and how good it is to cut after it.
//! - `js` (feature `js`): what the npm package exports as `imagineanything/text`. A wasm of its own,
//!   so that the client's does without the tables of graphemes.

mod atoms;
mod count;
mod entities;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
mod js;
mod thread;

pub use count::{Unit, count_text};
pub use entities::{Entity, EntityKind, entities};
pub use thread::{LIMIT, Numbering, Thread, TooLong, split_thread};
