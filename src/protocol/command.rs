//! Commands: what an operator wants done. One type from the composer to the service, over the
//! socket and, where sockets are blocked, over HTTP.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::message::SendMessage;
use super::reading::{Node, Unreadable};
use super::text::visible;
use super::{
    ClientId, Conversation, Message, MessageId, OperatorId, OperatorPresence, Presence, Room,
    Session, Timestamp,
};

/// Makes an enum of what clients say, each variant behind its name on the wire, and with it the
/// list of these names and the reading of a payload by its name. `or` names a variant that holds
/// another such enum.
macro_rules! spoken {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident read as $plain:ident of $remote:literal {
            $( $(#[$doc:meta])* $kind:literal => $variant:ident $body:tt, )*
        }
        $( or $(#[$other_doc:meta])* $other:ident )?
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(tag = "type", content = "payload")]
        pub enum $name {
            $( $(#[$doc])* #[serde(rename = $kind)] $variant $body, )*
            $( $(#[$other_doc])* #[serde(untagged)] $other($other), )?
        }

        /// What serde reads with less code than an enum whose name stands in a field.
        #[derive(Deserialize)]
        #[serde(remote = $remote)]
        enum $plain {
            $( #[serde(rename = $kind)] $variant $body, )*
        }

        impl $name {
            const NAMES: &'static [&'static str] = &[$($kind),*];

            /// Reads what has this name from its payload; `None` when nothing has it.
            pub(super) fn read(
                name: &str,
                payload: serde_json::Value,
            ) -> Option<serde_json::Result<Self>> {
                if Self::NAMES.contains(&name) {
                    let named = serde_json::Map::from_iter([(name.to_owned(), payload)]);
                    return Some($plain::deserialize(serde_json::Value::Object(named)));
                }
                None $( .or_else(|| Some($other::read(name, payload)?.map(Self::$other))) )?
            }

            /// Its name on the wire.
            pub fn name(&self) -> &'static str {
                match self {
                    $( Self::$variant { .. } => $kind, )*
                    $( Self::$other(other) => other.name(), )?
                }
            }
        }
    };
}
pub(super) use spoken;

spoken! {
/// What an operator wants done.
pub enum Command read as PlainCommand of "Command" {
    /// Send to the customer, or write a note.
    "send_message" => SendMessage(SendMessage),
    /// Take the waiting session.
    "claim_session" => ClaimSession {
        /// Of which conversation.
        room: Room,
    },
    /// End the session.
    "close_session" => CloseSession {
        /// Of which conversation.
        room: Room,
        /// A remark for the team.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// Pass the session on: to an operator, or back to the queue.
    "transfer_session" => TransferSession {
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
    "mark_read" => MarkRead {
        /// Where.
        room: Room,
        /// The newest change that was on the screen.
        rev: i64,
    },
    /// This message of the customer's and all after it have not been looked at.
    "mark_unread" => MarkUnread {
        /// Where.
        room: Room,
        /// The first of them.
        message_id: MessageId,
    },
    /// Do not show the chat in Mine before then, unless the customer writes.
    "snooze" => Snooze {
        /// Which conversation.
        room: Room,
        /// When it comes back.
        until: Timestamp,
    },
    /// Show it again.
    "unsnooze" => Unsnooze {
        /// Which conversation.
        room: Room,
    },
    /// Say whether one is at the desk.
    "set_presence" => SetPresence {
        /// Not [`Presence::Offline`].
        status: Presence,
    },
    /// Try a failed or unconfirmed message again.
    "retry_message" => RetryMessage {
        /// Where.
        room: Room,
        /// Which.
        message_id: MessageId,
    },
    /// Take back a message that has not left yet.
    "cancel_message" => CancelMessage {
        /// Where.
        room: Room,
        /// Which.
        message_id: MessageId,
    },
}
}

impl Command {
    /// Ends a session; a remark of which nothing can be seen is none.
    pub fn close(room: Room, note: Option<String>) -> Self {
        let note = visible(note);
        Self::CloseSession { room, note }
    }

    /// Passes a session on, to the queue when to nobody; the remark is as in [`Command::close`].
    pub fn transfer(room: Room, operator_id: Option<OperatorId>, note: Option<String>) -> Self {
        Self::TransferSession {
            room,
            operator_id,
            to_queue: operator_id.is_none(),
            note: visible(note),
        }
    }

    /// The conversation that it is about.
    pub fn room(&self) -> Option<&Room> {
        match self {
            Self::SendMessage(message) => Some(&message.room),
            Self::ClaimSession { room }
            | Self::CloseSession { room, .. }
            | Self::TransferSession { room, .. }
            | Self::MarkRead { room, .. }
            | Self::MarkUnread { room, .. }
            | Self::Snooze { room, .. }
            | Self::Unsnooze { room }
            | Self::RetryMessage { room, .. }
            | Self::CancelMessage { room, .. } => Some(room),
            Self::SetPresence { .. } => None,
        }
    }

    /// The idempotency key in it.
    pub fn client_id(&self) -> Option<ClientId> {
        match self {
            Self::SendMessage(message) => Some(message.client_id),
            Self::ClaimSession { .. }
            | Self::CloseSession { .. }
            | Self::TransferSession { .. }
            | Self::MarkRead { .. }
            | Self::MarkUnread { .. }
            | Self::Snooze { .. }
            | Self::Unsnooze { .. }
            | Self::RetryMessage { .. }
            | Self::CancelMessage { .. }
            | Self::SetPresence { .. } => None,
        }
    }

    /// Which allowance it takes from.
    pub fn pace(&self) -> Pace {
        match self {
            Self::SendMessage(_) => Pace::Messages,
            Self::SetPresence { .. } => Pace::Signals,
            Self::ClaimSession { .. }
            | Self::CloseSession { .. }
            | Self::TransferSession { .. }
            | Self::MarkRead { .. }
            | Self::MarkUnread { .. }
            | Self::Snooze { .. }
            | Self::Unsnooze { .. }
            | Self::RetryMessage { .. }
            | Self::CancelMessage { .. } => Pace::Commands,
        }
    }

    /// The names of all, which are also those of their calls: `POST /api/{name}`.
    pub fn names() -> &'static [&'static str] {
        Self::NAMES
    }

    /// The body of its call: the payload as the socket has it; that of a message stands in a field
    /// of its own.
    ///
    /// # Errors
    /// Never: nothing in a command refuses to be written.
    pub fn to_call(&self) -> serde_json::Result<String> {
        // `{"type":"…","payload":{…}}`; no name has a brace in it.
        let text = serde_json::to_string(self)?;
        let start = text.find(":{").map_or(0, |colon| colon + 1);
        let payload = &text[start..text.len() - 1];
        Ok(match self {
            Self::SendMessage(_) => format!("{{\"message\":{payload}}}"),
            _ => payload.to_owned(),
        })
    }

    /// Reads a call; `None` when no command has this name. Over HTTP nobody to pass a session to
    /// says that it goes to the queue.
    pub fn of_call(name: &str, body: &str) -> Option<serde_json::Result<Self>> {
        let payload = match serde_json::from_str(body) {
            Ok(Value::Object(mut fields)) if name == "send_message" => {
                fields.remove("message").unwrap_or_default()
            }
            Ok(payload) => payload,
            Err(error) => return Some(Err(error)),
        };
        let mut command = Self::read(name, payload)?;
        if let Ok(Self::TransferSession {
            operator_id,
            to_queue,
            ..
        }) = &mut command
        {
            *to_queue = operator_id.is_none();
        }
        Some(command)
    }
}

/// How fast an operator may say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Messages of their own, over all their connections.
    Messages,
    /// What changes nothing that lasts, over all their connections.
    Signals,
    /// Anything else, by connection.
    Commands,
}

/// What a call answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// To `send_message`.
    Sent {
        /// Of the conversation.
        rev: i64,
        /// The line as stored.
        message: Box<Message>,
    },
    /// To what is about a session: as it is now.
    Session(Box<Session>),
    /// To `retry_message` and `cancel_message`: the line as it is now.
    Message(Box<Message>),
    /// To what is about marks and snoozing: as it is now.
    Conversation(Box<Conversation>),
    /// To `set_presence`: everyone.
    Team(Vec<OperatorPresence>),
}

impl Answer {
    /// Reads the answer to a command.
    ///
    /// # Errors
    /// For what is none.
    pub fn read(command: &Command, text: &str) -> Result<Self, Unreadable> {
        let mut answer = Node::parse(text)?;
        Ok(match command {
            Command::SendMessage(_) => Self::Sent {
                rev: answer.take("rev").ok_or(Unreadable)?.read()?,
                message: answer.take("message").ok_or(Unreadable)?.read()?,
            },
            Command::ClaimSession { .. }
            | Command::CloseSession { .. }
            | Command::TransferSession { .. } => Self::Session(answer.read()?),
            Command::RetryMessage { .. } | Command::CancelMessage { .. } => {
                Self::Message(answer.read()?)
            }
            Command::MarkRead { .. }
            | Command::MarkUnread { .. }
            | Command::Snooze { .. }
            | Command::Unsnooze { .. } => Self::Conversation(answer.read()?),
            Command::SetPresence { .. } => Self::Team(answer.read()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room() -> Room {
        "conversation:U1".parse().expect("a room")
    }

    #[test]
    fn a_call_is_read_as_it_was_written() {
        let message = SendMessage {
            room: room(),
            client_id: ClientId::random(),
            text: Some(":{ \"}".to_owned()),
            sticker: None,
            media_id: None,
            note: None,
            quote_message_id: None,
            delay_s: None,
            canned_id: None,
            mentions: Vec::new(),
        };
        let to = OperatorId(uuid::Uuid::from_u128(7));
        for command in [
            Command::SendMessage(message),
            Command::ClaimSession { room: room() },
            Command::close(room(), Some("done".to_owned())),
            Command::transfer(room(), Some(to), None),
            Command::transfer(room(), None, Some(" \u{200b}".to_owned())),
            Command::MarkRead {
                room: room(),
                rev: 7,
            },
            Command::SetPresence {
                status: Presence::Away,
            },
            Command::CancelMessage {
                room: room(),
                message_id: MessageId(uuid::Uuid::from_u128(8)),
            },
            Command::Snooze {
                room: room(),
                until: Timestamp(1_800_000_000_000),
            },
        ] {
            let body = command.to_call().expect("writes");
            let read = Command::of_call(command.name(), &body).expect("a name");
            assert_eq!(read.expect("reads"), command, "{body}");
        }
    }

    #[test]
    fn a_call_takes_the_fields_that_its_contract_names() {
        let body = r#"{"room":"conversation:U1","operator_id":null,"note":null}"#;
        let queued = Command::of_call("transfer_session", body).expect("a name");
        assert_eq!(
            queued.expect("reads"),
            Command::transfer(room(), None, None)
        );
        let message = r#"{"message":{"room":"conversation:U1","client_id":"018f0000-0000-7000-8000-000000000001","text":"hi"}}"#;
        assert!(matches!(
            Command::of_call("send_message", message),
            Some(Ok(Command::SendMessage(_)))
        ));
        for body in ["", "7", "{}", r#"{"message":7}"#] {
            assert!(matches!(
                Command::of_call("send_message", body),
                Some(Err(_))
            ));
        }
        assert!(Command::of_call("join_room", "{}").is_none());
    }
}
