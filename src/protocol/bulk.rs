//! One thing done with several chats at once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ErrorPayload, OperatorId, Room, TagId, Timestamp};

/// Most chats of one call.
pub const BULK_MAX: usize = 100;

/// What is to be done with each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkAction {
    /// End its session.
    Close,
    /// Take it.
    Claim,
    /// Pass it on.
    Transfer,
    /// Mark it with tags.
    Tag,
    /// Take tags from it.
    Untag,
    /// All in it has been looked at.
    Read,
    /// Not before a time.
    Snooze,
}

/// What an action needs beside the chats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkDetails {
    /// A remark, on closing and passing on.
    pub note: Option<String>,
    /// To whom they are passed on; to nobody is to the queue.
    pub operator_id: Option<OperatorId>,
    /// The tags.
    pub tag_ids: Vec<TagId>,
    /// Until when they are not wanted.
    pub until: Option<Timestamp>,
    /// The `rev` of each as it was seen: one in which the customer wrote since is not closed.
    pub revs: BTreeMap<Room, i64>,
}

/// What became of one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkOutcome {
    /// Which.
    pub room: Room,
    /// Whether it was done.
    pub ok: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorPayload>,
}
