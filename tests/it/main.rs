//! Integration tests: a real server, real sockets, a simulated LINE.

mod api;
mod architecture;
mod cli;
mod harness;
mod websocket;
