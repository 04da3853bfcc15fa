//! A LINE account as operators name it.

use serde::{Deserialize, Serialize};

use super::ChannelName;

/// A LINE account's name in addresses, and the one that people read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAccount {
    /// As in conversations.
    pub name: ChannelName,
    /// Shown to people.
    pub title: String,
}
