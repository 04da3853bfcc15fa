//! The error of every server function: `{"code","message"}` with the status that fits.

use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use super::codec::JsonText;
use crate::protocol::fault::Reason;
#[cfg(feature = "ssr")]
use crate::protocol::text::NO_NUL;
use crate::protocol::{ErrorCode, OperatorRef};

/// What a server function answers when it refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// For programs.
    pub code: ErrorCode,
    /// For people; one clear sentence.
    pub message: String,
    /// How long to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
    /// On `already_claimed`: who has the chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<OperatorRef>,
    /// The field whose value is refused, as the call names it. For programs and for documents; the
    /// console's own code does not read it.
    #[cfg_attr(
        feature = "ssr",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    #[cfg_attr(not(feature = "ssr"), serde(skip))]
    pub field: Option<String>,
    /// Why it is, likewise.
    #[cfg_attr(
        feature = "ssr",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    #[cfg_attr(not(feature = "ssr"), serde(skip))]
    pub reason: Option<Reason>,
    /// The call did not reach the server or its answer did not arrive. Set by the browser only.
    #[serde(skip)]
    pub unreachable: bool,
}

impl ApiError {
    /// An error with nothing but its code and sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            retry_after_ms: None,
            operator: None,
            field: None,
            reason: None,
            unreachable: false,
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonText;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self {
                unreachable: true,
                ..Self::new(ErrorCode::InternalError, "Sala could not be reached.")
            },
            #[cfg(feature = "ssr")]
            ServerFnErrorErr::Args(why) | ServerFnErrorErr::Deserialization(why)
                if why.starts_with(NO_NUL) =>
            {
                Self::new(ErrorCode::ValidationError, NO_NUL)
            }
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::new(
                ErrorCode::ValidationError,
                "The request is not of the expected form.",
            ),
            _ => Self::new(ErrorCode::InternalError, "Something went wrong in Sala."),
        }
    }
}
