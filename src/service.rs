//! Use cases, one file for each aggregate: each owns its transaction and publishes after it.

pub(crate) mod change;
pub(crate) mod delivery;
pub mod error;
#[cfg(any())]
pub mod inbox;
#[cfg(any())]
pub mod ingest;
pub mod messages;
#[cfg(any())]
pub mod presence;
#[cfg(any())]
pub mod sessions;

pub(crate) use change::conversation_update;
pub use error::ServiceError;
