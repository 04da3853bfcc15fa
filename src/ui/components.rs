//! Parts that know nothing of chats: icons, avatars, dialogs, menus, timers.

mod avatar;
mod bdi;
mod dialog;
mod empty;
mod icon;
mod logo;
mod menu;
mod picture;
mod wait_timer;

#[cfg(feature = "ssr")]
pub(super) use avatar::letter_avatar;
pub(super) use avatar::{ContactAvatar, OperatorAvatar, presence_word};
pub(super) use bdi::bdi;
pub(super) use dialog::Dialog;
pub(super) use empty::{Empty, EmptyKind, ListSkeleton};
pub(super) use icon::{Icon, icon, icon_large, icon_small};
pub(super) use logo::Logo;
pub(super) use menu::{Menu, MenuTick};
pub(super) use picture::PictureState;

pub(super) use wait_timer::{Wait, WaitTimer, wait_words_by_minute};
