//! What administrators see of a node's connections.

use serde::{Deserialize, Serialize};

use super::{ConnectionId, ErrorCode, OperatorRef, Timestamp};

/// How a connection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// Heard within the heartbeat and keeps up.
    Live,
    /// A heartbeat is overdue.
    Quiet,
    /// Does not take its events as fast as they come.
    Behind,
    /// Is being closed.
    Closing,
}

/// One open connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenConnection {
    /// Which; the log names it so too.
    pub id: ConnectionId,
    /// Whose.
    pub operator: OperatorRef,
    /// How it does.
    pub state: ConnectionState,
    /// When it was authenticated.
    pub since: Timestamp,
    /// When the client was last heard.
    pub last_heard: Timestamp,
    /// Conversations that it has joined.
    pub rooms: u32,
    /// Events that wait for it.
    pub queued: u32,
    /// How often it came back into a room and asked for what it had missed.
    pub resumes: u32,
    /// The last error that it was answered with.
    pub last_error: Option<ErrorCode>,
}

/// A connection that ended lately.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedConnection {
    /// Which.
    pub id: ConnectionId,
    /// Whose.
    pub operator: OperatorRef,
    /// When it was authenticated.
    pub since: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// The close code; absent when the client went by itself.
    pub code: Option<u16>,
    /// How often it came back into a room and asked for what it had missed.
    pub resumes: u32,
    /// The last error that it was answered with.
    pub last_error: Option<ErrorCode>,
}

/// What came of joining rooms, since the node started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResumeCounts {
    /// Got every message that was missed.
    pub complete: u64,
    /// Had missed too much and started afresh.
    pub too_far: u64,
    /// Had nothing before.
    pub new: u64,
}

/// A node's connections at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeConnections {
    /// The moment.
    pub now: Timestamp,
    /// How many are open.
    pub total: u32,
    /// Conversations that any of them has joined.
    pub rooms: u32,
    /// The open ones, by operator; at most 500.
    pub open: Vec<OpenConnection>,
    /// Those that ended last, newest first; at most 50.
    pub ended: Vec<EndedConnection>,
    /// Since the node started.
    pub resumes: ResumeCounts,
}
