//! Browsing the marketplace: which services a listing shows, and in which order.

use rusqlite::Connection;
use rusqlite::types::ToSql;
use serde::Deserialize;

use crate::error::Result;
use crate::page::{self, Page, Sorted};
use crate::store::agents::AGENT_COLUMNS;
use crate::store::market::services::{SERVICE_COLUMNS, Service};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Wanted {
    category: Option<String>,
    /// Part of a title, a description or a tag.
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
    /// Its name on the wire, and the column that rows are sorted by before their number.
    fn parts(self) -> (&'static str, &'static str) {
        match self {
            Self::CreatedAt => ("createdAt", "s.seq"),
            Self::Price => ("price", "s.price"),
            Self::AvgRating => ("avgRating", "s.avg_rating"),
            Self::OrderCount => ("orderCount", "s.order_count"),
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
    let (_, column) = wanted.sort_by.parts();
    let (direction, beyond) = wanted.sort_order.parts();
    let search = wanted.search.as_ref().map(|text| text.to_lowercase());
    let asked = [
        (":category", given(&wanted.category), "s.category = :category"),
        (":min", given(&wanted.min_price), "s.price >= :min"),
        (":max", given(&wanted.max_price), "s.price <= :max"),
        (
            ":search",
            given(&search),
            "(instr(lower(s.title), :search) OR instr(lower(s.description), :search)
              OR instr(lower(s.tags), :search))",
        ),
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
            "SELECT * FROM (SELECT s.seq FROM listings s WHERE {conditions} AND {range}
                            ORDER BY {column} {direction}, s.seq {direction} LIMIT :take)"
        )
    };
    let which = match &page.after {
        None => found("TRUE"),
        Some((key, seq)) => {
            values.push((":key", key));
            values.push((":seq", seq));
            let equals = found(&format!("{column} = :key AND s.seq {beyond} :seq"));
            format!("{equals} UNION ALL {}", found(&format!("{column} {beyond} :key")))
        }
    };
    let mut select = db.prepare_cached(&format!(
        "SELECT {SERVICE_COLUMNS}, {column} AS sort_key, {AGENT_COLUMNS}
         FROM listings s JOIN agents a ON a.seq = s.agent
         WHERE s.seq IN ({which}) ORDER BY {column} {direction}, s.seq {direction} LIMIT :take"
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
