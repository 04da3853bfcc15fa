//! Times, dates and durations as people read them, in their own zone.

use super::{Texts, fill};
use crate::protocol::time::{Civil, DAY_MS};
use crate::protocol::{Timestamp, Zone};

/// The moment as calendar and clock show it in the zone.
fn civil(zone: Zone, at: Timestamp) -> Civil {
    zone.local(at).civil()
}

/// The number of the day in the zone, for comparing days.
pub(crate) fn day(zone: Zone, at: Timestamp) -> i64 {
    zone.local(at).0.div_euclid(DAY_MS)
}

/// `14:05`.
pub(crate) fn clock(at: Timestamp, zone: Zone) -> String {
    let c = civil(zone, at);
    format!("{:02}:{:02}", c.hour, c.minute)
}

/// `3 Nov`, with the year when it is not this one.
fn date(texts: &Texts, at: Timestamp, now: Timestamp, zone: Zone) -> String {
    let c = civil(zone, at);
    let month = texts.months_short[usize::from(c.month - 1)];
    if c.year == civil(zone, now).year {
        format!("{} {month}", c.day)
    } else {
        format!("{} {month} {}", c.day, c.year + texts.year_offset)
    }
}

/// As a list shows it: the time today, then `Yesterday`, a weekday, a date.
pub(crate) fn short(texts: &Texts, at: Timestamp, now: Timestamp, zone: Zone) -> String {
    match day(zone, now) - day(zone, at) {
        ..=0 => clock(at, zone),
        1 => texts.yesterday.to_owned(),
        2..=6 => texts.weekdays[usize::from(civil(zone, at).weekday)].to_owned(),
        _ => date(texts, at, now, zone),
    }
}

/// The head of a day: `Today, Monday 23 November`.
pub(crate) fn day_head(texts: &Texts, at: Timestamp, now: Timestamp, zone: Zone) -> String {
    let c = civil(zone, at);
    let weekday = texts.weekdays[usize::from(c.weekday)];
    let number = c.day.to_string();
    let month = texts.months[usize::from(c.month - 1)];
    let named = fill(texts.day_other, &[weekday, &number, month]);
    match day(zone, now) - day(zone, at) {
        0 => fill(texts.day_today, &[&named]),
        1 => fill(texts.day_yesterday, &[&named]),
        _ if c.year == civil(zone, now).year => named,
        _ => format!("{named} {}", c.year + texts.year_offset),
    }
}

/// Date and time, to the minute, for a title.
pub(crate) fn full(texts: &Texts, at: Timestamp, zone: Zone) -> String {
    let c = civil(zone, at);
    format!(
        "{} {} {} {:02}:{:02}:{:02}",
        c.day,
        texts.months_short[usize::from(c.month - 1)],
        c.year + texts.year_offset,
        c.hour,
        c.minute,
        c.second
    )
}

/// A wait as `3:12`, `1:04:09`, or `2 d`.
pub(crate) fn wait(texts: &Texts, ms: i64) -> String {
    let seconds = ms.max(0) / 1_000;
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours >= 24 {
        fill(texts.days, &[&(hours / 24).to_string()])
    } else if hours > 0 {
        format!("{hours}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes}:{rest:02}")
    }
}

/// A length in words: `18 min`, `2 h 5 min`.
pub(crate) fn length(texts: &Texts, ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    match minutes {
        0 => texts.under_minute.to_owned(),
        1..60 => fill(texts.minutes, &[&minutes.to_string()]),
        60..1440 => fill(
            texts.hours,
            &[&(minutes / 60).to_string(), &(minutes % 60).to_string()],
        ),
        _ => fill(texts.days, &[&(minutes / 1440).to_string()]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Lang;
    use super::*;

    /// 2026-11-23T07:33:00Z, a Monday; 14:33 in Bangkok.
    const NOW: Timestamp = Timestamp(1_795_419_180_000);
    const BANGKOK: Zone = Zone::fixed(420);

    #[test]
    fn list_times_grow_coarser_with_age() {
        let en = Lang::En.texts();
        let at = |hours: i64| short(en, NOW.plus_ms(-hours * 3_600_000), NOW, BANGKOK);
        assert_eq!(at(0), "14:33");
        assert_eq!(at(20), "Yesterday");
        assert_eq!(at(72), "Friday");
        assert_eq!(at(24 * 20), "3 Nov");
        assert_eq!(at(24 * 400), "19 Oct 2025");
    }

    #[test]
    fn a_summer_chat_has_its_summer_times_in_winter() {
        let en = Lang::En.texts();
        // Two hours east until 2026-10-25T01:00:00Z, one hour since.
        let berlin = Zone::parse("120_1992100:60").expect("a zone");
        let july: Timestamp = "2026-07-10T22:30:00.000Z".parse().expect("a time");
        assert_eq!(clock(july, berlin), "00:30");
        assert_eq!(full(en, july, berlin), "11 Jul 2026 00:30:00");
        assert_eq!(short(en, july, NOW, berlin), "11 Jul");
        assert_eq!(day_head(en, july, NOW, berlin), "Saturday 11 July");
        assert_eq!(clock(NOW, berlin), "08:33");
        // A night of 25 hours is one night.
        let late: Timestamp = "2026-10-24T22:30:00.000Z".parse().expect("a time");
        assert_eq!(day(berlin, late.plus_ms(DAY_MS)) - day(berlin, late), 0);
    }

    #[test]
    fn day_heads_name_the_day_in_both_languages() {
        assert_eq!(
            day_head(Lang::En.texts(), NOW, NOW, BANGKOK),
            "Today, Monday 23 November"
        );
        assert_eq!(
            day_head(Lang::Th.texts(), NOW.plus_ms(-DAY_MS), NOW, BANGKOK),
            "เมื่อวาน วันอาทิตย์ที่ 22 พฤศจิกายน"
        );
    }

    #[test]
    fn waits_read_as_minutes_and_seconds() {
        let en = Lang::En.texts();
        assert_eq!(wait(en, 192_000), "3:12");
        assert_eq!(wait(en, 3_849_000), "1:04:09");
        assert_eq!(wait(en, 3 * DAY_MS), "3 d");
        assert_eq!(wait(en, -5), "0:00");
    }
}
