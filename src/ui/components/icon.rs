//! Icons from the page's sprite (`shell/icons.svg`).

use leptos::prelude::*;

use crate::ui::live::view;

/// Every symbol of the sprite that components use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Alert,
    ArrowDown,
    Block,
    Bolt,
    Bot,
    Calendar,
    Chat,
    Check,
    Clip,
    Clock,
    #[cfg(feature = "ssr")]
    Compass,
    Copy,
    Download,
    Edit,
    Eye,
    Filter,
    Forward,
    Gear,
    #[cfg(feature = "ssr")]
    Globe,
    Image,
    Inbox,
    Key,
    Keyboard,
    Left,
    Link,
    List,
    Lock,
    #[cfg(feature = "ssr")]
    Monitor,
    Moon,
    More,
    Offline,
    Out,
    Pause,
    Phone,
    Pin,
    Play,
    Plus,
    #[cfg(feature = "ssr")]
    Pulse,
    Reply,
    Retry,
    #[cfg(feature = "ssr")]
    Right,
    Search,
    Send,
    Smile,
    Sticker,
    Swap,
    #[cfg(feature = "ssr")]
    Tag,
    Undo,
    User,
    Users,
    X,
}

impl Icon {
    /// The symbol's address within the page.
    const fn href(self) -> &'static str {
        match self {
            Self::Alert => "#i-alert",
            Self::ArrowDown => "#i-arrow-down",
            Self::Block => "#i-block",
            Self::Bolt => "#i-bolt",
            Self::Bot => "#i-bot",
            Self::Calendar => "#i-calendar",
            Self::Chat => "#i-chat",
            Self::Check => "#i-check",
            Self::Clip => "#i-clip",
            Self::Clock => "#i-clock",
            #[cfg(feature = "ssr")]
            Self::Compass => "#i-compass",
            Self::Copy => "#i-copy",
            Self::Download => "#i-download",
            Self::Edit => "#i-edit",
            Self::Eye => "#i-eye",
            Self::Filter => "#i-filter",
            Self::Forward => "#i-forward",
            Self::Gear => "#i-gear",
            #[cfg(feature = "ssr")]
            Self::Globe => "#i-globe",
            Self::Image => "#i-image",
            Self::Inbox => "#i-inbox",
            Self::Key => "#i-key",
            Self::Keyboard => "#i-keyboard",
            Self::Left => "#i-left",
            Self::Link => "#i-link",
            Self::List => "#i-list",
            Self::Lock => "#i-lock",
            #[cfg(feature = "ssr")]
            Self::Monitor => "#i-monitor",
            Self::Moon => "#i-moon",
            Self::More => "#i-more",
            Self::Offline => "#i-offline",
            Self::Out => "#i-out",
            Self::Pause => "#i-pause",
            Self::Phone => "#i-phone",
            Self::Pin => "#i-pin",
            Self::Play => "#i-play",
            Self::Plus => "#i-plus",
            #[cfg(feature = "ssr")]
            Self::Pulse => "#i-pulse",
            Self::Reply => "#i-reply",
            Self::Retry => "#i-retry",
            #[cfg(feature = "ssr")]
            Self::Right => "#i-right",
            Self::Search => "#i-search",
            Self::Send => "#i-send",
            Self::Smile => "#i-smile",
            Self::Sticker => "#i-sticker",
            Self::Swap => "#i-swap",
            #[cfg(feature = "ssr")]
            Self::Tag => "#i-tag",
            Self::Undo => "#i-undo",
            Self::User => "#i-user",
            Self::Users => "#i-users",
            Self::X => "#i-x",
        }
    }
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
