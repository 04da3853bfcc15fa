//! An event to be handed out, and to whom.

use serde::{Deserialize, Serialize};

use crate::protocol::{ConnectionId, OperatorId, Room, ServerEvent};

/// Who receives an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The connections that joined the room.
    Room,
    /// Every connection.
    Everyone,
    /// Every connection of this operator.
    Operator(OperatorId),
}

/// An event to be handed out.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Who receives it.
    pub audience: Audience,
    /// The conversation it is about.
    pub room: Option<Room>,
    /// The conversation's `rev`, for durable changes.
    pub rev: Option<i64>,
    /// What is said.
    pub event: ServerEvent,
    /// The connection that has its own answer already.
    pub except: Option<ConnectionId>,
}

impl Publication {
    /// Whether other nodes are to hear it: what is durable. Presence and typing each node tells its
    /// own clients as it sees them.
    pub(super) fn goes_round(&self) -> bool {
        self.rev.is_some() || matches!(self.event, ServerEvent::SettingsUpdate { .. })
    }

    /// Whether it says to everybody how a conversation stands, and nothing else.
    pub(super) fn is_of_lists(&self) -> bool {
        self.audience == Audience::Everyone
            && matches!(
                self.event,
                ServerEvent::ConversationUpdate { messages: None, .. }
            )
    }

    /// Whether a rule did it and nobody by hand, and nobody needs to know of it at once: a chat was
    /// closed in which nobody wrote any more.
    pub(super) fn is_of_rule(&self) -> bool {
        let ServerEvent::SessionClosed { message, .. } = &self.event else {
            return false;
        };
        let line = message.as_ref().and_then(|message| message.event.as_ref());
        self.audience == Audience::Everyone && line.is_some_and(|line| line.operator.is_none())
    }
}
