//! Frames: an event with its `ref` and `ts` around it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::reading::{Node, Unreadable};
#[cfg(feature = "ssr")]
use super::text::{NO_NUL, has_nul};
use super::{ClientEvent, ErrorCode, ServerEvent, Timestamp};

/// A frame from a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClientFrame {
    /// What it says.
    #[serde(flatten)]
    pub event: ClientEvent,
    /// Comes back in the direct answer.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// A frame from the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerFrame {
    /// What it says.
    #[serde(flatten)]
    pub event: ServerEvent,
    /// The `ref` of the frame that this one answers.
    #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// When it was made.
    pub ts: Timestamp,
}

/// Why a client's frame cannot be served, and the `ref` to answer with where it could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FrameError {
    /// `validation_error` or `unknown_event`.
    pub code: ErrorCode,
    /// One clear sentence.
    pub message: String,
    /// Of the frame.
    pub reference: Option<String>,
}

#[derive(Deserialize)]
struct RawFrame {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    payload: Option<Value>,
    #[serde(rename = "ref", default)]
    reference: Option<String>,
}

impl ServerFrame {
    /// Reads a frame from its text, with far less code than the derived `Deserialize`.
    ///
    /// # Errors
    /// For what is not a frame and for an event that does not exist.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut frame = Node::parse(text)?;
        let kind: String = frame.take("type").ok_or(Unreadable)?.read()?;
        let payload = frame.take("payload").ok_or(Unreadable)?;
        let reference = frame.take("ref").unwrap_or(Node::Null);
        Ok(Self {
            event: ServerEvent::read(kind, payload)?,
            reference: reference.read()?,
            ts: frame.take("ts").ok_or(Unreadable)?.read()?,
        })
    }
}

impl ClientFrame {
    /// The frame's text: what the derived `Serialize` writes, with less code.
    ///
    /// # Errors
    /// Never: nothing in a frame refuses to be written.
    pub fn to_text(&self) -> serde_json::Result<String> {
        let mut text = serde_json::to_string(&self.event)?;
        if let Some(reference) = &self.reference {
            text.pop();
            text.push_str(",\"ref\":");
            text.push_str(&serde_json::to_string(reference)?);
            text.push('}');
        }
        Ok(text)
    }

    /// Reads a frame from its text.
    ///
    /// # Errors
    /// `validation_error` for what is not a frame, `unknown_event` for a type that does not exist.
    pub fn parse(text: &str) -> Result<Self, FrameError> {
        let raw: RawFrame = serde_json::from_str(text).map_err(|_| FrameError {
            code: ErrorCode::ValidationError,
            message: "A frame is an object with a type and a payload.".to_owned(),
            reference: None,
        })?;
        let payload = match raw.payload {
            None | Some(Value::Null) => Value::Object(serde_json::Map::new()),
            Some(payload) => payload,
        };
        let Some(read) = ClientEvent::read(&raw.kind, payload) else {
            return Err(FrameError {
                code: ErrorCode::UnknownEvent,
                message: "There is no event of this type.".to_owned(),
                reference: raw.reference,
            });
        };
        // A message says so itself, with its `client_id`.
        #[cfg(feature = "ssr")]
        if raw.kind != "send_message" && has_nul(text) {
            return Err(FrameError {
                code: ErrorCode::ValidationError,
                message: NO_NUL.to_owned(),
                reference: raw.reference,
            });
        }
        match read {
            Ok(event) => Ok(Self {
                event,
                reference: raw.reference,
            }),
            Err(error) => Err(FrameError {
                code: ErrorCode::ValidationError,
                message: format!("The payload of {} is not right: {error}.", raw.kind),
                reference: raw.reference,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Degraded, ErrorPayload};

    #[test]
    fn ping_needs_no_payload() {
        for text in [
            r#"{"type":"ping"}"#,
            r#"{"type":"ping","payload":{"x":1},"ref":"a"}"#,
        ] {
            assert_eq!(
                ClientFrame::parse(text).map(|f| f.event),
                Ok(ClientEvent::Ping {})
            );
        }
    }

    #[test]
    fn unknown_type_and_wrong_payload_are_told_apart_and_keep_the_ref() {
        let unknown = ClientFrame::parse(r#"{"type":"dance","ref":"7"}"#).expect_err("unknown");
        assert_eq!(
            (unknown.code, unknown.reference.as_deref()),
            (ErrorCode::UnknownEvent, Some("7"))
        );
        let wrong = ClientFrame::parse(r#"{"type":"join_room","payload":{},"ref":"8"}"#)
            .expect_err("no room");
        assert_eq!(
            (wrong.code, wrong.reference.as_deref()),
            (ErrorCode::ValidationError, Some("8"))
        );
        for text in ["", "[]", "1", r#""auth""#, "{}"] {
            let error = ClientFrame::parse(text).expect_err("not a frame");
            assert_eq!(error.code, ErrorCode::ValidationError);
        }
    }

    #[test]
    fn what_does_not_work_is_said_in_words_that_may_be_new() {
        let text = r#"{"type":"pong","payload":{"revs":{},"degraded":["broker","moon"]},"ts":"1970-01-01T00:00:00.000Z"}"#;
        let frame = ServerFrame::parse(text).expect("a frame");
        let ServerEvent::Pong { degraded, .. } = frame.event else {
            panic!("no pong");
        };
        assert_eq!(degraded, [Degraded::Broker, Degraded::Other]);
    }

    #[test]
    fn server_frames_read_back_as_they_were_written() {
        let frame = ServerFrame {
            event: ServerEvent::Pong {
                revs: [("conversation:U1".parse().expect("room"), 3)].into(),
                degraded: Vec::new(),
            },
            reference: Some("p".to_owned()),
            ts: Timestamp(0),
        };
        let text = serde_json::to_string(&frame).expect("serialises");
        assert_eq!(
            text,
            r#"{"type":"pong","payload":{"revs":{"conversation:U1":3}},"ref":"p","ts":"1970-01-01T00:00:00.000Z"}"#
        );
        assert_eq!(
            serde_json::from_str::<ServerFrame>(&text).expect("reads"),
            frame
        );
        assert_eq!(ServerFrame::parse(&text).expect("parses"), frame);
        let error = ServerFrame {
            event: ServerEvent::Error(ErrorPayload::new(ErrorCode::UnknownEvent, "a \"b\"")),
            reference: None,
            ts: Timestamp(0),
        };
        let text = serde_json::to_string(&error).expect("serialises");
        assert_eq!(ServerFrame::parse(&text).expect("parses"), error);
    }

    #[test]
    fn what_is_not_a_server_frame_is_refused() {
        for text in [
            "",
            "[]",
            r#"{"type":"pong","payload":{"revs":{}}}"#,
            r#"{"type":"dance","payload":{},"ts":"1970-01-01T00:00:00.000Z"}"#,
            r#"{"type":"pong\":{\"revs\":{}},\"x","payload":{},"ts":"1970-01-01T00:00:00.000Z"}"#,
        ] {
            assert!(ServerFrame::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_client_event_name_is_known() {
        let event = ClientEvent::TypingStop {
            room: "conversation:U1".parse().expect("room"),
        };
        let frame = ClientFrame {
            event: event.clone(),
            reference: Some("a \"b\"".to_owned()),
        };
        let text = serde_json::to_string(&frame).expect("serialises");
        assert_eq!(frame.to_text().expect("writes"), text);
        assert_eq!(ClientFrame::parse(&text).map(|f| f.event), Ok(event));
    }
}
