//! Where a message stands that LINE dates by its clock, among messages that we date by ours.
//!
//! Customers' messages are in the order of LINE's times, and where those are equal of their
//! arrival. Against our own they are in the order of arrival, since the clocks differ; unless one
//! is late, which tells that it was written long before.

use super::chat::Chat;
use crate::db::{Conn, DbError};
use crate::protocol::Timestamp;

/// An event is late that comes so long after it happened.
const LATE_MS: i64 = 60 * 1_000;

impl Chat<'_> {
    /// Where a message of the event stands.
    pub(super) async fn place(&self, conn: &mut Conn<'_>) -> Result<Timestamp, DbError> {
        let times = self.contact.times;
        let place = self.place_behind_ours();
        if self.at >= times.heard {
            return Ok(place.max(times.heard_place));
        }
        let conversation = self.contact.conversation_id;
        let (earlier, later) = conn.places_around(conversation, self.at).await?;
        let place = place.max(earlier.unwrap_or(place));
        Ok(place.min(later.unwrap_or(place)))
    }

    /// Behind all our own messages, or at the event's time where it is late.
    fn place_behind_ours(&self) -> Timestamp {
        if self.now.since(self.at) > LATE_MS {
            self.at
        } else {
            self.at.max(self.contact.times.own.plus_ms(1))
        }
    }

    /// Whether the event happened after all that told who holds the chat.
    pub(super) fn is_newest_of_mode(&self) -> bool {
        self.at >= self.contact.times.standby.max(self.contact.times.heard)
    }

    /// Whether the event happened after all that told whether messages arrive; of those that tell
    /// it by themselves, or also of the customer's words.
    pub(super) fn is_newest_of_block(&self, with_words: bool) -> bool {
        let times = self.contact.times;
        self.at >= times.blocked && (!with_words || self.at >= times.heard)
    }
}
