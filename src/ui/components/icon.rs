//! Icons from the page's sprite (`shell/icons.svg`).

use leptos::prelude::*;

use crate::ui::live::view;

/// The symbols of the sprite that components use, each with its name there.
macro_rules! symbols {
    ($($(#[$on:meta])* $name:ident $id:literal,)+) => {
        /// A symbol of the sprite.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Icon {
            $($(#[$on])* $name,)+
        }

        impl Icon {
            /// The symbol's address within the page.
            const fn href(self) -> &'static str {
                match self {
                    $($(#[$on])* Self::$name => concat!("#i-", $id),)+
                }
            }
        }
    };
}

symbols! {
    Alert "alert",
    ArrowDown "arrow-down",
    Block "block",
    Bolt "bolt",
    Bot "bot",
    Calendar "calendar",
    Chat "chat",
    Check "check",
    Clip "clip",
    Clock "clock",
    #[cfg(feature = "ssr")]
    Compass "compass",
    Copy "copy",
    Download "download",
    Edit "edit",
    Eye "eye",
    Filter "filter",
    Forward "forward",
    Gear "gear",
    #[cfg(feature = "ssr")]
    Globe "globe",
    Image "image",
    Inbox "inbox",
    Key "key",
    Keyboard "keyboard",
    Left "left",
    Link "link",
    List "list",
    Lock "lock",
    #[cfg(feature = "ssr")]
    Monitor "monitor",
    Moon "moon",
    More "more",
    Offline "offline",
    Out "out",
    Pause "pause",
    Phone "phone",
    Pin "pin",
    Play "play",
    Plus "plus",
    #[cfg(feature = "ssr")]
    Pulse "pulse",
    Reply "reply",
    Retry "retry",
    #[cfg(feature = "ssr")]
    Right "right",
    Search "search",
    Send "send",
    Smile "smile",
    Sticker "sticker",
    Swap "swap",
    #[cfg(feature = "ssr")]
    Tag "tag",
    Undo "undo",
    User "user",
    Users "users",
    X "x",
}

/// An icon of 18 px; words beside it or the control's name say what it means.
pub(crate) fn icon(icon: Icon) -> AnyView {
    sized(icon, "icon")
}

/// An icon of 14 px.
pub(crate) fn icon_small(icon: Icon) -> AnyView {
    sized(icon, "icon icon--s")
}

/// An icon of 22 px.
pub(crate) fn icon_large(icon: Icon) -> AnyView {
    sized(icon, "icon icon--l")
}

fn sized(icon: Icon, class: &'static str) -> AnyView {
    view! {
        <svg class=class aria-hidden="true">
            <use href=icon.href()></use>
        </svg>
    }
    .into_any()
}
