//! One page of a listing: how much to read, from where, and how the answer carries the next cursor.

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use crate::cursor;
use crate::error::{Error, Result};

const DEFAULT_LIMIT: u32 = 20;
const MAX_LIMIT: u32 = 100;

/// `limit` and `cursor` as they stand in a query string.
#[derive(Deserialize)]
pub struct PageQuery {
    limit: Option<String>,
    cursor: Option<String>,
}

/// Which rows to read: `take` of them beyond the row `after`, of the listing `name`.
pub struct Paging {
    name: &'static str,
    limit: usize,
    pub after: Option<i64>,
}

/// An item that knows its row.
pub struct Row<T> {
    pub seq: i64,
    pub item: T,
}

impl PageQuery {
    /// Checks both; `name` is the listing's, under which its array stands in the answer.
    pub fn of(&self, name: &'static str) -> Result<Paging> {
        let limit = match self.limit.as_deref() {
            None => DEFAULT_LIMIT,
            Some(text) => text.parse().ok().filter(|limit| *limit > 0).ok_or_else(|| {
                Error::invalid(format!("`limit` must be a whole number from 1 to {MAX_LIMIT}."))
            })?,
        };
        let after =
            self.cursor.as_deref().map(|cursor| cursor::decode(name, cursor)).transpose()?;
        Ok(Paging { name, limit: limit.min(MAX_LIMIT) as usize, after })
    }
}

impl Paging {
    /// How many rows to ask for: one more than the page holds tells whether another page follows.
    pub fn take(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// The row to read below in a listing that goes from the newest down.
    pub fn below(&self) -> i64 {
        self.after.unwrap_or(i64::MAX)
    }

    /// The row to read above in a listing that goes from the oldest up.
    pub fn above(&self) -> i64 {
        self.after.unwrap_or(0)
    }

    /// The page that these rows make.
    pub fn answer<T>(&self, mut rows: Vec<Row<T>>) -> Page<T> {
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let last = rows.last().filter(|_| has_more);
        Page {
            name: self.name,
            next_cursor: last.map(|last| cursor::encode(self.name, last.seq)),
            has_more,
            items: rows.into_iter().map(|row| row.item).collect(),
        }
    }
}

/// A page on the wire: the items under the listing's name, `nextCursor` (null at the end) and `hasMore`.
pub struct Page<T> {
    name: &'static str,
    items: Vec<T>,
    next_cursor: Option<String>,
    has_more: bool,
}

impl<T: Serialize> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry(self.name, &self.items)?;
        map.serialize_entry("nextCursor", &self.next_cursor)?;
        map.serialize_entry("hasMore", &self.has_more)?;
        map.end()
    }
}
