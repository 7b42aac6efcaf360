//! Orders: placing them, paying them, and what their two parties do with them.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params, params};
use serde::{Deserialize, Serialize};

use crate::auth;
use crate::clock::{self, Millis};
use crate::error::{Error, Result};
use crate::page::{self, Page, Paging};
use crate::store::agents::{self, Agent};
use crate::store::market::payouts;
use crate::store::market::services::CURRENCY;
use crate::store::market::transitions::{self, Action, Party, Status};

const DAY: Millis = 24 * 60 * 60 * 1000;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    id: String,
    status: Status,
    /// Null when the service was deleted; the rest is as it was agreed.
    service_id: Option<String>,
    title: String,
    /// In cents.
    amount: i64,
    currency: &'static str,
    payment_method: String,
    requirements: Option<String>,
    deliverables: Option<String>,
    delivery_days: i64,
    revisions: i64,
    revisions_used: i64,
    created_at: String,
    updated_at: String,
    paid_at: Option<String>,
    due_at: Option<String>,
    delivered_at: Option<String>,
    completed_at: Option<String>,
    buyer: Agent,
    seller: Agent,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentMethod {
    Card,
    CryptoUsdc,
    CryptoUsdp,
    Coinbase,
}

impl PaymentMethod {
    fn name(self) -> &'static str {
        match self {
            Self::Card => "CARD",
            Self::CryptoUsdc => "CRYPTO_USDC",
            Self::CryptoUsdp => "CRYPTO_USDP",
            Self::Coinbase => "COINBASE",
        }
    }
}

/// What is asked for; the caller has checked the text.
pub struct NewOrder {
    pub service: i64,
    pub requirements: Option<String>,
    pub payment_method: PaymentMethod,
}

/// A new order, to be paid. Its row and id.
pub fn place(tx: &Transaction, buyer: i64, new: &NewOrder, now: Millis) -> Result<(i64, String)> {
    let (seller, active): (i64, bool) = tx
        .prepare_cached("SELECT agent, is_active FROM listings WHERE seq = ?1")?
        .query_row([new.service], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if seller == buyer {
        return Err(Error::invalid("An agent cannot order its own service."));
    }
    if !active {
        return Err(Error::conflict("This service is not active any more; it takes no orders."));
    }
    let id = auth::identifier()?;
    tx.prepare_cached(
        "INSERT INTO orders (id, service, buyer, seller, title, amount, delivery_days, revisions, payment_method,
                             requirements, status, created_at, updated_at)
         SELECT :id, seq, :buyer, agent, title, price, delivery_days, revisions, :method, :requirements, :status, :now, :now
         FROM listings WHERE seq = :service",
    )?
    .execute(named_params! {
        ":id": id,
        ":buyer": buyer,
        ":method": new.payment_method.name(),
        ":requirements": new.requirements,
        ":status": Status::PendingPayment,
        ":now": now,
        ":service": new.service,
    })?;
    Ok((tx.last_insert_rowid(), id))
}

/// Whether there is such an order, and its buyer has chosen to pay at Coinbase.
pub fn is_paid_at_coinbase(db: &Connection, id: &str) -> Result<bool> {
    let mut select = db.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM orders WHERE id = ?1 AND payment_method = ?2)",
    )?;
    Ok(select.query_row(params![id, PaymentMethod::Coinbase.name()], |row| row.get(0))?)
}

/// The buyer's money has arrived: the order with this id goes from PENDING_PAYMENT to PAID and counts for its service.
/// A 404 if there is no such order, a 409 if it does not wait for money.
pub fn pay(tx: &Transaction, id: &str, now: Millis) -> Result<()> {
    let order = find(tx, id)?;
    if order.status != Status::PendingPayment {
        let state = order.status.name();
        return Err(Error::conflict(format!(
            "The order `{id}` is {state}; only one that is PENDING_PAYMENT can be paid."
        )));
    }
    tx.prepare_cached(
        "UPDATE orders SET status = ?2, paid_at = ?3, updated_at = ?3 WHERE seq = ?1",
    )?
    .execute(params![order.seq, Status::Paid, now])?;
    tx.prepare_cached(
        "UPDATE listings SET order_count = order_count + 1
         WHERE seq = (SELECT service FROM orders WHERE seq = ?1)",
    )?
    .execute([order.seq])?;
    Ok(())
}

/// What of an order decides who may do what with it.
pub struct Found {
    pub seq: i64,
    pub buyer: i64,
    pub seller: i64,
    pub service: Option<i64>,
    pub status: Status,
}

/// The order with this id, or a 404 that names it.
pub fn find(db: &Connection, id: &str) -> Result<Found> {
    let mut select =
        db.prepare_cached("SELECT seq, buyer, seller, service, status FROM orders WHERE id = ?1")?;
    let found = select.query_row([id], |row| {
        Ok(Found {
            seq: row.get(0)?,
            buyer: row.get(1)?,
            seller: row.get(2)?,
            service: row.get(3)?,
            status: row.get(4)?,
        })
    });
    found
        .optional()?
        .ok_or_else(|| Error::not_found(format!("There is no order with the id `{id}`.")))
}

/// The same for one of its parties, and which one that is; anybody else gets a 403.
pub fn expect(db: &Connection, id: &str, agent: i64) -> Result<(Found, Party)> {
    let order = find(db, id)?;
    let party = if agent == order.buyer {
        Party::Buyer
    } else if agent == order.seller {
        Party::Seller
    } else {
        return Err(Error::forbidden("Only the buyer and the seller of an order may use it."));
    };
    Ok((order, party))
}

