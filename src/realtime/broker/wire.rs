//! What nodes say to each other, as bytes.
//!
//! A line of JSON says from whom and to whom; the frame of an event follows as it is, so that
//! nodes pass it on to their clients without reading it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::protocol::{ConnectionId, OperatorId, OperatorRef, Room, Timestamp};
use crate::realtime::announcement::{Announcement, NodeId};
use crate::realtime::frame::Frame;
use crate::realtime::publication::Audience;

/// Who receives an event; all that a node has to know to pass it on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routing {
    pub(in crate::realtime) audience: Audience,
    pub(in crate::realtime) room: Option<Room>,
    pub(in crate::realtime) rev: Option<i64>,
    pub(in crate::realtime) except: Option<ConnectionId>,
    /// An update of lists, which may wait a moment for the next one. Nodes of before leave it out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(in crate::realtime) may_wait: bool,
    /// What a rule did, which may wait beside such updates. Nodes of before leave it out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(in crate::realtime) is_of_rule: bool,
}

/// Something that one node says to all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bulletin {
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
    /// A console says whether it can be seen and was touched.
    Attending {
        operator: OperatorId,
        console: Uuid,
        visible: bool,
        active: bool,
    },
    /// Whom to tell of what is new while they are away, or of what, changed.
    AlertsChanged,
    /// A node that has just come: all others announce themselves.
    Hello,
    /// Others may have missed what was said here since then.
    Missed { since: Timestamp },
    /// The node ends in order.
    Goodbye,
}

/// The line before an event's frame; all there is of other bulletins.
#[derive(Serialize, Deserialize)]
struct Head {
    from: NodeId,
    content: Content,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Content {
    Event(Routing),
    Announcement(Announcement),
    Typing {
        room: Room,
        operator: OperatorRef,
        typing: bool,
    },
    TeamChanged,
    Attending {
        operator: OperatorId,
        console: Uuid,
        visible: bool,
        active: bool,
    },
    AlertsChanged,
    Hello,
    Missed {
        since: Timestamp,
    },
    Goodbye,
}

/// Bytes that are no bulletin, or one of a version that this one does not know.
#[derive(Debug, thiserror::Error)]
pub(super) enum WireError {
    #[error("not a bulletin: {0}")]
    Head(#[from] serde_json::Error),
    #[error("an event's frame is not text")]
    Frame(#[from] std::str::Utf8Error),
}

/// A bulletin of `node` as bytes.
///
/// # Errors
/// Never for the bulletins that there are: their keys are texts and their numbers finite.
pub(super) fn write(node: NodeId, bulletin: Bulletin) -> Result<Vec<u8>, serde_json::Error> {
    let (content, frame) = match bulletin {
        Bulletin::Event(routing, frame) => (Content::Event(routing), Some(frame)),
        Bulletin::Announcement(news) => (Content::Announcement(news), None),
        Bulletin::Typing {
            room,
            operator,
            typing,
        } => (
            Content::Typing {
                room,
                operator,
                typing,
            },
            None,
        ),
        Bulletin::TeamChanged => (Content::TeamChanged, None),
        Bulletin::Attending {
            operator,
            console,
            visible,
            active,
        } => (
            Content::Attending {
                operator,
                console,
                visible,
                active,
            },
            None,
        ),
        Bulletin::AlertsChanged => (Content::AlertsChanged, None),
        Bulletin::Hello => (Content::Hello, None),
        Bulletin::Missed { since } => (Content::Missed { since }, None),
        Bulletin::Goodbye => (Content::Goodbye, None),
    };
    let mut bytes = serde_json::to_vec(&Head {
        from: node,
        content,
    })?;
    if let Some(frame) = frame {
        bytes.push(b'\n');
        bytes.extend_from_slice(frame.as_bytes());
    }
    Ok(bytes)
}

/// Reads what [`write()`] made.
pub(super) fn read(bytes: &[u8]) -> Result<(NodeId, Bulletin), WireError> {
    // JSON of one line has no line break in it.
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (head, frame) = match end {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[][..]),
    };
    let Head { from, content } = serde_json::from_slice(head)?;
    let bulletin = match content {
        Content::Event(routing) => Bulletin::Event(routing, std::str::from_utf8(frame)?.into()),
        Content::Announcement(news) => Bulletin::Announcement(news),
        Content::Typing {
            room,
            operator,
            typing,
        } => Bulletin::Typing {
            room,
            operator,
            typing,
        },
        Content::TeamChanged => Bulletin::TeamChanged,
        Content::Attending {
            operator,
            console,
            visible,
            active,
        } => Bulletin::Attending {
            operator,
            console,
            visible,
            active,
        },
        Content::AlertsChanged => Bulletin::AlertsChanged,
        Content::Hello => Bulletin::Hello,
        Content::Missed { since } => Bulletin::Missed { since },
        Content::Goodbye => Bulletin::Goodbye,
    };
    Ok((from, bulletin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::realtime::announcement::Attendance;

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
            may_wait: true,
            is_of_rule: false,
        };
        let seat = Attendance {
            operator: operator.clone(),
            chosen: crate::protocol::Presence::Busy,
            chosen_at: Timestamp(5),
            rooms: [room.clone()].into(),
        };
        let node = NodeId::generate();
        for bulletin in [
            Bulletin::Event(routing, "{\"text\":\"1 < 2\\n\"}\n…".into()),
            Bulletin::Announcement(Announcement {
                number: 3,
                whole: false,
                seats: vec![seat],
                gone: vec![operator.id],
            }),
            Bulletin::Typing {
                room,
                operator,
                typing: true,
            },
            Bulletin::TeamChanged,
            Bulletin::Attending {
                operator: OperatorId::generate(),
                console: Uuid::from_u128(7),
                visible: true,
                active: false,
            },
            Bulletin::AlertsChanged,
            Bulletin::Hello,
            Bulletin::Missed {
                since: Timestamp(9),
            },
            Bulletin::Goodbye,
        ] {
            let bytes = write(node, bulletin.clone()).expect("bytes");
            assert_eq!(read(&bytes).expect("a bulletin"), (node, bulletin));
        }
    }

    #[test]
    fn what_is_no_note_is_refused() {
        for bytes in [&b""[..], b"{}", b"hello\n{}", b"{\"node\":1}", b"\xff"] {
            assert!(read(bytes).is_err());
        }
    }
}
