//! How fast timers happen that are due together: fast enough for a thousand in two seconds, and not so
//! fast that what many consoles are told of them stands before what customers write meanwhile.

use std::time::{Duration, Instant};

/// For each timer there is so much time.
const EACH: Duration = Duration::from_micros(1_100);

/// The most that happen together. They are committed together, which counts where a disk is slow.
const MOST: usize = 8;

/// No more than this is made up for after something took longer.
const BEHIND: Duration = Duration::from_millis(10);

/// The pace of one sweep.
pub(super) struct Pace {
    together: usize,
    next: Instant,
}

impl Pace {
    /// From now on.
    pub(super) fn from(now: Instant) -> Self {
        Self {
            together: 1,
            next: now,
        }
    }

    /// How many are to happen next.
    pub(super) fn together(&self) -> usize {
        self.together
    }

    /// So many happened, from then until now; answers for how long to rest.
    pub(super) fn made(&mut self, count: usize, began: Instant, now: Instant) -> Duration {
        let allotted = EACH * u32::try_from(count).unwrap_or(u32::MAX);
        let took = now.saturating_duration_since(began);
        if took > allotted {
            self.together = (self.together * 2).min(MOST);
        } else if took < allotted / 2 {
            self.together = (self.together / 2).max(1);
        }
        let earliest = now.checked_sub(BEHIND).unwrap_or(now);
        self.next = (self.next + allotted).max(earliest);
        self.next.saturating_duration_since(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    /// Makes a thousand, each batch of `n` taking `cost(n)`; answers how long that took, the rests
    /// included, and how many happened together at the end.
    fn thousand(cost: impl Fn(u32) -> Duration) -> (Duration, usize) {
        let began = Instant::now();
        let (mut now, mut pace, mut left) = (began, Pace::from(began), 1_000);
        while left > 0 {
            let count = pace.together().min(left);
            let start = now;
            now += cost(u32::try_from(count).expect("few"));
            now += pace.made(count, start, now);
            left -= count;
        }
        (now - began, pace.together())
    }

    #[test]
    fn a_fast_machine_makes_one_after_the_other_and_rests_in_between() {
        let (took, together) = thousand(|count| MS * 3 / 5 * count);
        assert_eq!(together, 1);
        assert!(took >= 1_090 * MS && took <= 1_100 * MS, "{took:?}");
    }

    #[test]
    fn where_a_commit_is_slow_many_share_it_and_nothing_rests() {
        let (took, together) = thousand(|count| 10 * MS + MS / 2 * count);
        assert_eq!(together, MOST);
        assert!(took < 1_900 * MS, "{took:?}");
    }

    #[test]
    fn what_was_lost_is_not_made_up_for_at_once() {
        let began = Instant::now();
        let mut pace = Pace::from(began);
        let late = began + 60 * 1_000 * MS;
        assert_eq!(pace.made(1, began, late), Duration::ZERO);
        let mut now = late;
        let rests = (0..20).map(|_| {
            let rest = pace.made(1, now, now);
            now += rest;
            rest
        });
        assert!(rests.filter(|rest| !rest.is_zero()).count() >= 10);
    }
}
