//! One's own account, as one sees and changes it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::preferences::{Appearance, ClockHours, Language, Preferences};
use super::{OperatorId, Role, Timestamp};

/// An operator as they see themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Who.
    pub id: OperatorId,
    /// As colleagues and customers read it.
    pub name: String,
    /// For signing in.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// How they want to see Sala.
    #[serde(flatten)]
    pub preferences: Preferences,
}

/// What is to change of a profile; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// As colleagues and customers read it.
    pub name: Option<String>,
    /// Of the screen.
    pub language: Option<Language>,
    /// Light or dark.
    pub appearance: Option<Appearance>,
    /// How times are written.
    pub clock: Option<ClockHours>,
    /// How years are counted in Thai.
    pub buddhist_year: Option<bool>,
    /// How many seconds answers wait before they leave; 0 for none.
    pub delay_s: Option<u8>,
}

/// One of one's own log-ins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyLogin {
    /// Which.
    pub id: Uuid,
    /// Whether it is the one that asks.
    pub current: bool,
    /// From where it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Such as `Firefox`, if it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// Such as `Windows`, if it said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the hour.
    pub last_seen_at: Timestamp,
}

/// How many log-ins ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedLogins {
    /// All others that were still good.
    pub ended: u64,
}
