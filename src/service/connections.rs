//! This node's connections, for administrators.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::clock;
use crate::metrics;
use crate::protocol::close::CloseCode;
use crate::protocol::connection::{
    ConnectionState, EndedConnection, NodeConnections, OpenConnection, ResumeCounts,
};
use crate::protocol::{HEARTBEAT_MS, Timestamp};
use crate::realtime::{Connection, Hub};

/// Most open ones that are shown.
const OPEN_SHOWN: usize = 500;

/// How many that ended are remembered.
const ENDED_KEPT: usize = 50;

/// From how many waiting events on a connection counts as behind; it is closed at 256.
const BEHIND: usize = 32;

/// Looking at connections; cheap to clone.
#[derive(Clone)]
pub struct Connections {
    hub: Hub,
    /// Newest first. A std mutex: nothing awaits under it.
    ended: Arc<Mutex<VecDeque<EndedConnection>>>,
}

impl Connections {
    /// Of this hub.
    pub fn new(hub: Hub) -> Self {
        Self {
            hub,
            ended: Arc::default(),
        }
    }

    /// Remembers how a connection ended; `None`: the client went by itself.
    pub fn ended(&self, connection: &Connection, code: Option<CloseCode>) {
        let code = code.map(CloseCode::code);
        metrics::closed(code);
        let ended = EndedConnection {
            id: connection.id,
            operator: connection.operator.to_ref(),
            since: connection.since,
            ended: clock::now(),
            code,
            resumes: connection.resumes(),
            last_error: connection.last_error(),
        };
        let mut kept = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        kept.truncate(ENDED_KEPT - 1);
        kept.push_front(ended);
    }

    /// All as it is now.
    pub fn now(&self) -> NodeConnections {
        let now = clock::now();
        let (total, rooms) = self.hub.size();
        let mut connections = self.hub.connections();
        connections.sort_by(|a, b| (&a.operator.name, a.since).cmp(&(&b.operator.name, b.since)));
        connections.truncate(OPEN_SHOWN);
        let open = connections.iter().map(|one| self.open(one, now)).collect();
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let [complete, too_far, new] = metrics::resumes();
        NodeConnections {
            now,
            total: count(total),
            rooms: count(rooms),
            open,
            ended: ended.iter().cloned().collect(),
            resumes: ResumeCounts {
                complete,
                too_far,
                new,
            },
        }
    }

    fn open(&self, connection: &Connection, now: Timestamp) -> OpenConnection {
        let queued = connection.depth();
        let silent_ms = clock::moment().since(connection.last_heard()).max(0);
        // A quarter of a heartbeat is for the way.
        let overdue = silent_ms > i64::from(HEARTBEAT_MS) * 5 / 4;
        let state = match () {
            () if connection.is_closing() => ConnectionState::Closing,
            () if queued >= BEHIND => ConnectionState::Behind,
            () if overdue => ConnectionState::Quiet,
            () => ConnectionState::Live,
        };
        OpenConnection {
            id: connection.id,
            operator: connection.operator.to_ref(),
            state,
            since: connection.since,
            last_heard: now.plus_ms(-silent_ms),
            rooms: count(self.hub.rooms_of(connection).len()),
            queued: count(queued),
            resumes: connection.resumes(),
            last_error: connection.last_error(),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
