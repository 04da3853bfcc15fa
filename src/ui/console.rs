//! The console: the rail, the list, the open thread and the customer's panel on one screen.

mod keys;
mod parts;
mod screen;
mod toasts;

pub(super) use self::screen::ConsoleScreen;
#[cfg(feature = "ssr")]
pub(super) use self::{screen::Texts, toasts::Texts as ToastTexts};
