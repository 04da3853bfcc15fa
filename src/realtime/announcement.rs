//! What a node says of who is at it.

use std::collections::HashSet;
use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::protocol::{OperatorId, OperatorRef, Presence, Room, Timestamp};

/// One run of one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NodeId(pub(super) Uuid);

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

/// An operator's seat at one node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Who.
    pub(super) operator: OperatorRef,
    /// What they chose.
    pub(super) chosen: Presence,
    /// When, if it was since the log-in.
    pub(super) chosen_at: Timestamp,
    /// What they look at.
    pub(super) rooms: HashSet<Room>,
}

/// Who is at a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    /// One more than that of the announcement before.
    pub(super) number: u64,
    /// Whether `seats` are all there are, or only those that changed.
    pub(super) whole: bool,
    pub(super) seats: Vec<Attendance>,
    pub(super) gone: Vec<OperatorId>,
}
