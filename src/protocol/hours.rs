//! Business hours as the team writes them: local times of a week, and days that are otherwise.
//!
//! They bear no offset from UTC: which moment a local time is, the calendar says for the team's zone.

mod date;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use self::date::{Date, NotADate};
use super::Timestamp;

/// Whether a LINE account is open now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountOpening {
    /// Which account, by its name.
    pub channel: String,
    /// Whether it is.
    pub open: bool,
    /// Until when that is so; absent: for more than a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// A time of day on the clock of the team's zone, to the minute.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(into = "String", try_from = "String")]
pub struct TimeOfDay(u16);

/// The text is no time of day such as `09:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time of day is written as 09:00")]
pub struct NotATime;

impl TimeOfDay {
    /// The day's first minute, and as an end its last.
    pub const MIDNIGHT: Self = Self(0);

    /// Minutes since midnight, below [`DAY_MINUTES`].
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

/// Minutes of a day on which no clock is changed.
pub const DAY_MINUTES: u16 = 24 * 60;

impl FromStr for TimeOfDay {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let (hour, minute) = text.split_once(':').ok_or(NotATime)?;
        let number = |digits: &str, below: u16| {
            let two = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            let number = two.then(|| digits.parse::<u16>().ok()).flatten();
            number.filter(|number| *number < below).ok_or(NotATime)
        };
        Ok(Self(number(hour, 24)? * 60 + number(minute, 60)?))
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = NotATime;

    fn try_from(text: String) -> Result<Self, NotATime> {
        text.parse()
    }
}

/// From a time of day to another one. An end that is not after the beginning is on the next day;
/// from midnight to midnight is a whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenSpan {
    /// The first minute that is open.
    pub from: TimeOfDay,
    /// The first minute that is closed again.
    pub to: TimeOfDay,
}

impl OpenSpan {
    /// Minutes on a day on which no clock is changed; 0 where beginning and end are one and not
    /// midnight, which says nothing.
    pub const fn minutes(self) -> u16 {
        let (from, to) = (self.from.0, self.to.0);
        if to > from {
            to - from
        } else if to < from || from == 0 {
            DAY_MINUTES - from + to
        } else {
            0
        }
    }

    /// Whether it ends on the next day, later than at its first minute.
    pub const fn is_across_midnight(self) -> bool {
        self.to.0 > 0 && self.to.0 <= self.from.0
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Monday.
    #[default]
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// From Monday on.
    pub const ALL: [Self; 7] = [
        Self::Mon,
        Self::Tue,
        Self::Wed,
        Self::Thu,
        Self::Fri,
        Self::Sat,
        Self::Sun,
    ];

    /// As settings name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mon => "mon",
            Self::Tue => "tue",
            Self::Wed => "wed",
            Self::Thu => "thu",
            Self::Fri => "fri",
            Self::Sat => "sat",
            Self::Sun => "sun",
        }
    }

    /// The day of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.name() == name)
    }

    /// Days since Monday.
    pub const fn since_monday(self) -> usize {
        self as usize
    }

    /// All seven in order, this one first.
    pub fn week(self) -> impl Iterator<Item = Self> {
        let all = Self::ALL.into_iter().cycle();
        all.skip(self.since_monday()).take(7)
    }
}

/// When it is open on which day of the week; a day without spans is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Week {
    /// On Mondays.
    pub mon: Vec<OpenSpan>,
    /// On Tuesdays.
    pub tue: Vec<OpenSpan>,
    /// On Wednesdays.
    pub wed: Vec<OpenSpan>,
    /// On Thursdays.
    pub thu: Vec<OpenSpan>,
    /// On Fridays.
    pub fri: Vec<OpenSpan>,
    /// On Saturdays.
    pub sat: Vec<OpenSpan>,
    /// On Sundays.
    pub sun: Vec<OpenSpan>,
}

impl Week {
    /// Open at any time.
    pub fn always() -> Self {
        let mut week = Self::default();
        for day in Weekday::ALL {
            week.day_mut(day).push(OpenSpan {
                from: TimeOfDay::MIDNIGHT,
                to: TimeOfDay::MIDNIGHT,
            });
        }
        week
    }

