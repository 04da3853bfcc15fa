//! Integration tests.

mod architecture;
mod line_contract;
mod simulator;
