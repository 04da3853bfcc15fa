//! A day of the calendar, in no zone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Weekday;
use crate::protocol::Timestamp;
use crate::protocol::time::DAY_MS;

/// A day of the Gregorian calendar of the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

/// The text is no date such as `2026-12-05`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a date is written as 2026-12-05")]
pub struct NotADate;

impl Date {
    /// The day of this moment, as UTC counts.
    pub fn of(at: Timestamp) -> Self {
        let civil = at.clamp(Timestamp::FIRST, Timestamp::LAST).civil();
        Self {
            year: i16::try_from(civil.year).unwrap_or(i16::MAX).max(1),
            month: civil.month,
            day: civil.day,
        }
    }

    /// 1 to 9999.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Its midnight, as UTC counts.
    pub fn midnight(self) -> Timestamp {
        format!("{self}T00:00:00.000Z").parse().unwrap_or_default()
    }

    /// So many days later; the ends of time are held.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::of(self.midnight().plus_ms(days.saturating_mul(DAY_MS)))
    }

    /// Which day of the week it is.
    pub fn weekday(self) -> Weekday {
        // 0 is Sunday there.
        let since_sunday = usize::from(self.midnight().civil().weekday);
        Weekday::ALL[(since_sunday + 6) % 7]
    }
}

impl FromStr for Date {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        if text.len() != 10 {
            return Err(NotADate);
        }
        let midnight = format!("{text}T00:00:00.000Z").parse::<Timestamp>();
        let date = Self::of(midnight.map_err(|_| NotADate)?);
        // The 30th of February would be the 2nd of March.
        if date.to_string() == text {
            Ok(date)
        } else {
            Err(NotADate)
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_there_are_are_dates() {
        for day in ["2026-12-05", "2028-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(
                day.parse::<Date>().map(|date| date.to_string()),
                Ok(day.to_owned())
            );
        }
        for nonsense in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-1",
            "2026-12-05T",
            "0000-01-01",
            "",
            "เอ-12-05",
        ] {
            assert_eq!(nonsense.parse::<Date>(), Err(NotADate), "{nonsense}");
        }
    }

    #[test]
    fn days_follow_each_other() {
        let last: Date = "2028-02-28".parse().expect("a date");
        assert_eq!(last.plus_days(1).to_string(), "2028-02-29");
        assert_eq!(last.plus_days(2).to_string(), "2028-03-01");
        assert_eq!(last.weekday(), Weekday::Mon);
        let end: Date = "9999-12-31".parse().expect("a date");
        assert_eq!(end.plus_days(1), end);
    }
}
