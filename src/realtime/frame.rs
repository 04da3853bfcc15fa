//! A frame, made once and shared by all who receive it.

use std::fmt;

use bytes::Bytes;

use crate::clock;
use crate::protocol::{ServerEvent, ServerFrame};

/// The longest header of a frame from the server: two bytes, and eight of length.
const HEADER_MAX: usize = 10;

/// The most that a control frame may carry.
const CONTROL_MAX: usize = 125;

/// Frames that go out as one have so many bytes at most, unless the last of them is large: what is
/// half written when a connection ends has to be written still.
const TOGETHER: usize = 64 * 1_024;

/// A WebSocket text frame as it goes over the wire, header and all; cloning shares it.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    wire: Bytes,
    /// Where the text begins.
    text: u8,
    /// How many frames of the wire these are; more than one only from [`Frame::together`].
    events: u16,
}

impl Frame {
    /// `bytes` has [`HEADER_MAX`] bytes of room before the text.
    fn finish(mut bytes: Vec<u8>) -> Self {
        let length = bytes.len() - HEADER_MAX;
        let mut header = [0; HEADER_MAX];
        // FIN, text.
        header[0] = 0x81;
        let size = match (u8::try_from(length), u16::try_from(length)) {
            (Ok(short @ 0..=125), _) => {
                header[1] = short;
                2
            }
            (_, Ok(long)) => {
                header[1] = 126;
                header[2..4].copy_from_slice(&long.to_be_bytes());
                4
            }
            _ => {
                header[1] = 127;
                header[2..].copy_from_slice(&(length as u64).to_be_bytes());
                10
            }
        };
        let start = HEADER_MAX - usize::from(size);
        bytes[start..HEADER_MAX].copy_from_slice(&header[..usize::from(size)]);
        Self {
            wire: Bytes::from(bytes).slice(start..),
            text: size,
            events: 1,
        }
    }

    /// Puts frames behind each other, so that whoever gets all of them gets few.
    pub(super) fn together<'a>(frames: impl Iterator<Item = &'a Self>) -> Vec<Self> {
        let mut parts: Vec<Vec<&Self>> = Vec::new();
        let mut room = 0;
        for frame in frames {
            match parts.last_mut() {
                Some(part) if room > 0 => part.push(frame),
                _ => {
                    room = TOGETHER;
                    parts.push(vec![frame]);
                }
            }
            room = room.saturating_sub(frame.wire.len());
        }
        parts.into_iter().map(|part| Self::joined(&part)).collect()
    }

    fn joined(part: &[&Self]) -> Self {
        if let [one] = part {
            return (*one).clone();
        }
        let bytes = part.iter().map(|frame| frame.wire.len()).sum();
        let mut wire = Vec::with_capacity(bytes);
        for frame in part {
            wire.extend_from_slice(&frame.wire);
        }
        Self {
            wire: Bytes::from(wire),
            text: part.first().map_or(0, |frame| frame.text),
            events: part.iter().map(|frame| frame.events).sum(),
        }
    }

    /// The answer to a ping, whose payload is 125 bytes at most.
    pub fn pong(payload: &[u8]) -> Self {
        Self::control(0x8a, payload)
    }

    /// The last frame; without a code it says nothing of why.
    pub fn close(code: Option<u16>, reason: &str) -> Self {
        let mut payload = Vec::with_capacity(2 + reason.len());
        if let Some(code) = code {
            payload.extend(code.to_be_bytes());
            payload.extend(reason.as_bytes());
        }
        Self::control(0x88, &payload)
    }

    fn control(first: u8, payload: &[u8]) -> Self {
        let payload = &payload[..payload.len().min(CONTROL_MAX)];
        let mut wire = Vec::with_capacity(2 + payload.len());
        wire.push(first);
        wire.extend(u8::try_from(payload.len()));
        wire.extend(payload);
        Self {
            wire: Bytes::from(wire),
            text: 2,
            events: 1,
        }
    }

    /// All bytes, header first.
    pub(super) fn wire(&self) -> &[u8] {
        &self.wire
    }

    /// How many frames of the wire these are.
    pub(super) fn events(&self) -> usize {
        usize::from(self.events)
    }

    /// What it says; of several, all from the first text on.
    pub fn as_bytes(&self) -> &[u8] {
        &self.wire[usize::from(self.text)..]
    }
}

