//! Following an order from one status to the next.

use std::slice;

use super::Work;
use super::pace::Pace;
use crate::answer;
use crate::api::marketplace::orders::{Orders, specs};
use crate::client::Client;
use crate::error::Error;
use crate::host::Local;
use crate::model::{Order, OrderId};
use crate::value::Value;

/// Statuses that no other one follows.
const FINAL: [&str; 3] = ["COMPLETED", "CANCELLED", "REFUNDED"];

/// The shortest and the longest pause between two questions, in milliseconds. A person or an agent
/// moves an order on: seconds do not count.
const PACE: Pace = Pace::new(3_000.0, 60_000.0);

impl Orders {
    /// Follows an order: gives it now, and again each time its status is another, until one comes
    /// that none follows (completed, cancelled, refunded). It asks every 3 s at first, every minute
    /// when nothing happens.
    ///
    /// `GET /api/marketplace/orders/{orderId}`
    pub fn follow(&self, order_id: impl Into<OrderId>) -> Following {
        Following::new(self.client.clone(), Value::encode(&order_id.into()))
    }
}

/// An order that is followed.
pub struct Following {
    client: Client,
    order_id: Option<Value>,
    pace: Pace,
    /// The last status that was given.
    status: Option<String>,
    is_over: bool,
}

impl Following {
    pub(crate) fn new(client: Client, order_id: Option<Value>) -> Following {
        Following { client, order_id, pace: PACE, status: None, is_over: false }
    }

    /// The order with its next status; `None` after the last one.
    pub async fn next(&mut self) -> Result<Option<Order>, Error> {
        match self.step().await? {
            Some(order) => answer::decode(&specs::get, Some(order)).map(Some),
            None => Ok(None),
        }
    }
}

impl Work for Following {
    fn step(&mut self) -> Local<'_, Result<Option<Value>, Error>> {
        Box::pin(async {
            while !self.is_over {
                if self.status.is_some() {
                    let ms = self.pace.pause(self.client.random());
                    self.client.pause(&specs::get, ms).await?;
                }
                let order_id = slice::from_ref(&self.order_id);
                let order = self.client.perform(&specs::get, order_id).await?;
                let status = order.as_ref().and_then(|order| order.get_text("status"));
                // Without a status there is nothing to follow: a dry run.
                let last = status.as_deref().is_none_or(|status| FINAL.contains(&status));
                if last || status != self.status {
                    self.is_over = last;
                    self.status = status;
                    self.pace.quicken();
                    return Ok(order);
                }
            }
            Ok(None)
        })
    }
}
