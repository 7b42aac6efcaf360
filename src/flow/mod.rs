//! Long work, composed from rows: what programs would otherwise write by hand around them. Each
//! gives one value after the other; what it decides by is plain data.

mod generation;
mod orders;
mod pace;
mod plan;
mod position;
pub(crate) mod posts;
pub mod reply;
mod thread;
mod upload;
mod watch;

pub use generation::Running;
pub use orders::Following;
pub use thread::{Receipt, Thread, ThreadAs, ThreadPart};
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use upload::READY_MS;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use watch::Settings;
pub use watch::{Start, Watching};

use crate::error::{Error, ErrorKind};
use crate::host::Local;
use crate::operation::Spec;
use crate::text::concat;
use crate::value::{Kind, Value};

/// Work under way.
#[cfg_attr(not(all(target_arch = "wasm32", feature = "js")), allow(dead_code))]
pub(crate) trait Work {
    /// What comes next; `None` when the work is done. Dropped, it goes on no further.
    fn step(&mut self) -> Local<'_, Result<Option<Value>, Error>>;
}

/// The text under `key` of an answer, without which the work cannot go on.
fn expect(spec: &Spec, answer: Option<Value>, key: &str) -> Result<Value, Error> {
    answer.and_then(|answer| answer.get(key)).filter(|it| it.kind() == Kind::Text).ok_or_else(
        || Error::new(ErrorKind::Decode, spec.id, &concat(&["the answer has no ", key])),
    )
}
