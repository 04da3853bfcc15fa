//! Small states that components tell apart.

use crate::protocol::{ErrorPayload, Timestamp};

/// How the console is connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// Not tried yet; also on the server.
    #[default]
    Starting,
    /// The socket is up and all is known.
    Live,
    /// The socket is down; the next try is due at `retry_at` (the server's time).
    Reconnecting {
        /// When the next try begins.
        retry_at: Timestamp,
    },
    /// A try is under way.
    Connecting,
    /// The browser says that there is no network.
    Offline,
    /// The socket cannot be opened, but server functions work: slower, nothing lost.
    Polling,
    /// Live again after an interruption; turns into [`Connection::Live`] after 3 s.
    CaughtUp,
    /// The session ended; the browser goes to the log-in page.
    SignedOut,
}

impl Connection {
    /// Whether the socket carries events at present.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Live | Self::CaughtUp)
    }
}

/// How far a list is loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListState {
    /// A page is being fetched.
    #[default]
    Loading,
    /// There are further pages.
    Ready,
    /// All is here.
    End,
    /// The last page could not be fetched; `load_more` tries again.
    Failed,
}

/// Something to tell the operator for a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Tells toasts apart.
    pub id: u64,
    /// How serious.
    pub kind: ToastKind,
    /// What.
    pub text: ToastText,
}

/// How serious a toast is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    /// Good to know.
    Info,
    /// Something did not work.
    Error,
}

/// What a toast says; the words are the components' business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToastText {
    /// The server refused a command, for example `already_claimed` with the winner.
    Refused(ErrorPayload),
    /// The connection went before the answer came: the command may or may not have worked.
    Unanswered,
    /// The server cannot be reached: the command did not work.
    Unreachable,
    /// The conversation does not exist, or not for this operator.
    RoomGone,
    /// Nobody waits: there is nothing to claim.
    NothingWaits,
}
