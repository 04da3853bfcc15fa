//! Server functions: what the console asks over HTTP.
//!
//! The signatures exist on both sides; each body (server only) reads the request's context,
//! checks the role and calls one service. Paths are `/api/{endpoint}`, JSON in and out.

pub mod account;
pub mod alerts;
pub mod auth;
mod call;
pub mod canned;
pub mod codec;
#[cfg(feature = "hydrate")]
mod command;
pub mod connections;
#[cfg(feature = "ssr")]
pub mod context;
pub mod customers;
pub mod error;
pub mod inbox;
pub mod lists;
pub mod modes;
pub mod push;
pub mod search;
pub mod stickers;
pub mod tags;
pub mod team;
pub mod team_settings;
pub mod thread;

pub use auth::{LoginAnswer, TokenAnswer};
pub use call::call;
#[cfg(feature = "hydrate")]
pub use command::command;
pub use error::ApiError;

pub use crate::protocol::{ConsoleStart, ConversationPage, InboxCursor, ThreadCursor, ThreadPage};
