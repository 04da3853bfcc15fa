//! A session: one stretch of work on a conversation, from waiting to closed.

use serde::{Deserialize, Serialize};

use super::{OperatorId, OperatorRef, SessionId, Timestamp};

/// Where a session stands. Waiting → active → closed; back to waiting by return to the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum SessionStatus {
    /// Nobody has it.
    Waiting,
    /// Its operator answers.
    Active,
    /// Done; the customer's next message opens another.
    Closed,
}

/// One stretch of work on a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Which.
    pub id: SessionId,
    /// Where it stands.
    pub status: SessionStatus,
    /// The owner; on a closed session, who had it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<OperatorRef>,
    /// When the customer's message or postback opened it.
    pub opened_at: Timestamp,
    /// When it was last claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed_at: Option<Timestamp>,
    /// When an operator first answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_response_at: Option<Timestamp>,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
}

impl Session {
    /// Whether `operator` is the owner of this session and it is active.
    pub fn is_active_for(&self, operator: OperatorId) -> bool {
        self.status == SessionStatus::Active
            && self
                .operator
                .as_ref()
                .is_some_and(|owner| owner.id == operator)
    }

    /// Whether the session is not closed.
    pub fn is_open(&self) -> bool {
        self.status != SessionStatus::Closed
    }
}
