//! How a connection ends.

use std::time::Duration;

use super::socket::Unreadable;
use crate::protocol::close::CloseCode;
use crate::realtime::Ending;

/// How long the last frames and the close frame may take to a client that does not read.
pub(super) const FAREWELL: Duration = Duration::from_secs(10);

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parting {
    /// We close it.
    Ours(CloseCode),
    /// The client closes it, with this code.
    Theirs(Option<u16>),
    /// Nobody is there any more.
    Gone,
}

impl From<CloseCode> for Parting {
    fn from(code: CloseCode) -> Self {
        Self::Ours(code)
    }
}

impl From<Unreadable> for Parting {
    fn from(why: Unreadable) -> Self {
        match why {
            Unreadable::Gone => Self::Gone,
            Unreadable::Broken(code) => Self::Ours(code),
        }
    }
}

impl From<Ending> for Parting {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Close(code) => Self::Ours(code),
            Ending::Gone => Self::Gone,
        }
    }
}
