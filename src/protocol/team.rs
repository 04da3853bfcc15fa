//! The team as those see it who manage it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::capacity::Capacity;
use super::{OperatorId, Presence, Role, Timestamp};

/// One operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    /// Who.
    pub id: OperatorId,
    /// Shown to colleagues.
    pub name: String,
    /// For signing in.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Whether they are at the desk.
    pub status: Presence,
    /// Sessions they own at the moment.
    pub active_chats: u32,
    /// How many a rule gives them at most.
    #[serde(default)]
    pub capacity: Capacity,
    /// Since when they exist.
    pub created_at: Timestamp,
    /// When any of their log-ins was last used, to the hour; absent after the last has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<Timestamp>,
    /// Since when they may not sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_at: Option<Timestamp>,
}

/// Somebody who is invited and has not come yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenInvitation {
    /// The invitation.
    pub id: Uuid,
    /// Who is invited.
    pub email: String,
    /// By which name.
    pub name: String,
    /// As what.
    pub role: Role,
    /// The name of who invited them.
    pub inviter: String,
    /// When.
    pub created_at: Timestamp,
    /// Until when its link is good; it may be over.
    pub expires_at: Timestamp,
}

/// The team and who is to join it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamList {
    /// Everyone, the disabled ones too, by name.
    pub operators: Vec<TeamMember>,
    /// The newest first.
    pub invitations: Vec<OpenInvitation>,
}

/// A link by which somebody may choose a password. It is shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordLink {
    /// For withdrawing it.
    pub id: Uuid,
    /// To be passed on.
    pub url: String,
    /// Its end.
    pub expires_at: Timestamp,
}

/// What a link is for, for the page that it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkPurpose {
    /// Another password for somebody who is an operator already.
    pub known: bool,
    /// Whose.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they may do, or will.
    pub role: Role,
    /// The name of who made the link.
    pub inviter: String,
    /// Its end.
    pub expires_at: Timestamp,
}

/// What is to change of an operator; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperatorChange {
    /// As colleagues and customers read it.
    pub name: Option<String>,
    /// What they may do.
    pub role: Option<Role>,
    /// How many chats a rule gives them at most.
    pub capacity: Option<Capacity>,
    /// Whether they may sign in.
    pub disabled: Option<bool>,
    /// Of whom is disabled now: who gets their chats. Without one they go back to the queue.
    pub hand_over_to: Option<OperatorId>,
}
