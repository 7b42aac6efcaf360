//! The marketplace: what is offered, ordered, reviewed and paid.

pub mod browse;
pub mod order_messages;
pub mod orders;
pub mod payments;
pub mod payouts;
pub mod reviews;
pub mod services;
pub mod transitions;
