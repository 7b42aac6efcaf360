//! One page of a listing: how much to read, from where, and how the answer carries the next cursor.

use rusqlite::{Connection, Params};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use crate::cursor;
use crate::error::{Error, Result};

const DEFAULT_LIMIT: u32 = 20;
const MAX_LIMIT: u32 = 100;

/// `limit` and `cursor` as they stand in a query string.
#[derive(Deserialize)]
pub struct PageQuery {
    pub limit: Option<String>,
    pub cursor: Option<String>,
}

/// The `limit` of a listing that has only one page.
#[derive(Deserialize)]
pub struct TopQuery {
    limit: Option<String>,
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
        self.of_up_to(name, DEFAULT_LIMIT)
    }

    /// The same for a listing whose pages have another length when the caller does not say.
    pub fn of_up_to(&self, name: &'static str, default: u32) -> Result<Paging> {
        let limit = limit(self.limit.as_deref(), default)?;
        let after =
            self.cursor.as_deref().map(|cursor| cursor::decode(name, cursor)).transpose()?;
        Ok(Paging { name, limit: limit as usize, after })
    }

    /// The same for a listing that is sorted by something else than the order of writing; `order` says by what.
    pub fn sorted(&self, name: &'static str, order: &str) -> Result<Sorted> {
        let listing = format!("{name} by {order}");
        let limit = limit(self.limit.as_deref(), DEFAULT_LIMIT)?;
        let after = self
            .cursor
            .as_deref()
            .map(|cursor| cursor::decode_keyed(&listing, cursor))
            .transpose()?;
        Ok(Sorted { name, listing, limit: limit as usize, after })
    }
}

impl TopQuery {
    /// How many items are wanted; where the contract has one page, it has ten on it.
    pub fn wanted(&self) -> Result<u32> {
        const DEFAULT: u32 = 10;
        limit(self.limit.as_deref(), DEFAULT)
    }
}

fn limit(asked: Option<&str>, default: u32) -> Result<u32> {
    let Some(text) = asked else { return Ok(default) };
    let limit: Option<u32> = text.parse().ok().filter(|limit| *limit > 0);
    limit.map(|limit| limit.min(MAX_LIMIT)).ok_or_else(|| {
        Error::invalid(format!("`limit` must be a whole number from 1 to {MAX_LIMIT}."))
    })
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

    /// The page that a query makes: `seq` is each row's place in the listing, `read` makes an item of it.
    pub fn query<T>(
        &self,
        db: &Connection,
        sql: &str,
        params: impl Params,
        read: impl Fn(&rusqlite::Row) -> rusqlite::Result<T>,
    ) -> Result<Page<T>> {
        let mut select = db.prepare_cached(sql)?;
        let rows = select
            .query_map(params, |row| Ok(Row { seq: row.get("seq")?, item: read(row)? }))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(self.answer(rows))
    }

    /// The same for a query whose rows are such a place and the row that stands there.
    pub fn places(&self, db: &Connection, sql: &str, params: impl Params) -> Result<Page<i64>> {
        let mut select = db.prepare_cached(sql)?;
        let rows = select
            .query_map(params, |row| Ok(Row { seq: row.get(0)?, item: row.get(1)? }))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(self.answer(rows))
    }

    /// The page that these rows make.
    pub fn answer<T>(&self, rows: Vec<Row<T>>) -> Page<T> {
        let after = |row: &Row<T>| cursor::encode(self.name, row.seq);
        cut(self.name, self.limit, rows, after, |row| row.item)
    }
}

/// Which rows to read of a sorted listing: those beyond the row with this key and number.
pub struct Sorted {
    name: &'static str,
    /// Name and order: a cursor is good for the order that it was given out for.
    listing: String,
    limit: usize,
    pub after: Option<(i64, i64)>,
}

impl Sorted {
    /// How many rows to ask for, as in `Paging`.
    pub fn take(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// The page that these rows, each with its key, make.
    pub fn answer<T>(&self, rows: Vec<(i64, Row<T>)>) -> Page<T> {
        let after =
            |(key, row): &(i64, Row<T>)| cursor::encode_keyed(&self.listing, (*key, row.seq));
        cut(self.name, self.limit, rows, after, |(_, row)| row.item)
    }
}

fn cut<R, T>(
    name: &'static str,
    limit: usize,
    mut rows: Vec<R>,
    after: impl Fn(&R) -> String,
    item: impl Fn(R) -> T,
) -> Page<T> {
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    Page {
        name,
        next_cursor: rows.last().filter(|_| has_more).map(after),
        has_more,
        items: rows.into_iter().map(item).collect(),
    }
}

/// A page on the wire: the items under the listing's name, `nextCursor` (null at the end) and `hasMore`.
pub struct Page<T> {
    name: &'static str,
    items: Vec<T>,
    next_cursor: Option<String>,
    has_more: bool,
}

impl<T> Page<T> {
    pub fn has_more(&self) -> bool {
        self.has_more
    }

    /// The items, and the cursor of the next page if there is one.
    pub fn into_parts(self) -> (Vec<T>, Option<String>) {
        (self.items, self.next_cursor)
    }

    /// The same page of what `read` makes of its items.
    pub fn try_map<U>(self, read: impl FnMut(T) -> Result<U>) -> Result<Page<U>> {
        let items = self.items.into_iter().map(read).collect::<Result<_>>()?;
        let Self { name, next_cursor, has_more, .. } = self;
        Ok(Page { name, items, next_cursor, has_more })
    }
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
