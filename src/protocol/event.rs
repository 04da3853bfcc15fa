//! The events of the WebSocket, in both directions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::command::spoken;
use super::lenient;
use super::quota::ChannelQuota;
use super::reading::{Node, Unreadable};
use super::{
    ClientId, Command, ConnectionId, Conversation, ErrorCode, ErrorPayload, Message, Operator,
    OperatorPresence, OperatorRef, Room, Session, Tag, TagId,
};

spoken! {
/// What a client may say: a [`Command`], or something about its connection.
pub enum ClientEvent read as PlainEvent of "ClientEvent" {
    /// The first frame of every connection.
    "auth" => Auth {
        /// From `realtime_token` or `login`.
        #[serde(default)]
        token: Option<String>,
    },
    /// Follow a conversation, and say what is already known of it.
    "join_room" => JoinRoom {
        /// Which.
        room: Room,
        /// The newest `rev` that the client has.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after_rev: Option<i64>,
    },
    /// Stop following a conversation.
    "leave_room" => LeaveRoom {
        /// Which.
        room: Room,
    },
    /// The operator types.
    "typing_start" => TypingStart {
        /// Where.
        room: Room,
    },
    /// The operator stopped typing.
    "typing_stop" => TypingStop {
        /// Where.
        room: Room,
    },
    /// The heartbeat.
    "ping" => Ping {},
}
or
    /// Something is to be done.
    Command
}

impl ClientEvent {
    /// The conversation that it is about.
    pub fn room(&self) -> Option<&Room> {
        match self {
            Self::Auth { .. } | Self::Ping {} => None,
            Self::JoinRoom { room, .. }
            | Self::LeaveRoom { room }
            | Self::TypingStart { room }
            | Self::TypingStop { room } => Some(room),
            Self::Command(command) => command.room(),
        }
    }

    /// The idempotency key in it.
    pub fn client_id(&self) -> Option<ClientId> {
        match self {
            Self::Command(command) => command.client_id(),
            Self::Auth { .. }
            | Self::JoinRoom { .. }
            | Self::LeaveRoom { .. }
            | Self::TypingStart { .. }
            | Self::TypingStop { .. }
            | Self::Ping {} => None,
        }
    }
}

/// Makes the enum and, of the same variants, the form that a browser reads: serde reads an
/// adjacently tagged enum through a buffer that can hold anything, which is a third more code for
/// every type within. A plain enum, `{"new_message": …}`, is read straight from the text.
macro_rules! server_event {
    ($(#[$attribute:meta])* pub enum $name:ident { $($variants:tt)* }) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "type", content = "payload", rename_all = "snake_case")]
        pub enum $name { $($variants)* }

        #[derive(Deserialize)]
        #[serde(remote = "ServerEvent", rename_all = "snake_case")]
        enum Plain { $($variants)* }
    };
}

/// What gave a chat to its owner, where that was nobody's deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimedBy {
    /// The team's rule of assignment.
    Rule,
}

