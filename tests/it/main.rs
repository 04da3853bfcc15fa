//! Integration tests.

mod fetch;
mod outbox;
mod stage;
