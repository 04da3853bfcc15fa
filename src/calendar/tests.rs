//! The calendar against what can be counted by hand or by minutes.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::protocol::hours::{Date, Holiday, OpenSpan, TimeOfDay, Week, Weekday};

const MINUTE_MS: i64 = 60_000;

fn zone(name: &str) -> Zone {
    Zone::named(name).expect("a zone")
}

fn at(text: &str) -> Timestamp {
    format!("{text}:00.000Z").parse().expect("a time")
}

fn time(text: &str) -> TimeOfDay {
    text.parse().expect("a time of day")
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn span(from: &str, to: &str) -> OpenSpan {
    OpenSpan {
        from: time(from),
        to: time(to),
    }
}

/// These spans on every day.
fn daily(spans: &[OpenSpan]) -> Hours {
    let mut hours = Hours::default();
    for day in Weekday::ALL {
        hours.week.day_mut(day).extend(spans);
    }
    hours
}

/// Whether it is open, found in another way than the calendar's: by each span of the days around.
fn is_open(zone: &Zone, hours: &Hours, at: Timestamp) -> bool {
    let today = zone.date(at);
    (-3..=1).any(|days| {
        let (day, next) = (today.plus_days(days), today.plus_days(days + 1));
        hours.on(day).iter().any(|span| {
            let from = zone.instant(day, span.from);
            let end = match (span.to > span.from, hours.holiday(next)) {
                (true, _) => zone.instant(day, span.to),
                (false, Some(_)) => zone.instant(next, TimeOfDay::MIDNIGHT),
                (false, None) => zone.instant(next, span.to),
            };
            span.minutes() > 0 && (from..end).contains(&at)
        })
    })
}

/// The zones in which hours go wrong, and days around what is special there.
const HARD: [(&str, &str); 9] = [
    ("America/Santiago", "2026-09-04"),
    ("America/Santiago", "2027-04-02"),
    ("Africa/Cairo", "2026-04-22"),
    ("Africa/Cairo", "2026-10-28"),
    ("Australia/Lord_Howe", "2026-10-02"),
    ("Australia/Lord_Howe", "2027-04-02"),
    ("Pacific/Apia", "2011-12-28"),
    ("Asia/Bangkok", "2028-02-27"),
    ("America/New_York", "2026-10-30"),
];

fn any_time() -> impl Strategy<Value = TimeOfDay> {
    (
        0_u16..24,
        prop::sample::select(vec![0_u16, 1, 15, 30, 45, 59]),
    )
        .prop_map(|(hour, minute)| time(&format!("{hour:02}:{minute:02}")))
}

fn any_hours(around: Date) -> impl Strategy<Value = Hours> {
    let spans = || {
        let span = (any_time(), any_time()).prop_map(|(from, to)| OpenSpan { from, to });
        prop::collection::vec(span, 0..3)
    };
    let week = prop::collection::vec(spans(), 7);
    let holidays = prop::collection::vec((0_i64..6, spans()), 0..3);
    (week, holidays).prop_map(move |(days, holidays)| {
        let mut week = Week::default();
        for (day, spans) in Weekday::ALL.into_iter().zip(days) {
            *week.day_mut(day) = spans;
        }
        let holiday = |(days, hours)| Holiday {
            date: around.plus_days(days),
            name: "x".to_owned(),
            hours,
        };
        let holidays = holidays.into_iter().map(holiday).collect();
        Hours { week, holidays }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Open time that is added up by minutes is what the targets reckon with.
    #[test]
    fn open_time_by_minutes_is_the_open_time(
        (place, hours) in (0..HARD.len()).prop_flat_map(|place| {
            (Just(place), any_hours(date(HARD[place].1)))
        }),
        start in 0_i64..2 * 1_440,
        minutes in 0_i64..5 * 1_440,
        wanted in 1_i64..1_440,
    ) {
        let (zone, day) = (zone(HARD[place].0), date(HARD[place].1));
        let from = day.midnight().plus_ms(start * MINUTE_MS);
        let calendar = Calendar::new(zone.clone(), Some(hours.clone()));
        let open = |minute: i64| is_open(&zone, &hours, from.plus_ms(minute * MINUTE_MS));
        let sum = (0..minutes).filter(|minute| open(*minute)).count();
        let to = from.plus_ms(minutes * MINUTE_MS);
        let sum = i64::try_from(sum).expect("few") * MINUTE_MS;
        prop_assert_eq!(calendar.open_ms(from, to), sum);
        // The moment at which so much was open is the first at which so much was open.
        if let Some(then) = calendar.after_open(from, wanted * MINUTE_MS) {
            prop_assert_eq!(calendar.open_ms(from, then), wanted * MINUTE_MS);
            prop_assert_eq!(calendar.open_ms(from, then.plus_ms(-1)), wanted * MINUTE_MS - 1);
        }
        prop_assert_eq!(calendar.open_at(to), is_open(&zone, &hours, to));
        if let Some(next) = calendar.next_opening(from) {
            prop_assert!(next >= from && is_open(&zone, &hours, next));
            prop_assert_eq!(calendar.open_ms(from, next), 0);
        }
        if let Some(end) = calendar.next_closing(from) {
            prop_assert!(end >= from && !is_open(&zone, &hours, end));
            prop_assert_eq!(calendar.open_ms(from, end), end.since(from));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// With pauses, minutes that are open and not in a pause are what counts.
    #[test]
    fn open_time_by_minutes_but_for_pauses_is_what_targets_reckon_with(
        (place, hours) in (0..HARD.len()).prop_flat_map(|place| {
            (Just(place), any_hours(date(HARD[place].1)))
        }),
        start in 0_i64..2 * 1_440,
        wanted in 1_i64..1_440,
        pauses in prop::collection::vec((-600_i64..3_000, 0_i64..1_500), 0..3),
    ) {
        let (zone, day) = (zone(HARD[place].0), date(HARD[place].1));
        let from = day.midnight().plus_ms(start * MINUTE_MS);
        let minute = |minute: i64| from.plus_ms(minute * MINUTE_MS);
        let pauses = pauses.into_iter().map(|(begin, length)| Stretch {
            from: minute(begin),
            to: minute(begin + length),
        });
        let mut pauses: Vec<Stretch> = pauses.collect();
        pauses.sort_by_key(|pause| pause.from);
        let calendar = Calendar::new(zone.clone(), Some(hours.clone()));
        let due = calendar.after_open_but(from, wanted * MINUTE_MS, &pauses);
        let counts = |at: Timestamp| {
            let is_in = |pause: &Stretch| (pause.from..pause.to).contains(&at);
            !pauses.iter().any(is_in) && is_open(&zone, &hours, at)
        };
        if let Some(due) = due.filter(|due| due.since(from) < 20 * 1_440 * MINUTE_MS) {
            let minutes = due.since(from) / MINUTE_MS;
            prop_assert_eq!(due, minute(minutes));
            let sum = (0..minutes).filter(|at| counts(minute(*at))).count();
            prop_assert_eq!(i64::try_from(sum).expect("few"), wanted);
            prop_assert!(counts(minute(minutes - 1)), "the first such moment");
        }
    }
}

#[test]
fn every_change_of_every_zone_goes_through_the_one_function() {
    let (from, to) = (at("1972-01-01T00:00"), at("2038-01-01T00:00"));
    let mut seen = HashSet::new();
    for name in Zone::names() {
        let zone = zone(&name);
        let all = zone.changes(from, to);
        // Many names are those of one zone.
        let offsets = all.iter().map(|change| (*change, zone.local(*change)));
        if !seen.insert(offsets.collect::<Vec<_>>()) {
            continue;
        }
        for change in &all {
            let day = zone.date(*change);
            let mut before = zone.instant(day.plus_days(-1), time("23:30"));
            for half in 0..48_u8 {
                let (hour, minute) = (half / 2, half % 2 * 30);
                let time = time(&format!("{hour:02}:{minute:02}"));
                let moment = zone.instant(day, time);
                assert!(moment >= before, "{name} {day} {time}");
                // It is shown at that moment, unless it is left out.
                let shown = zone.civil(moment);
                let is_shown = (shown.hour, shown.minute) == (hour, minute);
                assert!(is_shown || all.contains(&moment), "{name} {day} {time}");
                before = moment;
            }
        }
    }
    assert!(seen.len() > 200, "{}", seen.len());
}

#[test]
fn a_time_that_is_left_out_is_the_change_and_one_that_comes_twice_its_first() {
    for (name, day, clock, moment) in [
        // Clocks are put forward at midnight, so that the day begins at 1.
        (
            "America/Santiago",
            "2026-09-06",
            "00:00",
            "2026-09-06T04:00",
        ),
        (
            "America/Santiago",
            "2026-09-06",
            "00:30",
            "2026-09-06T04:00",
        ),
        (
            "America/Santiago",
            "2026-09-06",
            "01:00",
            "2026-09-06T04:00",
        ),
        ("Africa/Cairo", "2026-04-24", "00:15", "2026-04-23T22:00"),
        // By half an hour.
        (
            "Australia/Lord_Howe",
            "2026-10-04",
            "02:15",
            "2026-10-03T15:30",
        ),
        (
            "Australia/Lord_Howe",
            "2027-04-04",
            "01:45",
            "2027-04-03T14:45",
        ),
        // A day that there was not.
        ("Pacific/Apia", "2011-12-30", "09:00", "2011-12-30T10:00"),
        (
            "America/New_York",
            "2026-11-01",
            "01:30",
            "2026-11-01T05:30",
        ),
        (
            "America/Indiana/Winamac",
            "2007-03-11",
            "02:00",
            "2007-03-11T08:00",
        ),
        ("America/Nuuk", "2023-10-28", "23:00", "2023-10-29T01:00"),
        ("Asia/Bangkok", "2026-11-27", "09:00", "2026-11-27T02:00"),
    ] {
        let moment = at(moment);
        assert_eq!(
            zone(name).instant(date(day), time(clock)),
            moment,
            "{name} {day} {clock}"
        );
    }
}

#[test]
fn opening_hours_stay_what_they_are_when_clocks_change() {
    let calendar = Calendar::new(
        zone("Europe/Berlin"),
        Some(daily(&[span("09:00", "18:00")])),
    );
    for (now, opens) in [
        ("2026-10-24T20:00", "2026-10-25T08:00"),
        ("2026-10-23T20:00", "2026-10-24T07:00"),
        ("2027-03-27T20:00", "2027-03-28T07:00"),
    ] {
        assert_eq!(calendar.next_opening(at(now)), Some(at(opens)), "{now}");
    }
    // 9 hours on each of three days, whatever night lies between.
    let hours = calendar.open_ms(at("2026-10-23T20:00"), at("2026-10-26T20:00")) / 3_600_000;
    assert_eq!(hours, 27);
}

#[test]
fn a_night_ends_at_the_midnight_of_a_holiday() {
    let mut hours = daily(&[span("22:00", "02:00")]);
    hours.holidays.push(Holiday {
        date: date("2026-12-05"),
        name: "วันพ่อแห่งชาติ".to_owned(),
        hours: Vec::new(),
    });
    let calendar = Calendar::new(zone("Asia/Bangkok"), Some(hours));
    // 7 hours ahead of UTC.
    assert!(calendar.open_at(at("2026-12-04T16:59")));
    assert!(!calendar.open_at(at("2026-12-04T17:00")));
    assert_eq!(
        calendar.next_closing(at("2026-12-04T16:00")),
        Some(at("2026-12-04T17:00"))
    );
    assert_eq!(
        calendar.next_opening(at("2026-12-04T17:00")),
        Some(at("2026-12-06T15:00"))
    );
    // And an ordinary night goes on.
    assert!(calendar.open_at(at("2026-12-03T18:59")));
    assert_eq!(
        calendar.next_closing(at("2026-12-03T17:00")),
        Some(at("2026-12-03T19:00"))
    );
}

#[test]
fn nothing_opens_where_nothing_is_open_and_always_is_always() {
    let never = Calendar::new(Zone::utc(), Some(Hours::default()));
    let now = at("2026-11-27T02:00");
    assert_eq!(
        (never.next_opening(now), never.after_open(now, 1)),
        (None, None)
    );
    assert!(!never.open_at(now));
    assert_eq!(never.after_open(now, 0), Some(now));
    let whole_week = Hours {
        week: Week::always(),
        holidays: Vec::new(),
    };
    for calendar in [
        Calendar::new(Zone::utc(), None),
        Calendar::new(Zone::utc(), Some(whole_week)),
    ] {
        assert!(calendar.open_at(now));
        assert_eq!(calendar.next_opening(now), Some(now));
        assert_eq!(calendar.next_closing(now), None);
        assert_eq!(calendar.open_ms(now, now.plus_ms(90_000)), 90_000);
        assert_eq!(calendar.after_open(now, 90_000), Some(now.plus_ms(90_000)));
    }
}

#[test]
fn the_29th_of_february_is_a_day_like_others() {
    let mut hours = Hours::default();
    hours.week.tue.push(span("09:00", "18:00"));
    let calendar = Calendar::new(zone("Asia/Tokyo"), Some(hours));
    let opens = calendar.next_opening(at("2028-02-27T00:00"));
    assert_eq!(opens, Some(at("2028-02-29T00:00")));
}

#[test]
fn zones_have_the_names_that_iana_gives_them() {
    assert_eq!(zone("asia/bangkok").name(), "Asia/Bangkok");
    assert_eq!(
        zone("UTC").local(at("2026-01-01T00:00")),
        at("2026-01-01T00:00")
    );
    for name in ["", "Asia/Atlantis", "+07:00", "../etc/passwd"] {
        assert_eq!(Zone::named(name), Err(UnknownZone), "{name}");
    }
    let names = Zone::names();
    assert!(names.len() > 400 && names.is_sorted());
    let out = zone("Asia/Bangkok").instant(date("0001-01-01"), TimeOfDay::MIDNIGHT);
    assert!(out < at("1900-01-01T00:00"));
    assert!(zone("Pacific/Apia").date(Timestamp(i64::MAX)).year() >= 9_000);
}
