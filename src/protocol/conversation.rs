//! A conversation as lists and heads show it.

use serde::{Deserialize, Serialize};

use super::lenient;
use super::{ChannelName, ChatTargets, Contact, Message, Room, Session, Tag, Timestamp};

/// Who answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A program.
    Bot,
    /// People.
    #[default]
    Human,
}

/// A conversation, without its messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Its name on the wire.
    pub room: Room,
    /// The LINE account that it is with.
    pub channel: ChannelName,
    /// The customer or group.
    pub contact: Contact,
    /// Who answers.
    pub mode: Mode,
    /// The open session, or the last closed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// Customer messages that nobody has looked at.
    pub unread: u32,
    /// The customer's first message since the last answer; absent when answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<Timestamp>,
    /// The newest message that is not a quiet event.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub last_message: Option<Message>,
    /// A LINE module holds the chat: nothing may be sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub standby: bool,
    /// Until when a reply costs nothing (the oldest unused reply token's end).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_reply_until: Option<Timestamp>,
    /// Until when its operator does not want to see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Timestamp>,
    /// By when what is to be done; absent while no clock runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub targets: Option<ChatTargets>,
    /// In the order of their adding.
    pub tags: Vec<Tag>,
    /// When anything about it last changed.
    pub updated_at: Timestamp,
    /// Grows by one with each durable change to the conversation.
    pub rev: i64,
}

/// The lists of the inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// Nobody has it; longest waiting first.
    Waiting,
    /// The operator's own that they want to see now, newest activity first.
    Mine,
    /// Every open or untouched conversation, newest activity first.
    #[default]
    All,
    /// The last session is closed, newest activity first.
    Closed,
}

impl Tab {
    /// In the order of the screen.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Mine, Self::All, Self::Closed];

    /// As in `?tab=`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Mine => "mine",
            Self::All => "all",
            Self::Closed => "closed",
        }
    }
}

/// How many conversations each list has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Nobody has it.
    pub waiting: u32,
    /// Owned by the operator who asks and not snoozed.
    pub mine: u32,
    /// Not closed.
    pub all: u32,
    /// Closed.
    pub closed: u32,
    /// With unread customer messages among waiting and mine.
    pub unread: u32,
}
