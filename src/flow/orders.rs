//! Following an order from one status to the next.

use super::Work;
use super::pace::Pace;
use super::plan::{Next, Plan, carry_on};
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
    follow: Follow,
}

struct Follow {
    order_id: Option<Value>,
    pace: Pace,
    stage: Stage,
    /// The last status that was given.
    status: Option<String>,
}

/// What was done last.
enum Stage {
    Paused,
    Asked,
    /// It is to be asked about, after a pause.
    Told,
    Over,
}

impl Following {
    pub(crate) fn new(client: Client, order_id: Option<Value>) -> Following {
        let follow = Follow { order_id, pace: PACE, stage: Stage::Paused, status: None };
        Following { client, follow }
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
        carry_on(&self.client, &mut self.follow)
    }
}

impl Plan for Follow {
    fn next(&mut self, client: &Client, order: Option<Value>) -> Result<Next, Error> {
        match self.stage {
            Stage::Paused => {
                self.stage = Stage::Asked;
                return Ok(Next::Call(&specs::get, [self.order_id.clone(), None]));
            }
            Stage::Asked => {
                let status = order.as_ref().and_then(|order| order.get_text("status"));
                // Without a status there is nothing to follow.
                let last = status.as_deref().is_none_or(|status| FINAL.contains(&status));
                if last || status != self.status {
                    self.stage = if last { Stage::Over } else { Stage::Told };
                    self.status = status;
                    self.pace.quicken();
                    return Ok(Next::Give(order));
                }
            }
            Stage::Told => {}
            Stage::Over => return Ok(Next::Give(None)),
        }
        self.stage = Stage::Paused;
        Ok(Next::Pause(&specs::get, self.pace.pause(client.random())))
    }

    fn failed(&mut self, _client: &Client, error: Error) -> Error {
        self.stage = Stage::Told;
        error
    }
}
