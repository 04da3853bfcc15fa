//! LINE's own vocabulary: signatures, webhook events, outgoing messages and the calls to LINE.
//!
//! Nothing here knows Sala. LINE's own description of its interface is in the `OpenAPI` files
//! under `tests/line/`.

pub mod card;
pub mod client;
pub mod error;
pub mod message;
pub mod signature;
pub mod stickers;
pub mod webhook;

pub use client::{LineChannel, LineClient};
pub use error::LineError;
