//! Customers, and the groups that they write in.

use serde::{Deserialize, Serialize};

use super::LineId;

/// What kind of chat a contact stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// One person.
    #[default]
    User,
    /// A LINE group.
    Group,
    /// A chat of several people without a name, which LINE calls a room.
    #[cfg_attr(feature = "ssr", sqlx(rename = "room"))]
    #[serde(rename = "room")]
    MultiPerson,
}

/// A customer, group or multi-person chat as LINE describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// LINE's id, whatever the kind.
    pub line_user_id: LineId,
    /// Person, group or multi-person chat.
    #[serde(default)]
    pub kind: ContactKind,
    /// The profile's name, or "LINE user …a1b2" while there is none.
    pub display_name: String,
    /// Our own name for them, which is shown in place of LINE's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// On LINE's servers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture_url: Option<String>,
    /// The profile's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_message: Option<String>,
    /// BCP 47, as LINE reports it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// People in a group or multi-person chat, as LINE counted them last; a push costs as many
    /// messages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<u32>,
    /// The customer blocked the account, or the account left the group.
    pub blocked: bool,
}

impl Contact {
    /// What they are called on the screen: by our own name for them, else by LINE's.
    pub fn shown_name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.display_name)
    }
}
