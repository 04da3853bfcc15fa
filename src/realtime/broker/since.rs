//! Since when something may have been missed, whoever sets the time of day meanwhile.

use crate::clock::{self, Moment};
use crate::protocol::Timestamp;

/// A beginning, by both clocks: by the time of day as it was then and by how long ago it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Since {
    wall: Timestamp,
    moment: Moment,
}

impl Since {
    /// From now on.
    pub(super) fn now() -> Self {
        Self {
            wall: clock::now(),
            moment: clock::moment(),
        }
    }

    /// So much earlier.
    pub(super) fn earlier_by(self, ms: i64) -> Self {
        Self {
            wall: self.wall.plus_ms(-ms),
            moment: self.moment.plus_ms(-ms),
        }
    }

    /// The earlier of both.
    pub(super) fn or_earlier(self, other: Self) -> Self {
        Self {
            wall: self.wall.min(other.wall),
            moment: self.moment.min(other.moment),
        }
    }

    /// As it is looked up in the store, whose rows hold the time of day.
    pub(super) fn told(self) -> Timestamp {
        self.told_at(clock::now(), clock::moment())
    }

    /// Rows that were written after the clock was set back lie before the time that was noted.
    fn told_at(self, now: Timestamp, moment: Moment) -> Timestamp {
        self.wall.min(now.plus_ms(-moment.since(self.moment)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_while_a_clock_is_set_either_way_is_looked_for() {
        let since = Since {
            wall: Timestamp(10_000_000),
            moment: Moment(5_000),
        };
        let after_a_minute = Moment(65_000);
        let told = |now: i64| since.told_at(Timestamp(now), after_a_minute);
        assert_eq!(told(10_060_000), Timestamp(10_000_000));
        assert_eq!(told(6_460_000), Timestamp(6_400_000), "set back an hour");
        assert_eq!(told(13_660_000), Timestamp(10_000_000), "set on an hour");
    }
}
