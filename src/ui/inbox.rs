//! The console: the inbox with its list, the open thread and the customer's panel.

mod keys_dialog;
mod list;
mod page;
pub(crate) mod preview;
mod row;
mod tabs;
mod texts;
mod view_state;

pub(super) use self::page::Inbox;
#[cfg(feature = "ssr")]
pub(super) use self::texts::Texts;
pub(crate) use self::view_state::{ComposeMode, Desk, ViewState, use_desk, use_view};
