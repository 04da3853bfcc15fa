//! A connection's place in the hub.

use std::ops::Deref;
use std::sync::Arc;

use crate::clock;
use crate::realtime::Connection;
use crate::state::AppState;

/// A connection that the hub knows. However the socket's task ends, by a panic or cut off in the
/// middle, the hub then forgets it.
pub(super) struct Seat {
    state: AppState,
    connection: Arc<Connection>,
}

impl Seat {
    /// Of a connection that the hub has just taken.
    pub(super) fn new(state: &AppState, connection: Arc<Connection>) -> Self {
        Self {
            state: state.clone(),
            connection,
        }
    }
}

impl Deref for Seat {
    type Target = Arc<Connection>;

    fn deref(&self) -> &Arc<Connection> {
        &self.connection
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.state.hub.disconnect(&self.connection, clock::moment());
    }
}
