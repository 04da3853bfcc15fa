//! Lists with a filter, kept under a name.

use serde::{Deserialize, Serialize};

use super::filter::{Filter, Sort};
use super::{OperatorId, Tab, ViewId};

/// Most UTF-16 units of a view's name.
pub const VIEW_NAME_MAX_UTF16: usize = 50;

/// A list with a filter, as the operator who asks sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Which.
    pub id: ViewId,
    /// What it is called.
    pub name: String,
    /// Whether the whole team has it.
    pub shared: bool,
    /// Whose it is, unless it is shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<OperatorId>,
    /// Of which list.
    pub tab: Tab,
    /// What narrows it down.
    pub filter: Filter,
    /// In which order it stands, where that is not the list's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// How many chats it has, as [`super::Counts`] of that filter say.
    pub count: u32,
}
