//! All that is known of a customer, for the panel beside their chat.

use serde::{Deserialize, Serialize};

use super::message::{Direction, Media, MessageKind, Sender};
use super::{Contact, MessageId, OperatorRef, Room, Session, ThreadCursor, Timestamp};

/// Most UTF-16 units of our own name for a customer.
pub const OWN_NAME_MAX_UTF16: usize = 100;

/// Most UTF-16 units of a memo.
pub const MEMO_MAX_UTF16: usize = 5_000;

/// Most attributes of a customer.
pub const ATTRIBUTES_MAX: usize = 50;

/// Most UTF-16 units of what an attribute is called.
pub const ATTRIBUTE_KEY_MAX_UTF16: usize = 50;

/// Most UTF-16 units of what an attribute says.
pub const ATTRIBUTE_VALUE_MAX_UTF16: usize = 1_000;

/// Something that the team keeps about a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// What it is called.
    pub key: String,
    /// What it says.
    pub value: String,
}

/// What the team knows of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// As conversations show them.
    pub contact: Contact,
    /// Our own name for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// In the order in which they were saved.
    pub attributes: Vec<Attribute>,
    /// A memo that stays beside their chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
    /// Who wrote the memo last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo_by: Option<OperatorRef>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memo_at: Option<Timestamp>,
    /// When we first heard of them.
    pub first_seen_at: Timestamp,
    /// Their latest sessions, the newest first; `sessions` has those before.
    pub sessions: Vec<Session>,
    /// The latest files of their chat, the newest first; `contact_media` has those before.
    pub media: Vec<ChatFile>,
    /// How many files there are in all.
    pub media_count: u32,
}

/// What is to be changed of a customer; what is absent stays, what is empty goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerChange {
    /// Our own name for them.
    pub name: Option<String>,
    /// The memo.
    pub memo: Option<String>,
    /// All attributes.
    pub attributes: Option<Vec<Attribute>>,
}

/// A file of a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatFile {
    /// The message that it came with.
    pub message_id: MessageId,
    /// Which way it went.
    pub direction: Direction,
    /// What it is.
    pub kind: MessageKind,
    /// Who sent it.
    pub sender: Sender,
    /// When.
    pub created_at: Timestamp,
    /// The file.
    pub media: Media,
}

/// Files of a chat, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatFiles {
    /// A page of them.
    pub media: Vec<ChatFile>,
    /// Where the next page begins; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<ThreadCursor>,
}

/// A chat in which a note names the one who asks, who has not looked at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadMention {
    /// Where.
    pub room: Room,
    /// Of the newest such note: `mark_read` up to here reads them all.
    pub rev: i64,
}
