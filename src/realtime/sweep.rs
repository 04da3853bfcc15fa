//! What the passing of time does to connections, in one sweep instead of a timer for each.

use super::hub::Hub;
use crate::clock::Moment;
use crate::protocol::HEARTBEAT_MS;
use crate::protocol::close::CloseCode;

/// Two and a half heartbeats.
const SILENCE_MS: i64 = HEARTBEAT_MS as i64 * 5 / 2;

impl Hub {
    /// Ends silent connections, typing that was not renewed, the lingering of those who left, and
    /// the seats of nodes that are gone.
    pub fn sweep(&self, now: Moment) {
        self.close_where(CloseCode::HeartbeatMissed, |connection| {
            now.since(connection.last_heard()) > SILENCE_MS
        });
        let expired = self.state().roster.expire(now);
        self.publish_changes(expired);
        self.sweep_attention(now);
        self.announce_soon();
    }
}
