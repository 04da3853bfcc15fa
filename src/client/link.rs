//! Joins engine, socket, server functions and store: the browser's half and the server's.

mod server;

pub(crate) use server::Link;
