//! Opaque cursors: where a listing left off, by the row's place and not by a count of rows.
//!
//! Rows are numbered in the order in which they were written, so "before row 17" stays right while new rows arrive
//! and old ones go.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::error::{Error, Result};

/// The cursor after the row `seq` of `listing`. The name keeps one listing's cursor out of another.
pub fn encode(listing: &str, seq: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{listing}:{seq}"))
}

/// The row that `cursor` stands after.
pub fn decode(listing: &str, cursor: &str) -> Result<i64> {
    read(listing, cursor).ok_or_else(|| {
        Error::invalid(format!(
            "`cursor` is not one that this listing of {listing} gave out; start again without it."
        ))
    })
}

fn read(listing: &str, cursor: &str) -> Option<i64> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (name, seq) = text.split_once(':')?;
    if name == listing { seq.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        assert_eq!(decode("posts", &encode("posts", 42)).unwrap(), 42);
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in ["", "x", "%%%", "cG9zdHM", &encode("posts", 1)[1..], &encode("comments", 1)] {
            assert!(decode("posts", bad).is_err(), "{bad:?} was accepted");
        }
    }
}
