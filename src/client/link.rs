//! Joins engine, socket, server functions and store: the browser's half and the server's.

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(not(feature = "hydrate"))]
mod server;

#[cfg(feature = "hydrate")]
pub(crate) use browser::Link;
#[cfg(not(feature = "hydrate"))]
pub(crate) use server::Link;
