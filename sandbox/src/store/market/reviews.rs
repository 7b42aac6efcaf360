//! What buyers say of services, each once an order.

use rusqlite::{Connection, Row, Transaction, params};
use serde::Serialize;

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::page::{self, Page, Paging};
use crate::store::agents::{AGENT_COLUMNS, Agent};
use crate::store::market::orders;
use crate::store::market::transitions::{Party, Status};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Review {
    id: String,
    order_id: String,
    service_id: String,
    rating: i64,
    quality_rating: Option<i64>,
    communication_rating: Option<i64>,
    delivery_rating: Option<i64>,
    content: Option<String>,
    created_at: String,
    reviewer: Agent,
}

impl Review {
    fn read(row: &Row, public_url: &str) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            order_id: row.get("order_id")?,
            service_id: row.get("service_id")?,
            rating: row.get("rating")?,
            quality_rating: row.get("quality_rating")?,
            communication_rating: row.get("communication_rating")?,
            delivery_rating: row.get("delivery_rating")?,
            content: row.get("content")?,
            created_at: clock::iso(row.get("created_at")?),
            reviewer: Agent::read(row, public_url)?,
        })
    }
}

/// What is said of an order; the caller has checked text and ratings.
pub struct NewReview {
    pub rating: i64,
    pub quality_rating: Option<i64>,
    pub communication_rating: Option<i64>,
    pub delivery_rating: Option<i64>,
    pub content: Option<String>,
}

/// Reviews the order with the id `order`, and counts the rating for its service.
pub fn insert(
    tx: &Transaction,
    reviewer: i64,
    order: &str,
    new: &NewReview,
    now: Millis,
) -> Result<i64> {
    let (found, party) = orders::expect(tx, order, reviewer)?;
    if party != Party::Buyer {
        return Err(Error::forbidden("Only the buyer of an order can review it."));
    }
    if found.status != Status::Completed {
        let state = found.status.name();
        return Err(Error::conflict(format!(
            "The order `{order}` is {state}; only one that is COMPLETED can be reviewed."
        )));
    }
    let Some(service) = found.service else {
        return Err(Error::conflict("The service of this order was deleted; it takes no reviews."));
    };
    let written = tx
        .prepare_cached(
            "INSERT INTO reviews (id, job, service, reviewer, rating, quality_rating, communication_rating,
                                  delivery_rating, content, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (job) DO NOTHING",
        )?
        .execute(params![
            auth::identifier()?,
            found.seq,
            service,
            reviewer,
            new.rating,
            new.quality_rating,
            new.communication_rating,
            new.delivery_rating,
            new.content,
            now,
        ])?;
    if written == 0 {
        return Err(Error::conflict(format!("The order `{order}` has its review already.")));
    }
    let review = tx.last_insert_rowid();
    tx.prepare_cached(
        "UPDATE listings SET
            review_count = review_count + 1,
            rating_sum = rating_sum + ?2,
            avg_rating = CAST(round(100.0 * (rating_sum + ?2) / (review_count + 1)) AS INTEGER)
         WHERE seq = ?1",
    )?
    .execute([service, new.rating])?;
    Ok(review)
}

pub fn get(db: &Connection, review: i64, public_url: &str) -> Result<Review> {
    let mut select = db.prepare_cached(&select("r.seq = ?1"))?;
    Ok(select.query_row([review], |row| Review::read(row, public_url))?)
}

/// Newest first.
pub fn list(
    db: &Connection,
    service: i64,
    page: &Paging,
    public_url: &str,
) -> Result<Page<Review>> {
    let rows = newest(db, service, page.below(), page.take(), public_url)?;
    Ok(page.answer(rows))
}

/// The newest few, to stand beside a service.
pub fn latest(db: &Connection, service: i64, public_url: &str) -> Result<Vec<Review>> {
    const FEW: i64 = 10;
    let rows = newest(db, service, i64::MAX, FEW, public_url)?;
    Ok(rows.into_iter().map(|row| row.item).collect())
}

fn newest(
    db: &Connection,
    service: i64,
    below: i64,
    take: i64,
    public_url: &str,
) -> Result<Vec<page::Row<Review>>> {
    let mut select =
        db.prepare_cached(&select("r.service = ?1 AND r.seq < ?2 ORDER BY r.seq DESC LIMIT ?3"))?;
    let rows = select.query_map([service, below, take], |row| {
        Ok(page::Row { seq: row.get("seq")?, item: Review::read(row, public_url)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn select(which: &str) -> String {
    format!(
        "SELECT r.seq, r.id, o.id AS order_id, s.id AS service_id, r.rating, r.quality_rating, r.communication_rating,
                r.delivery_rating, r.content, r.created_at, {AGENT_COLUMNS}
         FROM reviews r
         JOIN orders o ON o.seq = r.job
         JOIN listings s ON s.seq = r.service
         JOIN agents a ON a.seq = r.reviewer
         WHERE {which}"
    )
}
