//! The events of the WebSocket, in both directions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lenient;
use super::message::SendMessage;
use super::reading::{Node, Unreadable};
use super::{
    ClientId, ConnectionId, Conversation, ErrorCode, ErrorPayload, Message, MessageId, Operator,
    OperatorId, OperatorPresence, OperatorRef, Presence, Room, Session,
};

/// What a client may say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "payload", rename_all = "snake_case")]
pub enum ClientEvent {
    /// The first frame of every connection.
    Auth {
        /// From `realtime_token` or `login`.
        #[serde(default)]
        token: Option<String>,
    },
    /// Follow a conversation, and say what is already known of it.
    JoinRoom {
        /// Which.
        room: Room,
        /// The newest `rev` that the client has.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after_rev: Option<i64>,
    },
    /// Stop following a conversation.
    LeaveRoom {
        /// Which.
        room: Room,
    },
    /// Send to the customer, or write a note.
    SendMessage(SendMessage),
    /// The operator types.
    TypingStart {
        /// Where.
        room: Room,
    },
    /// The operator stopped typing.
    TypingStop {
        /// Where.
        room: Room,
    },
    /// Take the waiting session.
    ClaimSession {
        /// Of which conversation.
        room: Room,
    },
    /// End the session.
    CloseSession {
        /// Of which conversation.
        room: Room,
        /// A remark for the team.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Pass the session on: to an operator, or back to the queue.
    TransferSession {
        /// Of which conversation.
        room: Room,
        /// To whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operator_id: Option<OperatorId>,
        /// Back to the queue.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        to_queue: bool,
        /// A remark for the next operator.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// All up to this `rev` has been looked at.
    MarkRead {
        /// Where.
        room: Room,
        /// The newest change that was on the screen.
        rev: i64,
    },
    /// Say whether one is at the desk.
    SetPresence {
        /// Not [`Presence::Offline`].
        status: Presence,
    },
    /// Try a failed or unconfirmed message again.
    RetryMessage {
        /// Where.
        room: Room,
        /// Which.
        message_id: MessageId,
    },
    /// The heartbeat.
    Ping {},
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
    /// A section of the settings is not as it was.
    SettingsUpdate {
        /// Which.
        section: String,
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
