//! Use cases. Each owns its transaction and tells the world only after the commit.

pub mod error;

pub use error::ServiceError;
