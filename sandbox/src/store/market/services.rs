//! The services that agents offer on the marketplace.

use rusqlite::{Connection, Row, Transaction, named_params, params};
use serde::Serialize;
use serde_json::{Value, json};

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::store;
use crate::store::agents::{AGENT_COLUMNS, Agent};
use crate::store::market::transitions;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    id: String,
    title: String,
    description: String,
    short_desc: Option<String>,
    /// In cents.
    price: i64,
    currency: &'static str,
    delivery_days: i64,
    revisions: i64,
    category: String,
    tags: Value,
    thumbnail_url: Option<String>,
    images: Value,
    featured: bool,
    is_active: bool,
    avg_rating: f64,
    review_count: i64,
    order_count: i64,
    created_at: String,
    updated_at: String,
    agent: Agent,
}

/// The marketplace knows one currency.
pub const CURRENCY: &str = "USD";

impl Service {
    pub fn read(row: &Row, public_url: &str) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            title: row.get("title")?,
            description: row.get("description")?,
            short_desc: row.get("short_desc")?,
            price: row.get("price")?,
            currency: CURRENCY,
            delivery_days: row.get("delivery_days")?,
            revisions: row.get("revisions")?,
            category: row.get("category")?,
            tags: row.get("tags")?,
            thumbnail_url: row.get("thumbnail_url")?,
            images: row.get("images")?,
            featured: row.get("featured")?,
            is_active: row.get("is_active")?,
            avg_rating: row.get::<_, f64>("avg_rating")? / 100.0,
            review_count: row.get("review_count")?,
            order_count: row.get("order_count")?,
            created_at: clock::iso(row.get("created_at")?),
            updated_at: clock::iso(row.get("updated_at")?),
            agent: Agent::read(row, public_url)?,
        })
    }
}

/// The columns of `Service`, of a table or alias `s`, beside those of its agent.
pub const SERVICE_COLUMNS: &str = "s.seq, s.id, s.title, s.description, s.short_desc, s.price, s.delivery_days, s.revisions,
    s.category, s.tags, s.thumbnail_url, s.images, s.featured, s.is_active, s.avg_rating, s.review_count,
    s.order_count, s.created_at, s.updated_at";

/// What is offered; the caller has checked it.
pub struct NewService {
    pub title: String,
    pub description: String,
    pub short_desc: Option<String>,
    pub price: i64,
    pub delivery_days: i64,
    pub revisions: i64,
    pub category: String,
    pub tags: Vec<String>,
    pub thumbnail_url: Option<String>,
    pub images: Vec<String>,
    pub featured: bool,
}

pub fn insert(tx: &Transaction, agent: i64, new: &NewService, now: Millis) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO listings (id, agent, title, description, short_desc, price, delivery_days, revisions, category,
                               tags, thumbnail_url, images, featured, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)",
    )?
    .execute(params![
        auth::identifier()?,
        agent,
        new.title,
        new.description,
        new.short_desc,
        new.price,
        new.delivery_days,
        new.revisions,
        new.category,
        json!(new.tags),
        new.thumbnail_url,
        json!(new.images),
        new.featured,
        now,
    ])?;
    Ok(tx.last_insert_rowid())
}

/// What is to be different; `None` leaves a field as it is, an empty text clears those that may be missing.
#[derive(Default)]
pub struct Changes {
    pub title: Option<String>,
    pub description: Option<String>,
    pub short_desc: Option<String>,
    pub price: Option<i64>,
    pub delivery_days: Option<i64>,
    pub revisions: Option<i64>,
    pub category: Option<String>,
    pub tags: Option<Vec<String>>,
    pub thumbnail_url: Option<String>,
    pub images: Option<Vec<String>>,
}

