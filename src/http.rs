//! Transport: what comes in over HTTP and WebSocket, and the pages that go out.

mod assets;
mod connections;
mod form_login;
mod guard;
mod health;
mod hosts;
pub mod media;
mod metrics;
mod pages;
mod router;
mod security;
mod trace;
mod webhook;
mod websocket;

pub(crate) use metrics::own_router as metrics_router;
pub(crate) use router::build;
