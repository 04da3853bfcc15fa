//! Searching: what is asked and what is answered.

use serde::{Deserialize, Serialize};

use super::{Contact, ContactId, Conversation, ConversationId, Message, MessageId, Room, Tag};

/// Most hits of each kind that one call answers.
pub const SEARCH_MAX: u32 = 50;

/// Hits of each kind unless the call says how many.
pub const SEARCH_PAGE: u32 = 20;

/// What is looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchIn {
    /// Customers and groups, by their names.
    Contacts,
    /// Messages and notes, by their words and the names of their files.
    Messages,
}

/// Where a mark begins and how long it is, in UTF-16 units.
pub type Mark = (u32, u32);

/// Where the next page begins: behind these. What is not named has come to its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchCursor {
    /// The last contact that was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contacts: Option<ContactId>,
    /// The last message that was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messages: Option<MessageId>,
    /// The last conversation whose tags were looked at; this is begun once there are no more contacts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tagged: Option<ConversationId>,
}

/// A customer or group that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundContact {
    /// Its conversation.
    pub room: Room,
    /// As it is now.
    pub contact: Contact,
    /// On the name.
    pub marks: Vec<Mark>,
    /// The tags of the chat by which it was found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// A message that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundMessage {
    /// Where.
    pub room: Room,
    /// As it is now.
    pub conversation: Conversation,
    /// The message.
    pub message: Message,
    /// The part of it in which the words stand.
    pub snippet: String,
    /// On the snippet.
    pub marks: Vec<Mark>,
}

/// A page of what was found, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// Customers and groups.
    pub contacts: Vec<FoundContact>,
    /// Messages and notes.
    pub messages: Vec<FoundMessage>,
    /// Where the next page begins; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<SearchCursor>,
}
