//! Integration tests: a real server, real sockets, a simulated LINE.

mod api;
mod architecture;
mod cli;
mod fetch;
mod harness;
mod line_contract;
mod outbox;
mod simulator;
mod stage;
mod webhook;
mod websocket;
