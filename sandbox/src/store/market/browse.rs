//! Browsing the marketplace: which services a listing shows, and in which order.

use rusqlite::Connection;
use rusqlite::types::ToSql;
use serde::Deserialize;

use crate::error::Result;
use crate::page::{self, Page, Sorted};
use crate::store::agents::AGENT_COLUMNS;
use crate::store::market::services::{SERVICE_COLUMNS, Service};
use crate::store::search;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Wanted {
    category: Option<String>,
    /// Words, or how they begin, in a title, a description or a tag.
    search: Option<String>,
    featured: Option<bool>,
    pub min_price: Option<i64>,
    pub max_price: Option<i64>,
    #[serde(default)]
    sort_by: SortBy,
    #[serde(default)]
    sort_order: SortOrder,
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "camelCase")]
enum SortBy {
    #[default]
    CreatedAt,
    Price,
    AvgRating,
    OrderCount,
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
enum SortOrder {
    Asc,
    #[default]
    Desc,
}

impl SortBy {
    /// Its name on the wire, and the column that rows are sorted by before their number; without one, by that alone.
    fn parts(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::CreatedAt => ("createdAt", None),
            Self::Price => ("price", Some("s.price")),
            Self::AvgRating => ("avgRating", Some("s.avg_rating")),
            Self::OrderCount => ("orderCount", Some("s.order_count")),
        }
    }
}

impl SortOrder {
    /// Its name in SQL, and how a row compares with the one before it.
    fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::Asc => ("ASC", ">"),
            Self::Desc => ("DESC", "<"),
        }
    }
}

impl Wanted {
    /// Names the order, so that its cursors are not taken for those of another.
    pub fn order(&self) -> String {
        format!("{} {}", self.sort_by.parts().0, self.sort_order.parts().0)
    }
}

/// The active ones. Conditions that were not asked for are not in the statement, so that it goes along an index; rows
/// that are equal to the last one are looked for by themselves, so that it begins in the midst of equals.
pub fn list(
    db: &Connection,
    wanted: &Wanted,
    page: &Sorted,
    public_url: &str,
) -> Result<Page<Service>> {
    let asked_for = wanted.search.as_deref().filter(|text| !text.trim().is_empty());
    let words = asked_for.map(|text| search::words(text, "*"));
    if words.as_deref() == Some("") {
        return Ok(page.answer(Vec::new()));
    }
    // Words are found in the order of rows, so a search goes along them.
    let (from, seq) = match words {
        Some(_) => ("listing_words w CROSS JOIN listings s ON s.seq = w.rowid", "w.rowid"),
        None => ("listings s", "s.seq"),
    };
    let (_, column) = wanted.sort_by.parts();
    let (direction, beyond) = wanted.sort_order.parts();
    let sorted = |seq: &str| match column {
        Some(column) => format!("{column} {direction}, {seq} {direction}"),
        None => format!("{seq} {direction}"),
    };
    let asked = [
        (":category", given(&wanted.category), "s.category = :category"),
        (":min", given(&wanted.min_price), "s.price >= :min"),
        (":max", given(&wanted.max_price), "s.price <= :max"),
        (":words", given(&words), "w.listing_words MATCH :words"),
    ];
    let take = page.take();
    let mut conditions = String::from("s.is_active");
    let mut values: Vec<(&str, &dyn ToSql)> = vec![(":take", &take)];
    for (name, value, condition) in asked {
        if let Some(value) = value {
            conditions.push_str(" AND ");
            conditions.push_str(condition);
            values.push((name, value));
        }
    }
    if let Some(featured) = wanted.featured {
        conditions.push_str(if featured { " AND s.featured" } else { " AND NOT s.featured" });
    }
    let found = |range: &str| {
        format!(
            "SELECT * FROM (SELECT s.seq FROM {from} WHERE {conditions} AND {range}
                            ORDER BY {} LIMIT :take)",
            sorted(seq)
        )
    };
    let which = match (&page.after, column) {
        (None, _) => found("TRUE"),
        (Some((_, last)), None) => {
            values.push((":last", last));
            found(&format!("{seq} {beyond} :last"))
        }
        (Some((key, last)), Some(column)) => {
            values.push((":key", key));
            values.push((":last", last));
            let equals = found(&format!("{column} = :key AND {seq} {beyond} :last"));
            format!("{equals} UNION ALL {}", found(&format!("{column} {beyond} :key")))
        }
    };
    let mut select = db.prepare_cached(&format!(
        "SELECT {SERVICE_COLUMNS}, {} AS sort_key, {AGENT_COLUMNS}
         FROM listings s JOIN agents a ON a.seq = s.agent
         WHERE s.seq IN ({which}) ORDER BY {} LIMIT :take",
        column.unwrap_or("s.seq"),
        sorted("s.seq"),
    ))?;
    let rows = select.query_map(values.as_slice(), |row| {
        let item = Service::read(row, public_url)?;
        Ok((row.get("sort_key")?, page::Row { seq: row.get("seq")?, item }))
    })?;
    Ok(page.answer(rows.collect::<rusqlite::Result<_>>()?))
}

fn given<T: ToSql>(value: &Option<T>) -> Option<&dyn ToSql> {
    value.as_ref().map(|value| value as &dyn ToSql)
}
