//! Use cases, one file for each aggregate: each owns its transaction and publishes after it.

mod change;
pub mod error;
pub mod inbox;
pub mod ingest;
pub mod messages;
pub mod presence;
pub mod sessions;

pub use error::ServiceError;
