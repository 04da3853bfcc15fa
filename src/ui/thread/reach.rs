//! Whether, and why not, the reader may answer the customer.

use crate::protocol::time::DAY_MS;
use crate::protocol::{ContactKind, Conversation, Mode, Operator, SessionStatus, Timestamp};

/// What stands where the composer is, or nothing in its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The reader's own chat.
    Mine,
    /// Nobody has it: claim.
    Waiting,
    /// The bot answers: claim.
    Bot,
    /// A colleague has it; `true` when the reader may take over.
    Other(String, bool),
    /// Closed until the customer writes; `true` while the reader may open it again.
    Closed(bool),
    /// There was never a session.
    None,
    /// The customer blocked the account.
    Blocked,
    /// The account is no longer in the group.
    Left,
    /// Another LINE module holds the chat.
    Standby,
}

impl Reach {
    /// Judges the conversation for the operator at this moment. What makes sending impossible
    /// comes first.
    pub(crate) fn of(conversation: &Conversation, me: &Operator, now: Timestamp) -> Self {
        if conversation.contact.blocked {
            return if conversation.contact.kind == ContactKind::User {
                Self::Blocked
            } else {
                Self::Left
            };
        }
        if conversation.standby {
            return Self::Standby;
        }
        // While it answers no case is open; the one before may have been closed.
        if conversation.mode == Mode::Bot {
            return Self::Bot;
        }
        let Some(session) = &conversation.session else {
            return Self::None;
        };
        match (session.status, &session.operator) {
            (SessionStatus::Closed, _) => {
                Self::Closed(session.closed_at.is_some_and(|at| now.since(at) <= DAY_MS))
            }
            (SessionStatus::Active, Some(owner)) if owner.id == me.id => Self::Mine,
            (SessionStatus::Active, Some(owner)) => {
                Self::Other(owner.name.clone(), me.role.may_take_over())
            }
            _ => Self::Waiting,
        }
    }

    /// Whether `claim` makes sense.
    pub(crate) fn may_claim(&self) -> bool {
        matches!(
            self,
            Self::Waiting | Self::Bot | Self::Other(_, true) | Self::Closed(true)
        )
    }
}
