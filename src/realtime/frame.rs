//! A frame's text, made once and shared by all who receive it.

use axum::extract::ws::Utf8Bytes;

use crate::clock;
use crate::protocol::{ServerEvent, ServerFrame};

/// The text of a frame; cloning shares it.
pub type Frame = Utf8Bytes;

/// Writes an event as a frame; `reference` is the `ref` of the frame that it answers.
pub fn encode(event: ServerEvent, reference: Option<String>) -> Frame {
    let frame = ServerFrame {
        event,
        reference,
        ts: clock::now(),
    };
    match serde_json::to_string(&frame) {
        Ok(text) => text.into(),
        Err(error) => {
            // Every type in the protocol has string keys and finite numbers; kept for the day
            // when that stops being true.
            tracing::error!(%error, "an event could not be written");
            Utf8Bytes::from_static(
                r#"{"type":"error","payload":{"code":"internal_error","message":"An event could not be written."}}"#,
            )
        }
    }
}

/// The id of the message that a frame of [`encode`] is about, for the log.
pub fn message_id(frame: &Frame) -> Option<&str> {
    let (_, rest) = frame.split_once(r#""message":{"id":""#)?;
    rest.split_once('"').map(|(id, _)| id)
}
