//! What goes wrong, in words that programs and people understand.

use serde::{Deserialize, Serialize};

use super::{ClientId, OperatorRef, Room};

/// The code of an `error` or `auth_error` frame, and of a server function's error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// `auth` without a token.
    AuthMissingToken,
    /// The token is not ours, or was revoked.
    AuthInvalidToken,
    /// The token was ours and is too old.
    AuthExpiredToken,
    /// A command before `auth_success`, or a call without a session.
    NotAuthenticated,
    /// The role does not allow it.
    Forbidden,
    /// Not of the contract's form.
    ValidationError,
    /// Over LINE's 5,000 UTF-16 units.
    MessageTooLong,
    /// A file of more bytes or pixels than are taken.
    MediaTooLarge,
    /// A file of a kind that is not taken, or one that is broken.
    MediaType,
    /// A message that LINE does not let us quote, or not with what quotes it.
    NotQuotable,
    /// What was to be taken back has left, or may have.
    AlreadyLeft,
    /// There is no room for files.
    NoRoom,
    /// A frame type that does not exist.
    UnknownEvent,
    /// No such conversation.
    RoomNotFound,
    /// The connection has not joined the room.
    NotInRoom,
    /// Somebody else was faster; `operator` says who.
    AlreadyClaimed,
    /// The sender does not own the active session.
    NotClaimed,
    /// No open session.
    SessionNotFound,
    /// What is asked for does not exist, or not any more.
    NotFound,
    /// Somebody else has this name or address.
    Taken,
    /// Somebody else saved it meanwhile.
    Stale,
    /// It would leave nobody who administers.
    LastAdmin,
    /// Too fast; `retry_after_ms` says how long to wait.
    RateLimitExceeded,
    /// Our fault.
    #[serde(other)]
    InternalError,
}

/// The payload of `error`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorPayload {
    /// For programs.
    pub code: ErrorCode,
    /// For people; one clear sentence.
    pub message: String,
    /// The message that was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// How long to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
    /// The conversation that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Room>,
    /// On `already_claimed`: who has the chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<OperatorRef>,
}

impl ErrorPayload {
    /// An error with nothing but its code and sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            client_id: None,
            retry_after_ms: None,
            room: None,
            operator: None,
        }
    }
}
