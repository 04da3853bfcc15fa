//! People who answer.

use serde::{Deserialize, Serialize};

use super::OperatorId;

/// What an operator may do; each role may do all that the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Claims and answers.
    Operator,
    /// May also take over, transfer and close other operators' chats.
    Supervisor,
    /// May also manage operators, channels and settings.
    Admin,
}

impl Role {
    /// May act on a chat that somebody else owns.
    pub fn may_take_over(self) -> bool {
        self >= Self::Supervisor
    }

    /// May manage operators, channels and settings.
    pub fn may_administer(self) -> bool {
        self == Self::Admin
    }
}

/// Whether an operator is at the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Ready for chats.
    Online,
    /// Not at the desk.
    Away,
    /// At the desk, but takes no more.
    Busy,
    /// No connection. Never set by a client.
    #[default]
    Offline,
}

/// An operator as others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// Who.
    pub id: OperatorId,
    /// Shown to colleagues.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they are at the desk.
    pub status: Presence,
}

/// The least that names an operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorRef {
    /// Who.
    pub id: OperatorId,
    /// Shown to colleagues.
    pub name: String,
}

/// One line of the team list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorPresence {
    /// Who.
    pub id: OperatorId,
    /// Shown to colleagues.
    pub name: String,
    /// Whether they are at the desk.
    pub status: Presence,
    /// Sessions they own at the moment.
    pub active_chats: u32,
}

impl Operator {
    /// The least that names this operator.
    pub fn to_ref(&self) -> OperatorRef {
        OperatorRef {
            id: self.id,
            name: self.name.clone(),
        }
    }
}
