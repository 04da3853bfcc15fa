//! The durable outbox: messages leave in order, and none twice.
//!
//! `policy` decides how messages go to LINE and what follows its answer, `worker` does it. An
//! attempt is recorded before the call, so that a crash leaves "nobody knows" behind and never
//! "not yet tried".

pub mod attempt;
mod breaker;
mod compose;
mod deliver;
mod faces;
mod maintain;
pub mod policy;
mod shared;
mod time;
mod words;
mod worker;

pub use compose::Links;
pub use worker::Outbox;
