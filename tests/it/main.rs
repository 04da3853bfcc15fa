//! Integration tests: a real server, real sockets, a simulated LINE.

mod answering;
mod api;
mod architecture;
mod cli;
mod costs;
mod db;
mod fetch;
mod full_disk;
mod harness;
mod line_contract;
mod lists;
mod nodes;
mod outbox;
mod retention;
mod rules;
mod search;
mod sending;
mod setup;
mod shutdown;
mod simulator;
mod stage;
mod supervision;
mod uploads;
mod views;
mod webhook;
mod websocket;
