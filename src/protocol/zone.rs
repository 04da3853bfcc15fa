//! The reader's time zone, as the browser tells it: which offset from UTC held when.
//!
//! Where clocks are put forward and back, a time of July read in January has the offset of July.
//! The browser knows its zone's history and the server does not, so it hands on the changes of
//! the last ten years and of the next one, and both write every time alike.

use std::fmt;

use super::Timestamp;

/// Changes that are handed on: two a year, for longer than most chats are kept.
const CHANGES: usize = 24;

/// Changes happen at whole quarters of an hour.
const QUARTER_MS: i64 = 15 * 60_000;

/// How far back and ahead changes are looked for, and how far apart two of them are at least.
const BACK_MS: i64 = 10 * 366 * super::time::DAY_MS;
const AHEAD_MS: i64 = 366 * super::time::DAY_MS;
const STEP_MS: i64 = 7 * super::time::DAY_MS;

/// The offsets of a zone. As text the first offset, then `_from:offset` for each change, in
/// minutes and in quarters of an hour since 1970: `60_1936620:120`, or `420` where none changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Minutes east of UTC before the first change.
    first: i16,
    /// From when which offset holds, in order; what is not used lies at the end of time.
    changes: [(u32, i16); CHANGES],
}

impl Default for Zone {
    fn default() -> Self {
        Self::fixed(0)
    }
}

impl Zone {
    /// So many minutes east of UTC, always.
    pub const fn fixed(minutes: i16) -> Self {
        Self {
            first: minutes,
            changes: [(u32::MAX, 0); CHANGES],
        }
    }

    /// The zone around `now` whose offset at a moment (Unix milliseconds) is `offset_at`.
    pub fn around(now: Timestamp, offset_at: impl Fn(i64) -> i16) -> Self {
        let mut at = (now.0 - BACK_MS).div_euclid(QUARTER_MS) * QUARTER_MS;
        let mut zone = Self::fixed(offset_at(at));
        let (mut offset, mut used) = (zone.first, 0);
        while at < now.0 + AHEAD_MS {
            let next = at + STEP_MS;
            let new = offset_at(next);
            if new != offset {
                let (mut before, mut after) = (at, next);
                while after - before > QUARTER_MS {
                    let middle = before + (after - before) / QUARTER_MS / 2 * QUARTER_MS;
                    if offset_at(middle) == offset {
                        before = middle;
                    } else {
                        after = middle;
                    }
                }
                if used == CHANGES {
                    zone.first = zone.changes[0].1;
                    zone.changes.rotate_left(1);
                    used -= 1;
                }
                let quarter = u32::try_from(after / QUARTER_MS).unwrap_or_default();
                zone.changes[used] = (quarter, new);
                used += 1;
                offset = new;
            }
            at = next;
        }
        zone
    }

    /// The zone of such a text, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        let offset = |text: &str| {
            let minutes = text.parse::<i16>().ok();
            minutes.filter(|minutes| (-1_080..=1_080).contains(minutes))
        };
        let mut parts = text.split('_');
        let mut zone = Self::fixed(offset(parts.next()?)?);
        let mut before = 0;
        for (used, part) in parts.enumerate() {
            let (from, minutes) = part.split_once(':')?;
            let from = from.parse().ok().filter(|from| *from > before)?;
            *zone.changes.get_mut(used)? = (from, offset(minutes)?);
            before = from;
        }
        Some(zone)
    }

    /// The moment as it would be called in UTC if it were what clocks here show.
    pub fn local(&self, at: Timestamp) -> Timestamp {
        let quarter = at.0.div_euclid(QUARTER_MS);
        let changes = self.changes.iter();
        let held = changes.take_while(|(from, _)| i64::from(*from) <= quarter);
        let minutes = held.last().map_or(self.first, |(_, offset)| *offset);
        at.plus_ms(i64::from(minutes) * 60_000)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        for (from, offset) in self.changes {
            if from != u32::MAX {
                write!(f, "_{from}:{offset}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noon of a day, UTC.
    fn noon(day: &str) -> Timestamp {
        format!("{day}T12:00:00.000Z").parse().expect("a time")
    }

    /// Europe's rule: summer time from the last Sunday of March to that of October, at 01:00 UTC.
    fn berlin(ms: i64) -> i16 {
        let year = Timestamp(ms).civil().year;
        let change = |month: &str| {
            let last: Timestamp = format!("{year:04}-{month}-31T01:00:00.000Z")
                .parse()
                .expect("a time");
            let back = i64::from(last.civil().weekday);
            last.plus_ms(-back * super::super::time::DAY_MS).0
        };
        if (change("03")..change("10")).contains(&ms) {
            120
        } else {
            60
        }
    }

    #[test]
    fn a_time_of_july_has_the_offset_of_july_when_it_is_read_in_january() {
        let zone = Zone::around(noon("2026-01-15"), berlin);
        let hour = |at: Timestamp| zone.local(at).civil().hour;
        assert_eq!(hour(noon("2026-01-15")), 13);
        assert_eq!(hour(noon("2025-07-15")), 14);
        assert_eq!(hour(noon("2017-07-15")), 14);
        assert_eq!(hour(noon("2017-12-15")), 13);
        // And the other way round, and ahead.
        let zone = Zone::around(noon("2026-07-15"), berlin);
        assert_eq!(zone.local(noon("2026-01-15")).civil().hour, 13);
        assert_eq!(zone.local(noon("2027-01-15")).civil().hour, 13);
    }

    #[test]
    fn offsets_change_at_their_quarter_of_an_hour() {
        let zone = Zone::around(noon("2026-11-25"), berlin);
        let minute = |time: &str| {
            let local = zone.local(time.parse().expect("a time")).civil();
            (local.hour, local.minute)
        };
        assert_eq!(minute("2026-03-29T00:59:59.999Z"), (1, 59));
        assert_eq!(minute("2026-03-29T01:00:00.000Z"), (3, 0));
        assert_eq!(minute("2026-10-25T00:59:59.999Z"), (2, 59));
        assert_eq!(minute("2026-10-25T01:00:00.000Z"), (2, 0));
    }

    #[test]
    fn the_text_says_it_all_and_nonsense_is_no_zone() {
        let zone = Zone::around(noon("2026-11-25"), berlin);
        let text = zone.to_string();
        assert!(text.len() < 400, "it goes into a cookie: {text}");
        assert_eq!(Zone::parse(&text), Some(zone));
        assert_eq!(Zone::parse("-570"), Some(Zone::fixed(-570)));
        let changes: Vec<String> = (1..=25).map(|n| format!("{n}:1")).collect();
        let many = format!("0_{}", changes.join("_"));
        for text in [
            "",
            "x",
            "60_",
            "60_1",
            "60_5:60_4:0",
            "9999",
            "60_1:9999",
            &many,
        ] {
            assert_eq!(Zone::parse(text), None, "{text}");
        }
        assert_eq!(Zone::default().local(Timestamp(i64::MAX)).0, i64::MAX);
    }
}