pub fn update(tx: &Transaction, service: i64, changes: &Changes, now: Millis) -> Result<()> {
    let list = |texts: &Option<Vec<String>>| texts.as_ref().map(|texts| json!(texts));
    tx.prepare_cached(
        "UPDATE listings SET
            title = ifnull(:title, title),
            description = ifnull(:description, description),
            short_desc = CASE WHEN :short IS NULL THEN short_desc ELSE nullif(:short, '') END,
            price = ifnull(:price, price),
            delivery_days = ifnull(:days, delivery_days),
            revisions = ifnull(:revisions, revisions),
            category = ifnull(:category, category),
            tags = ifnull(:tags, tags),
            thumbnail_url = CASE WHEN :thumbnail IS NULL THEN thumbnail_url ELSE nullif(:thumbnail, '') END,
            images = ifnull(:images, images),
            updated_at = :now
         WHERE seq = :service",
    )?
    .execute(named_params! {
        ":title": changes.title,
        ":description": changes.description,
        ":short": changes.short_desc,
        ":price": changes.price,
        ":days": changes.delivery_days,
        ":revisions": changes.revisions,
        ":category": changes.category,
        ":tags": list(&changes.tags),
        ":thumbnail": changes.thumbnail_url,
        ":images": list(&changes.images),
        ":now": now,
        ":service": service,
    })?;
    Ok(())
}

/// Takes a service off the market; true when it is gone, false when orders that are under way keep it, inactive.
pub fn delete(tx: &Transaction, service: i64, now: Millis) -> Result<bool> {
    let active: bool = tx
        .prepare_cached(&format!(
            "SELECT EXISTS (SELECT 1 FROM orders WHERE service = ?1 AND status IN ({}))",
            transitions::under_way()
        ))?
        .query_row([service], |row| row.get(0))?;
    if active {
        tx.prepare_cached("UPDATE listings SET is_active = 0, updated_at = ?2 WHERE seq = ?1")?
            .execute([service, now])?;
    } else {
        tx.prepare_cached("DELETE FROM listings WHERE seq = ?1")?.execute([service])?;
    }
    Ok(!active)
}

/// The service with this id, or a 404 that names it.
pub fn expect(db: &Connection, id: &str) -> Result<i64> {
    store::by_id(db, "listings", "service", id)
}

/// The same, if `agent` offers it: else a 403.
pub fn expect_own(db: &Connection, id: &str, agent: i64) -> Result<i64> {
    let service = expect(db, id)?;
    if seller(db, service)? != agent {
        return Err(Error::forbidden("You can only change and delete your own services."));
    }
    Ok(service)
}

pub fn seller(db: &Connection, service: i64) -> Result<i64> {
    Ok(db
        .prepare_cached("SELECT agent FROM listings WHERE seq = ?1")?
        .query_row([service], |row| row.get(0))?)
}

pub fn get(db: &Connection, service: i64, public_url: &str) -> Result<Service> {
    let mut select = db.prepare_cached(&format!(
        "SELECT {SERVICE_COLUMNS}, {AGENT_COLUMNS} FROM listings s JOIN agents a ON a.seq = s.agent WHERE s.seq = ?1"
    ))?;
    Ok(select.query_row([service], |row| Service::read(row, public_url))?)
}

/// How an agent fares as a seller.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SellerStats {
    service_count: i64,
    completed_orders: i64,
    review_count: i64,
    avg_rating: f64,
}

pub fn seller_stats(db: &Connection, agent: i64) -> Result<SellerStats> {
    let mut select = db.prepare_cached(
        "SELECT ifnull(sum(is_active), 0), ifnull(sum(review_count), 0),
                ifnull(round(1.0 * sum(rating_sum) / sum(review_count), 2), 0.0),
                (SELECT count(*) FROM orders WHERE seller = ?1 AND status = 'COMPLETED')
         FROM listings WHERE agent = ?1",
    )?;
    Ok(select.query_row([agent], |row| {
        Ok(SellerStats {
            service_count: row.get(0)?,
            review_count: row.get(1)?,
            avg_rating: row.get(2)?,
            completed_orders: row.get(3)?,
        })
    })?)
}
