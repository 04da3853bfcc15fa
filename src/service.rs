//! Use cases, one file for each aggregate: each owns its transaction and publishes after it.

pub mod accounts;
pub mod animation;
pub mod auth;
pub mod catch_up;
pub(crate) mod change;
pub mod channels;
pub mod commands;
pub mod connections;
pub(crate) mod delivery;
pub mod error;
pub mod inbox;
pub mod ingest;
mod line_access;
pub mod messages;
pub mod operators;
mod people;
pub mod presence;
pub mod quotas;
mod raw;
pub mod read_marks;
pub mod readiness;
pub mod retention;
pub mod returns;
mod revs;
pub mod search;
pub mod services;
pub mod sessions;
mod sight;
pub mod uploads;

pub use error::ServiceError;
pub use line_access::LineAccess;
pub use services::Services;
