//! Which chats an operator may see. There is no other place that says so.

use crate::protocol::{ChannelId, Operator};

/// What an operator may see.
#[derive(Clone, Copy, Debug)]
pub enum Sight {
    /// All chats.
    Everything,
}

impl Sight {
    /// This operator's: everybody sees all chats.
    pub fn of(_operator: &Operator) -> Self {
        Self::Everything
    }

    /// Whether chats of a LINE account are among it.
    pub fn includes(self, _channel: ChannelId) -> bool {
        match self {
            Self::Everything => true,
        }
    }
}