impl From<&str> for Frame {
    fn from(text: &str) -> Self {
        let mut bytes = Vec::with_capacity(HEADER_MAX + text.len());
        bytes.resize(HEADER_MAX, 0);
        bytes.extend_from_slice(text.as_bytes());
        Self::finish(bytes)
    }
}

/// What it says may be a customer's and is not shown.
impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frame({} bytes)", self.wire.len())
    }
}

/// Writes an event as a frame; `reference` is the `ref` of the frame that it answers.
pub fn encode(event: ServerEvent, reference: Option<String>) -> Frame {
    let frame = ServerFrame {
        event,
        reference,
        ts: clock::now(),
    };
    let mut bytes = Vec::with_capacity(512);
    bytes.resize(HEADER_MAX, 0);
    match serde_json::to_writer(&mut bytes, &frame) {
        Ok(()) => {
            // It lives as long as the slowest of its receivers.
            bytes.shrink_to_fit();
            Frame::finish(bytes)
        }
        Err(error) => {
            // Every type in the protocol has string keys and finite numbers; kept for the day
            // when that stops being true.
            tracing::error!(%error, "an event could not be written");
            Frame::from(
                r#"{"type":"error","payload":{"code":"internal_error","message":"An event could not be written."}}"#,
            )
        }
    }
}

/// The id of the message that a frame of [`encode`] is about, for the log.
pub(super) fn message_id(frame: &Frame) -> Option<&str> {
    let text = std::str::from_utf8(frame.as_bytes()).ok()?;
    let (_, rest) = text.split_once(r#""message":{"id":""#)?;
    rest.split_once('"').map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use tokio_tungstenite::tungstenite::protocol::frame::FrameSocket;

    use super::*;

    #[test]
    fn every_length_is_a_frame_that_others_read() {
        for length in [0, 1, 125, 126, 65_535, 65_536, 200_000] {
            let text = "x".repeat(length);
            let frame = Frame::from(text.as_str());
            assert_eq!(frame.as_bytes(), text.as_bytes());
            let mut reading = FrameSocket::new(std::io::Cursor::new(frame.wire().to_vec()));
            let read = reading.read(None).expect("a frame").expect("all of it");
            assert!(read.header().is_final);
            assert_eq!(read.payload(), text.as_bytes());
        }
    }

    #[test]
    fn frames_that_go_together_are_read_as_they_were_in_their_order() {
        let texts = ["a", "bc", &"d".repeat(TOGETHER), "e"];
        let frames: Vec<Frame> = texts.iter().map(|text| Frame::from(*text)).collect();
        let parts = Frame::together(frames.iter());
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[1], frames[3]);
        assert_eq!(parts.iter().map(Frame::events).sum::<usize>(), 4);
        let wire: Vec<u8> = parts.iter().flat_map(|part| part.wire().to_vec()).collect();
        let mut reading = FrameSocket::new(std::io::Cursor::new(wire));
        for text in texts {
            let read = reading.read(None).expect("a frame").expect("all of it");
            assert_eq!(read.payload(), text.as_bytes());
        }
    }

    #[test]
    fn control_frames_are_whole_and_short() {
        assert_eq!(Frame::close(None, "unsaid").wire(), [0x88, 0]);
        assert_eq!(
            Frame::close(Some(1000), "bye").wire(),
            b"\x88\x05\x03\xe8bye"
        );
        assert_eq!(Frame::pong(b"x").wire(), b"\x8a\x01x");
        assert_eq!(Frame::pong(&[0; 200]).wire().len(), 127);
    }
}
