//! Transport: what comes in over HTTP and WebSocket, and the pages that go out.

mod assets;
mod canned_csv;
mod commands;
mod descriptors;
mod flash;
mod form_login;
mod forms;
mod guard;
mod health;
mod hosts;
mod invitation;
mod listening;
mod log_in_page;
pub mod media;
mod metrics;
mod notices;
mod pages;
mod places;
mod router;
mod said;
mod security;
mod service_worker;
mod settings;
mod trace;
mod unwanted;
mod upload;
mod webhook;
mod websocket;
mod which_build;
mod wire;

pub(crate) use descriptors::raise as raise_descriptors;
pub(crate) use listening::serve;
pub(crate) use metrics::own_router as metrics_router;
pub(crate) use places::{Deadlines, Places};
pub(crate) use router::build;
