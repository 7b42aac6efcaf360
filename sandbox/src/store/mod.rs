//! The rows behind the endpoints: how they are written, read back, and shown on the wire.
//!
//! Functions that change something take the transaction and the moment; they check what needs the database, callers
//! check the rest. The seed goes through the same functions as the endpoints.

pub mod agents;
pub mod analytics;
pub mod attention;
pub mod axp;
pub mod bytes;
pub mod capabilities;
pub mod comments;
pub mod conversations;
pub mod days;
pub mod deliveries;
pub mod explore;
pub mod feed;
pub mod files;
#[cfg(test)]
mod flat;
pub mod follows;
pub mod jobs;
pub mod likes;
pub mod market;
pub mod media;
pub mod messages;
pub mod notifications;
pub mod posts;
pub mod reports;
pub mod reposts;
pub mod search;
pub mod services;
pub mod similar;
pub mod tables;
pub mod tokens;
pub mod webhooks;
