//! Long work, composed from rows: what programs would otherwise write by hand around them. Each is
//! a `Work` that gives one value after the other; what it decides by is plain data.

mod orders;
mod pace;

pub use orders::Following;

use crate::error::Error;
use crate::host::Local;
use crate::value::Value;

/// Work under way.
#[cfg_attr(not(all(target_arch = "wasm32", feature = "js")), allow(dead_code))]
pub(crate) trait Work {
    /// What comes next; `None` when the work is done. Dropped, it goes on no further.
    fn step(&mut self) -> Local<'_, Result<Option<Value>, Error>>;
}
