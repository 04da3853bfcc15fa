//! The open stretches of a calendar, one after the other.

use std::collections::VecDeque;

use super::zone::Zone;
use super::{HORIZON_DAYS, Stretch};
use crate::protocol::Timestamp;
use crate::protocol::hours::{Date, Hours, OpenSpan, TimeOfDay};

/// A span may have begun on the day before; and where a day was left out of the calendar, the day
/// before that one is the one before.
const BEFORE_DAYS: i64 = 3;

/// Walks day by day. No two stretches share a moment, but one may begin where another ends.
pub(super) struct Stretches<'a> {
    zone: &'a Zone,
    hours: &'a Hours,
    /// What comes ends later than here.
    after: Timestamp,
    /// Up to where stretches were found.
    until: Timestamp,
    /// The day whose spans come next.
    day: Date,
    /// Those of the days before it.
    found: VecDeque<Stretch>,
    /// Days that have brought nothing since something was found.
    idle: u32,
}

impl<'a> Stretches<'a> {
    /// Those that end after this moment, the first of which may have begun before.
    pub(super) fn after(zone: &'a Zone, hours: &'a Hours, after: Timestamp) -> Self {
        Self {
            zone,
            hours,
            after,
            until: Timestamp::FIRST,
            day: zone.date(after).plus_days(-BEFORE_DAYS),
            found: VecDeque::new(),
            idle: 0,
        }
    }

    /// A span of this day in absolute time; what runs into a holiday ends at its midnight.
    fn stretch(&self, day: Date, span: OpenSpan) -> Option<Stretch> {
        let next = day.plus_days(1);
        let from = self.zone.instant(day, span.from);
        let to = if span.to > span.from {
            self.zone.instant(day, span.to)
        } else if self.hours.holiday(next).is_some() {
            self.zone.instant(next, TimeOfDay::MIDNIGHT)
        } else {
            self.zone.instant(next, span.to)
        };
        (span.minutes() > 0 && to > from).then_some(Stretch { from, to })
    }

    /// Takes up the spans of one more day. They begin no earlier than those of the days before:
    /// a later local time is never an earlier moment.
    fn take_day(&mut self) {
        let day = self.day;
        let spans = self.hours.on(day).iter();
        let mut all: Vec<Stretch> = spans.filter_map(|span| self.stretch(day, *span)).collect();
        all.sort_by_key(|stretch| stretch.from);
        self.idle += 1;
        for stretch in all {
            if stretch.to <= self.after {
                continue;
            }
            let from = stretch.from.max(self.until);
            if stretch.to > from {
                self.found.push_back(Stretch { from, ..stretch });
                self.until = stretch.to;
                self.idle = 0;
            }
        }
        self.day = day.plus_days(1);
    }
}

impl Iterator for Stretches<'_> {
    type Item = Stretch;

    fn next(&mut self) -> Option<Stretch> {
        while self.found.is_empty() && self.idle <= HORIZON_DAYS {
            let day = self.day;
            self.take_day();
            // The end of time.
            if self.day == day {
                break;
            }
        }
        self.found.pop_front()
    }
}
