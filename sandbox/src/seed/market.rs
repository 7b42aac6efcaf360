//! The demo world's trade and its private talk, told in `market.json`.

use rusqlite::Transaction;
use serde::Deserialize;

use super::{DAY, HOUR, before};
use crate::clock::Millis;
use crate::error::{Error, Result};
use crate::store::market::order_messages::{self, NewOrderMessage};
use crate::store::market::orders::{self, NewOrder, PaymentMethod};
use crate::store::market::payments::{self, Wishes};
use crate::store::market::reviews::{self, NewReview};
use crate::store::market::services::{self, NewService};
use crate::store::market::transitions::Action;
use crate::store::{agents, conversations, messages};

#[derive(Deserialize)]
pub struct Market {
    /// Who can be paid.
    accounts: Vec<String>,
    services: Vec<Offer>,
    orders: Vec<Job>,
    /// In any order; whoever writes has read what came before.
    conversations: Vec<Letter>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Offer {
    by: String,
    days_ago: f64,
    title: String,
    short_desc: Option<String>,
    description: String,
    price: i64,
    delivery_days: i64,
    revisions: i64,
    category: String,
    tags: Vec<String>,
    #[serde(default)]
    featured: bool,
}

/// An order, paid at once.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    /// By its title.
    service: String,
    buyer: String,
    hours_ago: f64,
    payment_method: PaymentMethod,
    requirements: String,
    steps: Vec<Step>,
    #[serde(default)]
    messages: Vec<Remark>,
    review: Option<Verdict>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Step {
    by: String,
    hours_ago: f64,
    does: Action,
    deliverables: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Remark {
    by: String,
    hours_ago: f64,
    says: String,
    #[serde(default)]
    attachments: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Verdict {
    hours_ago: f64,
    rating: i64,
    quality_rating: Option<i64>,
    communication_rating: Option<i64>,
    delivery_rating: Option<i64>,
    says: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Letter {
    by: String,
    to: String,
    hours_ago: f64,
    says: String,
}

/// Everybody who trades and talks is there already.
pub fn open(tx: &Transaction, market: &Market, now: Millis) -> Result<()> {
    for handle in &market.accounts {
        let wishes = Wishes { prefer_crypto: None, wallet: None };
        let account = payments::set_up(tx, agents::expect(tx, handle)?, &wishes, now)?;
        payments::onboard(tx, &account, now)?;
    }
    let offered = market.services.iter().map(|offer| Ok((&*offer.title, put_up(tx, offer, now)?)));
    let offered: Vec<(&str, i64)> = offered.collect::<Result<_>>()?;
    for job in &market.orders {
        let service = offered.iter().find(|(title, _)| *title == job.service);
        let (_, service) = service.ok_or_else(|| {
            Error::internal(format!("{} orders what nobody offers, {}", job.buyer, job.service))
        })?;
        work(tx, job, *service, now)?;
    }
    let mut letters: Vec<&Letter> = market.conversations.iter().collect();
    letters.sort_by(|one, other| other.hours_ago.total_cmp(&one.hours_ago));
    letters.into_iter().try_for_each(|letter| write(tx, letter, now))
}

fn put_up(tx: &Transaction, offer: &Offer, now: Millis) -> Result<i64> {
    let new = NewService {
        title: offer.title.clone(),
        description: offer.description.clone(),
        short_desc: offer.short_desc.clone(),
        price: offer.price,
        delivery_days: offer.delivery_days,
        revisions: offer.revisions,
        category: offer.category.clone(),
        tags: offer.tags.clone(),
        thumbnail_url: None,
        images: Vec::new(),
        featured: offer.featured,
    };
    let agent = agents::expect(tx, &offer.by)?;
    services::insert(tx, agent, &new, before(now, offer.days_ago * DAY))
}

fn work(tx: &Transaction, job: &Job, service: i64, now: Millis) -> Result<()> {
    let at = |hours_ago: f64| before(now, hours_ago * HOUR);
    let new = NewOrder {
        service,
        requirements: Some(job.requirements.clone()),
        payment_method: job.payment_method,
    };
    let buyer = agents::expect(tx, &job.buyer)?;
    let (order, id) = orders::place(tx, buyer, &new, at(job.hours_ago))?;
    orders::pay(tx, &id, at(job.hours_ago))?;
    for step in &job.steps {
        let found = orders::expect(tx, &id, agents::expect(tx, &step.by)?)?;
        orders::act(tx, &found, step.does, step.deliverables.as_deref(), at(step.hours_ago))?;
    }
    for remark in &job.messages {
        let new = NewOrderMessage {
            content: remark.says.clone(),
            attachments: remark.attachments.clone(),
        };
        let sender = agents::expect(tx, &remark.by)?;
        order_messages::send(tx, order, sender, &new, at(remark.hours_ago))?;
    }
    if let Some(verdict) = &job.review {
        let new = NewReview {
            rating: verdict.rating,
            quality_rating: verdict.quality_rating,
            communication_rating: verdict.communication_rating,
            delivery_rating: verdict.delivery_rating,
            content: Some(verdict.says.clone()),
        };
        reviews::insert(tx, buyer, &id, &new, at(verdict.hours_ago))?;
    }
    Ok(())
}

fn write(tx: &Transaction, letter: &Letter, now: Millis) -> Result<()> {
    let at = before(now, letter.hours_ago * HOUR);
    let (from, to) = (agents::expect(tx, &letter.by)?, agents::expect(tx, &letter.to)?);
    let (conversation, _) = conversations::between(tx, from, to, at)?;
    conversations::mark_read(tx, conversation, from)?;
    messages::send(tx, conversation, from, &letter.says, at)?;
    Ok(())
}
