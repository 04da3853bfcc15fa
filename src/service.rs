//! Use cases, one file for each aggregate: each owns its transaction and publishes after it.

pub mod auth;
pub mod channels;
pub mod error;
pub mod operators;

pub use error::ServiceError;
