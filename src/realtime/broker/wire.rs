//! What nodes say to each other, as bytes.
//!
//! A line of JSON says from whom and to whom; the frame of an event follows as it is, so that
//! nodes pass it on to their clients without reading it.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::protocol::{ConnectionId, OperatorId, OperatorRef, Room, Timestamp};
use crate::realtime::frame::Frame;
use crate::realtime::peers::Attendance;
use crate::realtime::publication::Audience;

/// One run of one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub(in crate::realtime) Uuid);

impl NodeId {
    pub(super) fn generate() -> Self {
        Self(Uuid::now_v7())
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Who receives an event; all that a node has to know to pass it on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routing {
    pub(in crate::realtime) audience: Audience,
    pub(in crate::realtime) room: Option<Room>,
    pub(in crate::realtime) rev: Option<i64>,
    pub(in crate::realtime) except: Option<ConnectionId>,
}

/// Who is at a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// One more than that of the announcement before.
    pub(in crate::realtime) number: u64,
    /// Whether `seats` are all there are, or only those that changed.
    pub(in crate::realtime) whole: bool,
    pub(in crate::realtime) seats: Vec<Attendance>,
    pub(in crate::realtime) gone: Vec<OperatorId>,
}

/// Something that one node says to all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// An event and its frame.
    Event(Routing, Frame),
    /// Who is here.
    Announcement(Announcement),
    /// An operator types, or stopped.
    Typing {
        room: Room,
        operator: OperatorRef,
        typing: bool,
    },
    /// What the team list takes from the store changed.
    TeamChanged,
    /// A node that has just come: all others announce themselves.
    Hello,
    /// Others may have missed what was said here since then.
    Missed { since: Timestamp },
    /// The node ends in order.
    Goodbye,
}

/// The line before an event's frame; all there is of other notes.
#[derive(Serialize, Deserialize)]
struct Head {
    node: NodeId,
    note: HeadNote,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum HeadNote {
    Event(Routing),
    Announcement(Announcement),
    Typing {
        room: Room,
        operator: OperatorRef,
        typing: bool,
    },
    TeamChanged,
    Hello,
    Missed {
        since: Timestamp,
    },
    Goodbye,
}

/// Bytes that are no note, or one of a version that this one does not know.
#[derive(Debug, thiserror::Error)]
pub(super) enum WireError {
    #[error("not a note: {0}")]
    Head(#[from] serde_json::Error),
    #[error("an event's frame is not text")]
    Frame(#[from] std::str::Utf8Error),
}

/// A note of `node` as bytes.
///
/// # Errors
/// Never for the notes that there are: their keys are texts and their numbers finite.
pub(super) fn write(node: NodeId, note: Note) -> Result<Vec<u8>, serde_json::Error> {
    let (note, frame) = match note {
        Note::Event(routing, frame) => (HeadNote::Event(routing), Some(frame)),
        Note::Announcement(news) => (HeadNote::Announcement(news), None),
        Note::Typing {
            room,
            operator,
            typing,
        } => (
            HeadNote::Typing {
                room,
                operator,
                typing,
            },
            None,
        ),
        Note::TeamChanged => (HeadNote::TeamChanged, None),
        Note::Hello => (HeadNote::Hello, None),
        Note::Missed { since } => (HeadNote::Missed { since }, None),
        Note::Goodbye => (HeadNote::Goodbye, None),
    };
    let mut bytes = serde_json::to_vec(&Head { node, note })?;
    if let Some(frame) = frame {
        bytes.push(b'\n');
        bytes.extend_from_slice(frame.as_bytes());
    }
    Ok(bytes)
}

/// Reads what [`write`] made.
pub(super) fn read(bytes: &[u8]) -> Result<(NodeId, Note), WireError> {
    // JSON of one line has no line break in it.
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (head, frame) = match end {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[][..]),
    };
    let Head { node, note } = serde_json::from_slice(head)?;
    let note = match note {
        HeadNote::Event(routing) => Note::Event(routing, std::str::from_utf8(frame)?.into()),
        HeadNote::Announcement(news) => Note::Announcement(news),
        HeadNote::Typing {
            room,
            operator,
            typing,
        } => Note::Typing {
            room,
            operator,
            typing,
        },
        HeadNote::TeamChanged => Note::TeamChanged,
        HeadNote::Hello => Note::Hello,
        HeadNote::Missed { since } => Note::Missed { since },
        HeadNote::Goodbye => Note::Goodbye,
    };
    Ok((node, note))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_come_out_as_they_went_in() {
        let room: Room = "conversation:U1".parse().expect("a room");
        let operator = OperatorRef {
            id: OperatorId::generate(),
            name: "Mali\n\"สมชาย\"".to_owned(),
        };
        let routing = Routing {
            audience: Audience::Everyone,
            room: Some(room.clone()),
            rev: Some(7),
            except: Some(ConnectionId::generate()),
        };
        let seat = Attendance {
            operator: operator.clone(),
            chosen: crate::protocol::Presence::Busy,
            chosen_at: Timestamp(5),
            rooms: [room.clone()].into(),
        };
        let node = NodeId::generate();
        for note in [
            Note::Event(routing, "{\"text\":\"1 < 2\\n\"}\n…".into()),
            Note::Announcement(Announcement {
                number: 3,
                whole: false,
                seats: vec![seat],
                gone: vec![operator.id],
            }),
            Note::Typing {
                room,
                operator,
                typing: true,
            },
            Note::TeamChanged,
            Note::Hello,
            Note::Missed {
                since: Timestamp(9),
            },
            Note::Goodbye,
        ] {
            let bytes = write(node, note.clone()).expect("bytes");
            assert_eq!(read(&bytes).expect("a note"), (node, note));
        }
    }

    #[test]
    fn what_is_no_note_is_refused() {
        for bytes in [&b""[..], b"{}", b"hello\n{}", b"{\"node\":1}", b"\xff"] {
            assert!(read(bytes).is_err());
        }
    }
}