    /// The spans that begin on this day.
    pub fn day(&self, day: Weekday) -> &[OpenSpan] {
        match day {
            Weekday::Mon => &self.mon,
            Weekday::Tue => &self.tue,
            Weekday::Wed => &self.wed,
            Weekday::Thu => &self.thu,
            Weekday::Fri => &self.fri,
            Weekday::Sat => &self.sat,
            Weekday::Sun => &self.sun,
        }
    }

    /// As [`Week::day`], to change them.
    pub fn day_mut(&mut self, day: Weekday) -> &mut Vec<OpenSpan> {
        match day {
            Weekday::Mon => &mut self.mon,
            Weekday::Tue => &mut self.tue,
            Weekday::Wed => &mut self.wed,
            Weekday::Thu => &mut self.thu,
            Weekday::Fri => &mut self.fri,
            Weekday::Sat => &mut self.sat,
            Weekday::Sun => &mut self.sun,
        }
    }
}

/// A day that takes the place of the week's hours, also of those that run past midnight into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Which.
    pub date: Date,
    /// What it is called.
    pub name: String,
    /// When it is open all the same; absent: never.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<OpenSpan>,
}

/// The hours of a LINE account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Of weeks as any.
    pub week: Week,
    /// Days that are otherwise, by their dates.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
}

impl Hours {
    /// The holiday on this date.
    pub fn holiday(&self, date: Date) -> Option<&Holiday> {
        self.holidays.iter().find(|holiday| holiday.date == date)
    }

    /// The spans that begin on this date.
    pub fn on(&self, date: Date) -> &[OpenSpan] {
        match self.holiday(date) {
            Some(holiday) => &holiday.hours,
            None => self.week.day(date.weekday()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_written_as_the_contract_writes_them() {
        let text = r#"{"week":{"mon":[{"from":"09:00","to":"18:00"}],"tue":[],"wed":[],"thu":[],"fri":[{"from":"22:00","to":"02:00"}],"sat":[],"sun":[]},"holidays":[{"date":"2026-12-05","name":"วันพ่อแห่งชาติ"},{"date":"2026-12-31","name":"x","hours":[{"from":"09:00","to":"12:00"}]}]}"#;
        let hours: Hours = serde_json::from_str(text).expect("hours");
        assert_eq!(serde_json::to_string(&hours).expect("JSON"), text);
        let saturday: Date = "2026-12-05".parse().expect("a date");
        assert_eq!(saturday.weekday(), Weekday::Sat);
        assert!(hours.on(saturday).is_empty());
        assert_eq!(hours.on("2026-12-31".parse().expect("a date")).len(), 1);
        let some: Hours = serde_json::from_str(r#"{"week":{}}"#).expect("hours");
        assert_eq!(some, Hours::default());
        for nonsense in [
            r#"{"week":{"moon":[]}}"#,
            r#"{"week":{"mon":[{"from":"9:00","to":"18:00"}]}}"#,
            "{}",
        ] {
            assert!(
                serde_json::from_str::<Hours>(nonsense).is_err(),
                "{nonsense}"
            );
        }
    }

    #[test]
    fn spans_are_as_long_as_they_say() {
        for (from, to, minutes, across) in [
            ("09:00", "18:00", 540, false),
            ("22:00", "02:00", 240, true),
            ("22:00", "00:00", 120, false),
            ("00:00", "00:00", 1_440, false),
            ("09:00", "09:00", 0, true),
            ("23:59", "00:01", 2, true),
        ] {
            let time = |text: &str| text.parse().expect("a time");
            let span = OpenSpan {
                from: time(from),
                to: time(to),
            };
            assert_eq!(
                (span.minutes(), span.is_across_midnight()),
                (minutes, across),
                "{from} {to}"
            );
        }
        for nonsense in ["24:00", "9:00", "09:60", "+9:00", "09-00", "", "09:00:00"] {
            assert_eq!(nonsense.parse::<TimeOfDay>(), Err(NotATime), "{nonsense}");
        }
    }

    #[test]
    fn a_week_may_begin_on_any_day() {
        let week: Vec<&str> = Weekday::Sat.week().map(Weekday::name).collect();
        assert_eq!(week, ["sat", "sun", "mon", "tue", "wed", "thu", "fri"]);
        for day in Weekday::ALL {
            assert_eq!(Weekday::named(day.name()), Some(day));
        }
    }
}
