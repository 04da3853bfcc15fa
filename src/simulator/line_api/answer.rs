//! LINE's answers.

use axum::Json;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Serialize;
use serde_json::{Value, json};

/// One thing wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Detail {
    pub(super) message: String,
    pub(super) property: String,
}

impl Detail {
    pub(super) fn new(property: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            property: property.into(),
        }
    }
}

/// What the wire log says of a call; travels in the answer's extensions.
#[derive(Clone, Debug, Default)]
pub(super) struct Note {
    pub(super) title: Option<String>,
    pub(super) detail: String,
}

/// The connection ends instead of an answer; travels in the answer's extensions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut;

/// A refusal in LINE's words.
pub(super) fn refuse(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "message": message }))).into_response()
}

/// A refusal of a body, naming what is wrong with it.
pub(super) fn refuse_details(details: &[Detail]) -> Response {
    let message = format!("The request body has {} error(s)", details.len());
    let body = json!({ "message": message, "details": details });
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

/// A body that is not even looked at.
#[derive(Clone, Copy, Debug)]
pub(super) enum BadBody {
    TooLarge,
    NotJson,
}

impl IntoResponse for BadBody {
    fn into_response(self) -> Response {
        match self {
            Self::TooLarge => refuse(StatusCode::PAYLOAD_TOO_LARGE, "Payload Too Large"),
            Self::NotJson => refuse(
                StatusCode::BAD_REQUEST,
                "The request body could not be parsed as JSON",
            ),
        }
    }
}

/// The body as a JSON object.
pub(super) fn json_body(body: &[u8]) -> Result<Value, BadBody> {
    if body.len() > super::BODY_MAX {
        return Err(BadBody::TooLarge);
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(Value::Object(object)),
        _ => Err(BadBody::NotJson),
    }
}

/// Closes the connection without an answer.
///
/// hyper writes an answer's head to its buffer and asks for the first piece of the body before
/// it flushes; a body that fails at once makes it drop the connection with the buffer unsent.
pub(super) fn cut() -> Response {
    let failing = stream::once(async { Err::<&str, _>(std::io::Error::other("cut on purpose")) });
    let mut response = Body::from_stream(failing).into_response();
    response.extensions_mut().insert(Cut);
    response
}

/// The answer with a note for the wire log.
pub(super) fn noted(mut response: Response, title: impl Into<String>, detail: String) -> Response {
    response.extensions_mut().insert(Note {
        title: Some(title.into()),
        detail,
    });
    response
}
