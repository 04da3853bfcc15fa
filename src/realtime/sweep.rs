//! What the passing of time does to connections, in one sweep instead of a timer for each.

use super::hub::{Audience, Hub, Publication};
use crate::protocol::close::CloseCode;
use crate::protocol::{HEARTBEAT_MS, ServerEvent, Timestamp};

/// Two and a half heartbeats.
const SILENCE_MS: i64 = HEARTBEAT_MS as i64 * 5 / 2;

impl Hub {
    /// Ends silent connections, typing that was not renewed, and the lingering of those who left.
    pub fn sweep(&self, now: Timestamp) {
        self.close_where(CloseCode::HeartbeatMissed, |connection| {
            now.since(connection.last_heard()) > SILENCE_MS
        });
        let expired = self.state().roster.expire(now);
        for (room, operator) in expired.stopped_typing {
            self.publish_typing(&room, operator, false, None);
        }
        for (room, operator) in expired.left_rooms {
            self.publish(Publication {
                audience: Audience::Room,
                room: Some(room.clone()),
                rev: None,
                event: ServerEvent::OperatorLeft { room, operator },
                except: None,
            });
        }
        if expired.went_offline {
            self.presence_may_have_changed();
        }
    }
}
