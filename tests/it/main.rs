//! Integration tests.

mod architecture;
mod fetch;
mod line_contract;
mod outbox;
mod simulator;
mod stage;
