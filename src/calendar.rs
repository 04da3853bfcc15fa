//! When a LINE account is open: local hours of a zone as stretches of absolute time.
//!
//! A leaf without a clock: whoever asks says when. Hours are local times, so that they stay what
//! they are when clocks are put forward or back; [`Zone::instant`] is the one place in which a
//! local time becomes a moment.

pub mod public_holidays;
mod stretches;
#[cfg(test)]
mod tests;
mod zone;

use self::stretches::Stretches;
pub use self::zone::{UnknownZone, Zone};
use crate::protocol::Timestamp;
use crate::protocol::hours::Hours;
use crate::protocol::time::DAY_MS;

/// How many days without any opening are looked through before it is said that there is none.
const HORIZON_DAYS: u32 = 400;

/// The same in milliseconds.
const LONGEST_MS: i64 = HORIZON_DAYS as i64 * DAY_MS;

/// A stretch of time, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub to: Timestamp,
}

/// When it is open.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: Zone,
    /// Absent: always.
    hours: Option<Hours>,
}

impl Calendar {
    /// Of these hours in this zone; without any it is always open.
    pub fn new(zone: Zone, hours: Option<Hours>) -> Self {
        Self { zone, hours }
    }

    /// Where its local times are.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Whether it is open at this moment.
    pub fn open_at(&self, at: Timestamp) -> bool {
        let Some(hours) = &self.hours else {
            return true;
        };
        let next = Stretches::after(&self.zone, hours, at).next();
        next.is_some_and(|stretch| stretch.from <= at)
    }

    /// When it opens next: `at`, where it is open then; nothing where it does not open in more
    /// than a year.
    pub fn next_opening(&self, at: Timestamp) -> Option<Timestamp> {
        let Some(hours) = &self.hours else {
            return Some(at);
        };
        let next = Stretches::after(&self.zone, hours, at).next()?;
        Some(next.from.max(at))
    }

    /// When it closes next: `at`, where it is closed then; nothing where it stays open for more
    /// than a year.
    pub fn next_closing(&self, at: Timestamp) -> Option<Timestamp> {
        let hours = self.hours.as_ref()?;
        let mut end = at;
        for stretch in Stretches::after(&self.zone, hours, at) {
            if stretch.from > end {
                break;
            }
            end = stretch.to;
            if end.since(at) > LONGEST_MS {
                return None;
            }
        }
        Some(end)
    }

    /// Milliseconds that are open between two moments; 0 where the second is not after the first.
    pub fn open_ms(&self, from: Timestamp, to: Timestamp) -> i64 {
        let Some(hours) = &self.hours else {
            return to.since(from).max(0);
        };
        let mut sum = 0_i64;
        for stretch in Stretches::after(&self.zone, hours, from) {
            if stretch.from >= to {
                break;
            }
            let part = stretch.to.min(to).since(stretch.from.max(from));
            sum = sum.saturating_add(part.max(0));
        }
        sum
    }

    /// The moment at which so many milliseconds since `from` were open; nothing where that many
    /// never come. At 0 it is `from`, whether open or not.
    pub fn after_open(&self, from: Timestamp, ms: i64) -> Option<Timestamp> {
        let Some(hours) = &self.hours else {
            return Some(from.plus_ms(ms.max(0)));
        };
        let mut left = ms;
        if left <= 0 {
            return Some(from);
        }
        for stretch in Stretches::after(&self.zone, hours, from) {
            let begin = stretch.from.max(from);
            let part = stretch.to.since(begin);
            if part >= left {
                return Some(begin.plus_ms(left));
            }
            left -= part.max(0);
        }
        None
    }

    /// As [`Calendar::after_open`], where nothing counts in these pauses. They are in order, may
    /// overlap, and may begin before `from`.
    pub fn after_open_but(
        &self,
        from: Timestamp,
        ms: i64,
        pauses: &[Stretch],
    ) -> Option<Timestamp> {
        let (mut begin, mut left) = (from, ms.max(0));
        for pause in pauses {
            let before = self.open_ms(begin, pause.from);
            if before >= left {
                break;
            }
            left -= before;
            begin = begin.max(pause.to);
        }
        self.after_open(begin, left)
    }
}
