//! The time as the outbox goes through it: both clocks, from when a piece of work began.

use std::time::Instant;

use crate::clock::{self, Moment};
use crate::protocol::Timestamp;

/// Clocks are put right by less all the time.
const NOTICED_MS: i64 = 1_000;

/// When a piece of work began, by both clocks. Until it ends both go on evenly, whoever sets the
/// time of day meanwhile.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time {
    wall: Timestamp,
    moment: Moment,
    began: Instant,
}

impl Time {
    /// As it is.
    pub(super) fn present() -> Self {
        Self::at(clock::now(), clock::moment())
    }

    /// As if it were then.
    pub(super) fn at(wall: Timestamp, moment: Moment) -> Self {
        Self {
            wall,
            moment,
            began: Instant::now(),
        }
    }

    /// The moment when it began.
    pub(super) fn moment_then(self) -> Moment {
        self.moment
    }

    /// Whether the time of day was set back between `earlier` and this.
    pub(super) fn is_set_back_since(self, earlier: Self) -> bool {
        let ahead = |time: Self| time.wall.0.saturating_sub(time.moment.0);
        ahead(self).saturating_add(NOTICED_MS) < ahead(earlier)
    }

    fn passed_ms(self) -> i64 {
        i64::try_from(self.began.elapsed().as_millis()).unwrap_or(0)
    }

    /// The time of day, for what is stored.
    pub(super) fn now(self) -> Timestamp {
        self.wall.plus_ms(self.passed_ms())
    }

    /// The moment, for what is measured.
    pub(super) fn moment(self) -> Moment {
        self.moment.plus_ms(self.passed_ms())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_back_is_noticed_and_one_that_is_put_right_a_little_is_not() {
        let at = |wall: i64, moment: i64| Time::at(Timestamp(wall), Moment(moment));
        let earlier = at(10_000_000, 5_000);
        assert!(!at(10_005_000, 10_000).is_set_back_since(earlier));
        assert!(!at(10_004_500, 10_000).is_set_back_since(earlier));
        assert!(at(6_405_000, 10_000).is_set_back_since(earlier));
        assert!(!at(13_605_000, 10_000).is_set_back_since(earlier));
    }
}
