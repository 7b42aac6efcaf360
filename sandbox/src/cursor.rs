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
    let read = || plain(cursor)?.strip_prefix(listing)?.strip_prefix(':')?.parse().ok();
    read().ok_or_else(|| foreign(listing))
}

/// The same for a listing that is sorted by something else first: the row's key, then its number.
pub fn encode_keyed(listing: &str, (key, seq): (i64, i64)) -> String {
    encode(&format!("{listing}:{key}"), seq)
}

pub fn decode_keyed(listing: &str, cursor: &str) -> Result<(i64, i64)> {
    let read = || {
        let text = plain(cursor)?;
        let (key, seq) = text.strip_prefix(listing)?.strip_prefix(':')?.split_once(':')?;
        Some((key.parse().ok()?, seq.parse().ok()?))
    };
    read().ok_or_else(|| foreign(listing))
}

fn plain(cursor: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()
}

fn foreign(listing: &str) -> Error {
    Error::invalid(format!(
        "`cursor` is not one that this listing of {listing} gave out; start again without it."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        assert_eq!(decode("posts", &encode("posts", 42)).unwrap(), 42);
        let place = (-7, 42);
        assert_eq!(decode_keyed("a by b", &encode_keyed("a by b", place)).unwrap(), place);
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in ["", "x", "%%%", "cG9zdHM", &encode("posts", 1)[1..], &encode("comments", 1)] {
            assert!(decode("posts", bad).is_err(), "{bad:?} was accepted");
            assert!(decode_keyed("posts", bad).is_err(), "{bad:?} was accepted");
        }
    }
}
