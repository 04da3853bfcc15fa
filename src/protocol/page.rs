//! Stretches of lists and histories, as the server answers them.

use serde::{Deserialize, Serialize};

use super::lenient;
use super::message::OrderKey;
use super::preferences::KeyHabits;
use super::quota::ChannelQuota;
use super::{
    Conversation, Counts, Message, MessageId, Operator, OperatorPresence, OperatorRef, Room, Tab,
    Timestamp,
};

/// Conversations of one page of a list.
pub const PAGE_SIZE: u32 = 50;

/// Where the next page of a list begins (keyset paging: after this row).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxCursor {
    /// The sort time of the last row: waiting since, or last activity.
    pub at: Timestamp,
    /// The last row.
    pub room: Room,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationPage {
    /// In the list's order.
    #[serde(deserialize_with = "lenient::list")]
    pub conversations: Vec<Conversation>,
    /// Where the next page begins; absent at the end.
    #[serde(rename = "cursor", default, skip_serializing_if = "Option::is_none")]
    pub next: Option<InboxCursor>,
    /// Of all four lists, at the same moment; with a filter, of what fits it, up to 10,000 each.
    pub counts: Counts,
    /// What messages cost, as far as LINE has told: here, since consoles fetch it whenever they may
    /// have missed something.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotas: Vec<ChannelQuota>,
}

/// All that the console's first paint needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleStart {
    /// Who is signed in.
    pub me: Operator,
    /// The server's clock at the moment of rendering.
    pub now: Timestamp,
    /// The list that is open.
    pub tab: Tab,
    /// Its first page.
    pub page: ConversationPage,
    /// What of it fits the filter that the address names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrowed: Option<ConversationPage>,
    /// The open conversation, if the address names one that exists.
    pub thread: Option<ThreadPage>,
    /// The team.
    pub presence: Vec<OperatorPresence>,
    /// Whether there is any LINE channel to talk through.
    pub connected_channel: bool,
    /// `sala demo`: where the simulated phone is.
    pub simulator: bool,
    /// How many seconds the operator's answers wait before they leave.
    #[serde(default)]
    pub delay_s: u8,
    /// Whether LINE's clients can fetch files that operators send: they do so over https only.
    #[serde(default)]
    pub sends_files: bool,
    /// What the operator's keyboard does.
    #[serde(default)]
    pub keys: KeyHabits,
}

/// A message's place in display order: older history is before it, newer history behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadCursor {
    /// The message's place.
    pub at: Timestamp,
    /// The message's time, where that is not its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// The message.
    pub id: MessageId,
}

impl ThreadCursor {
    /// Of this message.
    pub fn of(message: &Message) -> Self {
        Self {
            at: message.place(),
            sent_at: message.placed_at.map(|_| message.created_at),
            id: message.id,
        }
    }

    /// Where the message stands among others.
    pub fn order_key(&self) -> OrderKey {
        (self.at, self.sent_at.unwrap_or(self.at), self.id)
    }
}

/// A stretch of history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadPage {
    /// As it is now.
    pub conversation: Conversation,
    /// In display order.
    #[serde(deserialize_with = "lenient::list")]
    pub messages: Vec<Message>,
    /// Where the history before these messages is; absent at its beginning.
    pub older: Option<ThreadCursor>,
    /// Where the history behind these messages is; absent at its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newer: Option<ThreadCursor>,
    /// With `after_rev`: whether `messages` holds all that changed since; otherwise true.
    pub complete: bool,
    /// Who looks at the conversation.
    pub viewers: Vec<OperatorRef>,
}
