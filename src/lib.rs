//! Sala: a live-chat console for LINE Official Accounts.
//!
//! Modules are listed from the bottom of the house to the top; a module may use only those
//! above its own line in this list (see `docs/architecture.md`).

pub mod protocol;

pub mod api;

pub mod client;

#[cfg(feature = "ssr")]
pub mod clock;
#[cfg(feature = "ssr")]
pub mod db;