server_event! {
/// What the server says.
pub enum ServerEvent {
    /// The connection may now be used.
    AuthSuccess {
        /// Who one is.
        operator: Operator,
        /// This connection.
        connection_id: ConnectionId,
        /// How often to `ping`.
        heartbeat_ms: u32,
        /// The team.
        presence: Vec<OperatorPresence>,
        /// What does not work at present.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        degraded: Vec<Degraded>,
    },
    /// Refused; the connection closes with 4401.
    AuthError {
        /// Why, for programs.
        code: ErrorCode,
        /// Why, for people.
        message: String,
    },
    /// A new line.
    NewMessage {
        /// Where.
        room: Room,
        /// Of the conversation.
        rev: i64,
        /// The line.
        message: Message,
    },
    /// The sender's own message is stored durably.
    MessageSent {
        /// The key that the client gave it.
        client_id: ClientId,
        /// Of the conversation.
        rev: i64,
        /// The line.
        message: Message,
    },
    /// A line changed.
    MessageUpdated {
        /// Where.
        room: Room,
        /// Of the conversation.
        rev: i64,
        /// The line as it is now.
        message: Message,
    },
    /// A colleague types, or stopped.
    TypingIndicator {
        /// Where.
        room: Room,
        /// Who.
        operator: OperatorRef,
        /// Types or stopped.
        typing: bool,
    },
    /// A session has an owner.
    SessionClaimed {
        /// Where.
        room: Room,
        /// Of the conversation.
        rev: i64,
        /// As it is now.
        session: Session,
        /// What gave it, where that was no operator.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<ClaimedBy>,
        /// The system line that says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<Message>,
    },
    /// A session ended.
    SessionClosed {
        /// Where.
        room: Room,
        /// Of the conversation.
        rev: i64,
        /// As it is now.
        session: Session,
        /// The system line that says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<Message>,
    },
    /// A customer said how satisfied they were, or commented on it.
    CsatReceived {
        /// Where.
        room: Room,
        /// Of the conversation.
        rev: i64,
        /// What it is about.
        session: Session,
        /// From 1 to 5.
        score: u8,
        /// What they said besides.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<String>,
    },
    /// A session has another owner, or waits again.
    SessionTransferred {
        /// Where.
        room: Room,
        /// Of the conversation.
        rev: i64,
        /// As it is now.
        session: Session,
        /// Who had it.
        from: Option<OperatorRef>,
        /// The system line that says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<Message>,
    },
    /// The whole team, after any change in it.
    PresenceUpdate {
        /// Everyone who is not disabled.
        operators: Vec<OperatorPresence>,
        /// What does not work at present.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        degraded: Vec<Degraded>,
    },
    /// A conversation as it is now; with messages when it answers `join_room`.
    ConversationUpdate {
        /// Where.
        room: Room,
        /// Of the conversation.
        rev: i64,
        /// As it is now.
        conversation: Box<Conversation>,
        /// In display order; only in the answer to `join_room`.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            deserialize_with = "lenient::optional_list"
        )]
        messages: Option<Vec<Message>>,
        /// Whether `messages` holds all that changed since `after_rev`. Without `messages`: true
        /// says that no message changed at this `rev`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        complete: Option<bool>,
        /// Who looks at the conversation; only in the answer to `join_room`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        viewers: Option<Vec<OperatorRef>>,
        /// There are lines before `messages`; only in an answer that starts afresh.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        older: Option<bool>,
    },
    /// A note names the operator who is told.
    Mentioned {
        /// Where.
        room: Room,
        /// Of the conversation.
        rev: i64,
        /// The note.
        message: Message,
    },
    /// The operator who is told has looked at notes that name them, on whichever screen.
    MentionsRead {
        /// Where.
        room: Room,
        /// Up to here.
        rev: i64,
    },
    /// A section of the settings is not as it was.
    SettingsUpdate {
        /// Which.
        section: String,
        /// Of `tags`: a tag that is new or has another name or colour, on whichever conversation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tag: Option<Tag>,
        /// Of `tags`: a tag that is on no conversation any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        deleted_tag: Option<TagId>,
    },
    /// What messages cost has changed.
    QuotaUpdate {
        /// Of all LINE accounts of which LINE has told.
        quotas: Vec<ChannelQuota>,
    },
    /// A colleague looks at the conversation.
    OperatorJoined {
        /// Where.
        room: Room,
        /// Who.
        operator: OperatorRef,
    },
    /// A colleague no longer looks at it.
    OperatorLeft {
        /// Where.
        room: Room,
        /// Who.
        operator: OperatorRef,
    },
    /// A command was refused.
    Error(ErrorPayload),
    /// The answer to `ping`.
    Pong {
        /// The current `rev` of every room joined.
        revs: BTreeMap<Room, i64>,
        /// What does not work at present.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        degraded: Vec<Degraded>,
    },
}
}

/// A part of the server that does not work at present, while all else goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Degraded {
    /// What happens on other nodes arrives late.
    Broker,
    /// There is no room for customers' files: they wait.
    Files,
    /// Something that this build has no word for.
    #[serde(other)]
    Other,
}

impl ServerEvent {
    /// Reads an event of this type from its payload.
    ///
    /// # Errors
    /// For a type that does not exist and for a payload that is not right.
    pub(super) fn read(kind: String, payload: Node) -> Result<Self, Unreadable> {
        Plain::deserialize(&Node::Object(vec![(kind, payload)]))
    }
}
