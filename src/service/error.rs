//! Why a use case refuses: the one mapping to the contract's codes, sentences and HTTP statuses.

use http::StatusCode;

use crate::db::DbError;
use crate::protocol::fault::Reason;
use crate::protocol::{ErrorCode, ErrorPayload, OperatorRef, SessionRefusal};

/// One field's value that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// As the call names it.
    pub field: &'static str,
    /// For programs, and for pages in any language.
    pub reason: Reason,
    /// One sentence for people who read English.
    pub sentence: String,
}

impl Fault {
    /// Of this field.
    pub fn new(field: &'static str, reason: Reason, sentence: impl Into<String>) -> Self {
        Self {
            field,
            reason,
            sentence: sentence.into(),
        }
    }

    fn code(&self) -> ErrorCode {
        match self.reason {
            Reason::Taken => ErrorCode::Taken,
            Reason::LastAdmin => ErrorCode::LastAdmin,
            Reason::Missing
            | Reason::TooShort
            | Reason::TooLong
            | Reason::TooLarge
            | Reason::Common
            | Reason::Wrong
            | Reason::Unseen
            | Reason::Unknown
            | Reason::Oneself
            | Reason::Unsupported
            | Reason::Malformed => ErrorCode::ValidationError,
        }
    }
}

/// A refusal. Its text is the sentence that people read; it names no secret and no inner detail.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// No valid session or token.
    #[error("Please sign in.")]
    NotAuthenticated,
    /// Whatever was wrong with an e-mail address and password.
    #[error("E-mail address or password is wrong.")]
    BadLogin,
    /// The role does not allow it.
    #[error("Your role does not allow this.")]
    Forbidden,
    /// Not of the contract's form; the text says what is.
    #[error("{0}")]
    Validation(String),
    /// One field's value is refused.
    #[error("{}", .0.sentence)]
    Fault(Fault),
    /// What is asked for does not exist, or not any more; the text says what.
    #[error("{0}")]
    NotFound(&'static str),
    /// Over LINE's limit.
    #[error("The message is longer than LINE takes.")]
    MessageTooLong,
    /// A file of more bytes or pixels than are taken; the text says how many are.
    #[error("{0}")]
    MediaTooLarge(&'static str),
    /// A file that is broken or of a kind that is not taken; the text says what is.
    #[error("{0}")]
    MediaType(&'static str),
    /// The message may not be quoted, or not with what quotes it.
    #[error(
        "This cannot be quoted: words and stickers quote texts, stickers, pictures and videos of \
         their own chat that LINE has and nobody took back."
    )]
    NotQuotable,
    /// Another version was saved since this one was read.
    #[error("Somebody else saved this meanwhile: read it again, then save.")]
    Stale,
    /// The customer wrote since whoever asks has seen the chat.
    #[error("The customer wrote meanwhile, so this chat was not closed.")]
    WroteMeanwhile,
    /// What was to be taken back has left, or may have.
    #[error("This message is on its way to LINE or has left already.")]
    AlreadyLeft,
    /// LINE's clients could not fetch what we send.
    #[error("LINE fetches files over https only: set SALA_PUBLIC_URL to an https address.")]
    NotReachable,
    /// There is no room for files; what had come of one is gone.
    #[error(
        "There is no room for files on the server, so nothing was stored. Please tell an administrator."
    )]
    NoRoom,
    /// No such conversation.
    #[error("There is no such conversation.")]
    RoomNotFound,
    /// The connection has not joined the conversation.
    #[error("Join the conversation first.")]
    NotInRoom,
    /// Somebody else has the chat; who, as far as known.
    #[error("{} has this chat already.", .0.as_ref().map_or("Somebody else", |owner| owner.name.as_str()))]
    AlreadyClaimed(Option<OperatorRef>),
    /// The operator does not own the active session.
    #[error("Claim this chat first.")]
    NotClaimed,
    /// The conversation has no open session.
    #[error("This conversation has no open session.")]
    SessionNotFound,
    /// Too fast, or too many failures.
    #[error("Too many tries. Please wait a moment.")]
    RateLimited {
        /// How long to wait.
        retry_after_ms: u64,
    },
    /// The store failed.
    #[error("Something went wrong in Sala.")]
    Db(#[from] DbError),
    /// Something else of ours failed; the text is for the log only.
    #[error("Something went wrong in Sala.")]
    Internal(String),
}

