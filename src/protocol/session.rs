//! A session: one stretch of work on a conversation, from waiting to closed.

use serde::{Deserialize, Serialize};

use super::{Operator, OperatorId, OperatorRef, SessionId, Timestamp};

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
    /// How satisfied the customer was, from 1 to 5.
    #[cfg(feature = "ssr")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csat: Option<u8>,
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

/// Where the work on a conversation stands, and what that allows to whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionState {
    /// There was never a session.
    #[default]
    None,
    /// Nobody has it.
    Waiting {
        /// The open one.
        session: SessionId,
    },
    /// Its owner answers.
    Active {
        /// The open one.
        session: SessionId,
        /// Who has it.
        owner: OperatorId,
    },
    /// Done; the customer's next message opens another.
    Closed {
        /// The last one.
        session: SessionId,
    },
}

/// Why an operator may not do something with a conversation's session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionRefusal {
    /// They do not have it.
    NotClaimed,
    /// None is open.
    NotOpen,
}

impl SessionState {
    /// As a row mirrors it. What it does not say for certain is not taken to be so.
    pub fn new(
        status: Option<SessionStatus>,
        session: Option<SessionId>,
        owner: Option<OperatorId>,
    ) -> Self {
        let (Some(status), Some(session)) = (status, session) else {
            return Self::None;
        };
        match (status, owner) {
            (SessionStatus::Active, Some(owner)) => Self::Active { session, owner },
            (SessionStatus::Active | SessionStatus::Waiting, _) => Self::Waiting { session },
            (SessionStatus::Closed, _) => Self::Closed { session },
        }
    }

    /// The open session, or the last one.
    pub fn session(self) -> Option<SessionId> {
        match self {
            Self::None => None,
            Self::Waiting { session } | Self::Active { session, .. } | Self::Closed { session } => {
                Some(session)
            }
        }
    }

    /// The session, while it is open.
    pub fn open_session(self) -> Option<SessionId> {
        match self {
            Self::None | Self::Closed { .. } => None,
            Self::Waiting { session } | Self::Active { session, .. } => Some(session),
        }
    }

    /// Who has it.
    pub fn owner(self) -> Option<OperatorId> {
        match self {
            Self::Active { owner, .. } => Some(owner),
            Self::None | Self::Waiting { .. } | Self::Closed { .. } => None,
        }
    }

    /// The owner may write to the customer.
    ///
    /// # Errors
    /// [`SessionRefusal::NotClaimed`] for everybody else.
    pub fn may_send(self, operator: OperatorId) -> Result<(), SessionRefusal> {
        if self.owner() == Some(operator) {
            Ok(())
        } else {
            Err(SessionRefusal::NotClaimed)
        }
    }

    /// The owner and supervisors may move an open session on; a waiting one only supervisors.
    ///
    /// # Errors
    /// [`SessionRefusal`] says why not.
    pub fn may_move(self, operator: &Operator) -> Result<(), SessionRefusal> {
        match self {
            Self::None | Self::Closed { .. } => Err(SessionRefusal::NotOpen),
            Self::Waiting { .. } | Self::Active { .. }
                if self.owner() == Some(operator.id) || operator.role.may_take_over() =>
            {
                Ok(())
            }
            Self::Waiting { .. } | Self::Active { .. } => Err(SessionRefusal::NotClaimed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Presence, Role};
    use super::*;

    fn session() -> SessionId {
        SessionId(uuid::Uuid::from_u128(1))
    }

    fn operator(id: u128, role: Role) -> Operator {
        Operator {
            id: OperatorId(uuid::Uuid::from_u128(id)),
            name: "Mali".to_owned(),
            role,
            status: Presence::Online,
        }
    }

    /// Each state; the active one is owned by operator 1.
    fn all() -> [SessionState; 4] {
        let (session, owner) = (session(), operator(1, Role::Operator).id);
        [
            SessionState::None,
            SessionState::Waiting { session },
            SessionState::Active { session, owner },
            SessionState::Closed { session },
        ]
    }

    #[test]
    fn a_state_is_what_its_row_says() {
        let owner = operator(1, Role::Operator).id;
        let statuses = [
            None,
            Some(SessionStatus::Waiting),
            Some(SessionStatus::Active),
            Some(SessionStatus::Closed),
        ];
        for (status, state) in statuses.into_iter().zip(all()) {
            let session = status.map(|_| session());
            assert_eq!(SessionState::new(status, session, Some(owner)), state);
            assert_eq!(state.session(), session);
            assert_eq!(SessionState::new(status, None, None), SessionState::None);
        }
        let ownerless = SessionState::new(Some(SessionStatus::Active), Some(session()), None);
        assert_eq!(ownerless.owner(), None);
        assert_eq!(ownerless.open_session(), Some(session()));
    }

    #[test]
    fn only_waiting_and_active_ones_are_open() {
        let open = all().map(|state| state.open_session().is_some());
        assert_eq!(open, [false, true, true, false]);
    }

    #[test]
    fn only_the_owner_of_an_active_one_may_send() {
        let may = |id, role| all().map(|state| state.may_send(operator(id, role).id).is_ok());
        assert_eq!(may(1, Role::Operator), [false, false, true, false]);
        assert_eq!(may(2, Role::Admin), [false; 4]);
    }

    #[test]
    fn owners_and_supervisors_move_what_is_open() {
        let may = |id, role| all().map(|state| state.may_move(&operator(id, role)));
        let (not_open, not_claimed) = (SessionRefusal::NotOpen, SessionRefusal::NotClaimed);
        assert_eq!(
            may(1, Role::Operator),
            [Err(not_open), Err(not_claimed), Ok(()), Err(not_open)]
        );
        assert_eq!(
            may(2, Role::Operator),
            [
                Err(not_open),
                Err(not_claimed),
                Err(not_claimed),
                Err(not_open)
            ]
        );
        assert_eq!(
            may(2, Role::Supervisor),
            [Err(not_open), Ok(()), Ok(()), Err(not_open)]
        );
    }
}
