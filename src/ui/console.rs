//! The console: the rail, the list, the open thread and the customer's panel on one screen.

mod keys;
mod keys_dialog;
mod screen;
mod toasts;

pub(super) use self::screen::ConsoleScreen;
#[cfg(feature = "ssr")]
pub(super) use self::{
    keys_dialog::Texts as KeysTexts, screen::Texts, toasts::Texts as ToastTexts,
};
