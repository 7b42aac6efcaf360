//! The marketplace, one file a resource.

pub mod orders;
pub mod payments;
pub mod payouts;
pub mod reviews;
pub mod services;
