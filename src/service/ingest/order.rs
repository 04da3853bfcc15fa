//! Where a message stands that LINE dates by its clock, among messages that we date by ours.
//!
//! Customers' messages are in the order of LINE's times, and where those are equal of their
//! arrival. Against our own they are in the order of arrival, since the clocks differ; unless one
//! is late, which tells that it was written long before.

use super::chat::Chat;
use crate::db::{Conn, DbError};
use crate::protocol::Timestamp;

/// The day that LINE began: nothing happened on it before.
const LINE_BEGAN: Timestamp = Timestamp(1_308_787_200_000);

/// How far LINE's clock may be ahead of ours.
const AHEAD_MS: i64 = 5 * 60 * 1_000;

/// An event is late that comes so long after it happened.
const LATE_MS: i64 = 60 * 1_000;

/// When an event happened: at LINE's time, if that can be, or else when it came; and that was after
/// the `latest` of its chat, even if our clock has been set back since.
pub(super) fn happened(timestamp: Option<i64>, now: Timestamp, latest: Timestamp) -> Timestamp {
    let believable = LINE_BEGAN..=now.plus_ms(AHEAD_MS);
    timestamp
        .map(Timestamp)
        .filter(|at| believable.contains(at))
        .unwrap_or(now.max(latest.plus_ms(1)))
}

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp(1_795_600_000_000);

    #[test]
    fn a_time_that_cannot_be_is_the_time_of_arrival() {
        let ahead = NOW.0 + AHEAD_MS;
        for (said, taken) in [
            (NOW.0 - 5, NOW.0 - 5),
            (ahead, ahead),
            (ahead + 1, NOW.0),
            (LINE_BEGAN.0, LINE_BEGAN.0),
            (LINE_BEGAN.0 - 1, NOW.0),
            (1_000_000_000_000_000, NOW.0),
            (i64::MIN, NOW.0),
            (i64::MAX, NOW.0),
        ] {
            assert_eq!(
                happened(Some(said), NOW, LINE_BEGAN),
                Timestamp(taken),
                "{said}"
            );
        }
        assert_eq!(happened(None, NOW, LINE_BEGAN), NOW);
    }

    #[test]
    fn what_comes_after_a_step_back_of_our_clock_comes_after_what_was_there() {
        let heard = NOW.plus_ms(3_600_000);
        assert_eq!(happened(Some(heard.0 + 5), NOW, heard), heard.plus_ms(1));
        assert_eq!(happened(None, NOW, heard), heard.plus_ms(1));
    }

    proptest! {
        #[test]
        fn what_is_taken_for_the_time_can_be(said in any::<i64>()) {
            let at = happened(Some(said), NOW, LINE_BEGAN);
            prop_assert!(at >= LINE_BEGAN && at <= NOW.plus_ms(AHEAD_MS));
        }
    }
}