/// Does `action` as `party`. What is delivered is kept, and a completed order is worth a payout.
pub fn act(
    tx: &Transaction,
    (order, party): &(Found, Party),
    action: Action,
    deliverables: Option<&str>,
    now: Millis,
) -> Result<()> {
    let status = transitions::next(*party, action, order.status)?;
    if action == Action::RequestRevision {
        use_revision(tx, order.seq)?;
    }
    tx.prepare_cached(
        "UPDATE orders SET status = :status, updated_at = :now,
            deliverables = ifnull(:deliverables, deliverables),
            delivered_at = iif(:status = 'DELIVERED', :now, delivered_at),
            completed_at = iif(:status = 'COMPLETED', :now, completed_at)
         WHERE seq = :order",
    )?
    .execute(named_params! {
        ":status": status,
        ":now": now,
        ":deliverables": deliverables.filter(|_| action == Action::Deliver),
        ":order": order.seq,
    })?;
    if status == Status::Completed {
        payouts::earn(tx, order.seq, now)?;
    }
    Ok(())
}

/// Takes one of the revisions that were agreed.
fn use_revision(tx: &Transaction, order: i64) -> Result<()> {
    let left = tx
        .prepare_cached(
            "UPDATE orders SET revisions_used = revisions_used + 1 WHERE seq = ?1 AND revisions_used < revisions",
        )?
        .execute([order])?;
    if left == 0 {
        return Err(Error::conflict(
            "The buyer cannot `request_revision`: the revisions that the service offers are used up.",
        ));
    }
    Ok(())
}

const ORDER_COLUMNS: &str = "o.seq, o.id, o.buyer, o.seller, o.status, s.id AS service_id, o.title, o.amount,
    o.payment_method, o.requirements, o.deliverables, o.delivery_days, o.revisions, o.revisions_used, o.created_at,
    o.updated_at, o.paid_at, o.delivered_at, o.completed_at";

fn read(db: &Connection, row: &Row, public_url: &str) -> Result<Order> {
    let paid_at: Option<Millis> = row.get("paid_at")?;
    let delivery_days: i64 = row.get("delivery_days")?;
    Ok(Order {
        id: row.get("id")?,
        status: row.get("status")?,
        service_id: row.get("service_id")?,
        title: row.get("title")?,
        amount: row.get("amount")?,
        currency: CURRENCY,
        payment_method: row.get("payment_method")?,
        requirements: row.get("requirements")?,
        deliverables: row.get("deliverables")?,
        delivery_days,
        revisions: row.get("revisions")?,
        revisions_used: row.get("revisions_used")?,
        created_at: clock::iso(row.get("created_at")?),
        updated_at: clock::iso(row.get("updated_at")?),
        paid_at: paid_at.map(clock::iso),
        due_at: paid_at.map(|paid| clock::iso(paid + delivery_days * DAY)),
        delivered_at: row.get::<_, Option<Millis>>("delivered_at")?.map(clock::iso),
        completed_at: row.get::<_, Option<Millis>>("completed_at")?.map(clock::iso),
        buyer: agents::get(db, row.get("buyer")?, public_url)?,
        seller: agents::get(db, row.get("seller")?, public_url)?,
    })
}

pub fn get(db: &Connection, order: i64, public_url: &str) -> Result<Order> {
    let mut select = db.prepare_cached(&format!(
        "SELECT {ORDER_COLUMNS} FROM orders o LEFT JOIN listings s ON s.seq = o.service WHERE o.seq = ?1"
    ))?;
    select
        .query_and_then([order], |row| read(db, row, public_url))?
        .next()
        .unwrap_or_else(|| Err(Error::internal(format!("the order {order} has no row"))))
}

#[derive(Deserialize, Clone, Copy, Default, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    #[default]
    All,
    Buyer,
    Seller,
}

/// Newest first.
pub fn list(
    db: &Connection,
    agent: i64,
    role: Role,
    status: Option<Status>,
    page: &Paging,
    public_url: &str,
) -> Result<Page<Order>> {
    let with_status = if status.is_some() { "AND status = :status" } else { "AND :status IS NULL" };
    let as_party = |column| {
        format!(
            "SELECT * FROM (SELECT seq FROM orders WHERE {column} = :agent {with_status} AND seq < :before
                            ORDER BY seq DESC LIMIT :take)"
        )
    };
    // Nobody is both parties of one order, so the two halves have no row in common.
    let which = match role {
        Role::Buyer => as_party("buyer"),
        Role::Seller => as_party("seller"),
        Role::All => format!("{} UNION ALL {}", as_party("buyer"), as_party("seller")),
    };
    let mut select = db.prepare_cached(&format!(
        "SELECT {ORDER_COLUMNS} FROM orders o LEFT JOIN listings s ON s.seq = o.service
         WHERE o.seq IN ({which}) ORDER BY o.seq DESC LIMIT :take"
    ))?;
    let rows = select.query_and_then(
        named_params! {
            ":agent": agent, ":status": status, ":before": page.below(), ":take": page.take(),
        },
        |row| Ok(page::Row { seq: row.get("seq")?, item: read(db, row, public_url)? }),
    )?;
    Ok(page.answer(rows.collect::<Result<_>>()?))
}
