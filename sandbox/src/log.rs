//! Log lines on stderr.

use std::fmt::Display;
use std::io::Write;

/// Writes one line. Unlike `eprintln!` it does not panic when nobody reads stderr any more.
pub fn line(text: impl Display) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
