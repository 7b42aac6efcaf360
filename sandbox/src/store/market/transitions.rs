//! The life of an order, as a table: who may do what in which state, and what comes of it.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use Action::{Accept, Cancel, Deliver, Dispute, RequestRevision, Start};
use Party::{Buyer, Seller};
use Status::{
    Cancelled, Completed, Delivered, Disputed, InProgress, Paid, PendingPayment, Refunded, Revision,
};

#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    PendingPayment,
    Paid,
    InProgress,
    Delivered,
    Revision,
    Completed,
    Cancelled,
    Disputed,
    Refunded,
}

const STATUSES: [(Status, &str); 9] = [
    (Status::PendingPayment, "PENDING_PAYMENT"),
    (Status::Paid, "PAID"),
    (Status::InProgress, "IN_PROGRESS"),
    (Status::Delivered, "DELIVERED"),
    (Status::Revision, "REVISION"),
    (Status::Completed, "COMPLETED"),
    (Status::Cancelled, "CANCELLED"),
    (Status::Disputed, "DISPUTED"),
    (Status::Refunded, "REFUNDED"),
];

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Start,
    Deliver,
    Accept,
    RequestRevision,
    Dispute,
    Cancel,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Party {
    Buyer,
    Seller,
}

/// Who does what, in which states, and the state after it. Being paid is no action: `orders::pay` does that.
const TRANSITIONS: &[(Party, Action, &[Status], Status)] = &[
    (Seller, Start, &[Paid], InProgress),
    (Seller, Deliver, &[InProgress, Revision], Delivered),
    // A dispute ends when the buyer accepts after all, or the seller gives the money back.
    (Buyer, Accept, &[Delivered, Disputed], Completed),
    (Buyer, RequestRevision, &[Delivered], Revision),
    (Buyer, Dispute, &[InProgress, Delivered, Revision], Disputed),
    (Seller, Dispute, &[InProgress, Delivered, Revision], Disputed),
    (Buyer, Cancel, &[PendingPayment], Cancelled),
    (Seller, Cancel, &[PendingPayment], Cancelled),
    // Whatever was paid goes back. Once the work has begun, only the seller can call it off.
    (Buyer, Cancel, &[Paid], Refunded),
    (Seller, Cancel, &[Paid, InProgress, Revision, Disputed], Refunded),
];

/// The state after `party` does `action` in the state `from`: a 403 if that is not this party's to do, a 409 if the
/// order is not in a state for it.
pub fn next(party: Party, action: Action, from: Status) -> Result<Status> {
    let rows = || TRANSITIONS.iter().filter(|(_, does, _, _)| *does == action);
    if let Some((.., to)) =
        rows().find(|(who, _, states, _)| *who == party && states.contains(&from))
    {
        return Ok(*to);
    }
    let (who, what, state) = (party.name(), action.name(), from.name());
    let own: Vec<&str> = rows()
        .filter(|(who, ..)| *who == party)
        .flat_map(|(_, _, states, _)| states.iter().map(|state| state.name()))
        .collect();
    let others = rows().any(|(_, _, states, _)| states.contains(&from));
    Err(if own.is_empty() {
        let other = party.other().name();
        Error::forbidden(format!("The {who} cannot `{what}` an order; only its {other} can."))
    } else if others {
        let other = party.other().name();
        Error::forbidden(format!(
            "The {who} cannot `{what}` an order that is {state}; only its {other} can."
        ))
    } else {
        let own = own.join(", ");
        Error::conflict(format!(
            "The {who} cannot `{what}` an order that is {state}, only one that is {own}."
        ))
    })
}

/// The states from which something leads on, as a list in SQL.
pub fn under_way() -> String {
    let leads_on = |state| TRANSITIONS.iter().any(|(_, _, states, _)| states.contains(&state));
    let names = STATUSES.iter().filter(|(state, _)| leads_on(*state));
    names.map(|(_, name)| format!("'{name}'")).collect::<Vec<_>>().join(", ")
}

impl Status {
    pub fn name(self) -> &'static str {
        STATUSES.iter().find(|(status, _)| *status == self).map_or("", |(_, name)| name)
    }
}

impl Action {
    fn name(self) -> &'static str {
        match self {
            Start => "start",
            Deliver => "deliver",
            Accept => "accept",
            RequestRevision => "request_revision",
            Dispute => "dispute",
            Cancel => "cancel",
        }
    }
}

impl Party {
    fn name(self) -> &'static str {
        match self {
            Buyer => "buyer",
            Seller => "seller",
        }
    }

    fn other(self) -> Self {
        match self {
            Buyer => Seller,
            Seller => Buyer,
        }
    }
}

impl ToSql for Status {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for Status {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        let found = STATUSES.iter().find(|(_, name)| *name == text);
        found.map(|(status, _)| *status).ok_or(FromSqlError::InvalidType)
    }
}
