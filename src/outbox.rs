//! The durable outbox: messages leave in order, and none twice.
//!
//! `policy` decides what follows an answer of LINE's, `worker` does it. An attempt is recorded
//! before the call, so that a crash leaves "nobody knows" behind and never "not yet tried".

mod breaker;
mod call;
mod compose;
mod deliver;
mod maintain;
pub mod policy;
mod time;
mod worker;

pub use worker::Outbox;
