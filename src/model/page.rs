//! What every listing takes.

use super::arguments;
use crate::rules::Limit::AtLeast;

arguments! {
    /// Which part of a listing.
    pub struct Paging {} optional {
        /// How many items a page holds. Default: 20.
        limit: u32 => AtLeast(1),
        /// The `nextCursor` of the page before. Default: the first page.
        cursor: String,
    }
}

arguments! {
    /// How much of a list that has no pages.
    pub struct Limited {} optional {
        /// How many items there are at the most. Default: 10.
        limit: u32 => AtLeast(1),
    }
}
