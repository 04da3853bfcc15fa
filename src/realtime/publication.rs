//! An event to be handed out, and to whom.

use serde::{Deserialize, Serialize};

use crate::protocol::{ConnectionId, Room, ServerEvent};

/// Who receives an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The connections that joined the room.
    Room,
    /// Every connection.
    Everyone,
}

/// An event to be handed out.
#[derive(Clone, Debug)]
pub struct Publication {
    /// Who receives it.
    pub audience: Audience,
    /// The conversation it is about.
    pub room: Option<Room>,
    /// The conversation's `rev`, for durable changes. Only these go to other nodes: presence and
    /// typing each node tells its own clients as it sees them.
    pub rev: Option<i64>,
    /// What is said.
    pub event: ServerEvent,
    /// The connection that has its own answer already.
    pub except: Option<ConnectionId>,
}
