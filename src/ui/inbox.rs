//! The list of conversations.

mod arrange;
mod list;
pub(crate) mod lists;
pub(crate) mod preview;
mod row;
mod seats;
mod tabs;
mod texts;
mod turns;

pub(super) use self::list::ConversationList;
#[cfg(feature = "ssr")]
pub(super) use self::texts::Texts;