impl ServiceError {
    /// For programs.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::NotAuthenticated | Self::BadLogin => ErrorCode::NotAuthenticated,
            Self::Forbidden => ErrorCode::Forbidden,
            Self::Validation(_) | Self::NotReachable => ErrorCode::ValidationError,
            Self::Fault(fault) => fault.code(),
            Self::NotFound(_) => ErrorCode::NotFound,
            Self::MessageTooLong => ErrorCode::MessageTooLong,
            Self::MediaTooLarge(_) => ErrorCode::MediaTooLarge,
            Self::MediaType(_) => ErrorCode::MediaType,
            Self::NotQuotable => ErrorCode::NotQuotable,
            Self::Stale | Self::WroteMeanwhile => ErrorCode::Stale,
            Self::AlreadyLeft => ErrorCode::AlreadyLeft,
            Self::NoRoom => ErrorCode::NoRoom,
            Self::RoomNotFound => ErrorCode::RoomNotFound,
            Self::NotInRoom => ErrorCode::NotInRoom,
            Self::AlreadyClaimed(_) => ErrorCode::AlreadyClaimed,
            Self::NotClaimed => ErrorCode::NotClaimed,
            Self::SessionNotFound => ErrorCode::SessionNotFound,
            Self::RateLimited { .. } => ErrorCode::RateLimitExceeded,
            Self::Db(_) | Self::Internal(_) => ErrorCode::InternalError,
        }
    }

    /// For HTTP.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotAuthenticated | Self::BadLogin => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::Validation(_)
            | Self::NotReachable
            | Self::MessageTooLong
            | Self::NotQuotable
            | Self::MediaType(_) => StatusCode::BAD_REQUEST,
            Self::MediaTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
            Self::Fault(fault) => match fault.code() {
                ErrorCode::Taken | ErrorCode::LastAdmin => StatusCode::CONFLICT,
                _ => StatusCode::BAD_REQUEST,
            },
            Self::RoomNotFound | Self::SessionNotFound | Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::NotInRoom
            | Self::AlreadyClaimed(_)
            | Self::NotClaimed
            | Self::AlreadyLeft
            | Self::Stale
            | Self::WroteMeanwhile => StatusCode::CONFLICT,
            Self::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Db(_) | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// How long to wait before another try.
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::RateLimited { retry_after_ms } => Some(*retry_after_ms),
            _ => None,
        }
    }

    /// The field whose value is refused, where it is about one.
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Fault(fault) => Some(fault),
            _ => None,
        }
    }

    /// The same refusal for a call in which the field has another name.
    #[must_use]
    pub fn of_field(mut self, field: &'static str) -> Self {
        if let Self::Fault(fault) = &mut self {
            fault.field = field;
        }
        self
    }

    /// Writes our own failures to the log; a caller's mistakes are no news.
    pub fn log(&self) {
        match self {
            Self::Db(error) => tracing::error!(%error, "the database failed a request"),
            Self::Internal(error) => tracing::error!(%error, "a request failed"),
            _ => {}
        }
    }

    /// As the payload of an `error` frame.
    pub fn to_payload(&self) -> ErrorPayload {
        let mut payload = ErrorPayload::new(self.code(), self.to_string());
        payload.retry_after_ms = self.retry_after_ms();
        if let Self::AlreadyClaimed(owner) = self {
            payload.operator.clone_from(owner);
        }
        payload
    }
}

impl From<SessionRefusal> for ServiceError {
    fn from(refusal: SessionRefusal) -> Self {
        match refusal {
            SessionRefusal::NotClaimed => Self::NotClaimed,
            SessionRefusal::NotOpen => Self::SessionNotFound,
        }
    }
}

impl From<Fault> for ServiceError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_failures_say_nothing_about_the_inside() {
        let error = ServiceError::from(DbError::Row {
            table: "secrets",
            why: "hush".into(),
        });
        assert_eq!(error.to_payload().message, "Something went wrong in Sala.");
        assert_eq!(error.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[test]
    fn a_lost_claim_names_the_winner() {
        let owner = OperatorRef {
            id: crate::protocol::OperatorId::generate(),
            name: "Mali".into(),
        };
        let payload = ServiceError::AlreadyClaimed(Some(owner.clone())).to_payload();
        assert_eq!(payload.message, "Mali has this chat already.");
        assert_eq!(payload.operator, Some(owner));
    }
}
