//! Time as Sala keeps it (Unix milliseconds) and writes it (RFC 3339, UTC, milliseconds).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type), sqlx(transparent))]
pub struct Timestamp(pub i64);

/// A calendar date and time of day in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Year of the Gregorian calendar.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// 0 to 999.
    pub millisecond: u16,
    /// 0 is Sunday.
    pub weekday: u8,
}

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

impl Timestamp {
    /// The first moment that RFC 3339 can write.
    pub const FIRST: Self = Self(-62_167_219_200_000);

    /// The last moment that RFC 3339 can write.
    pub const LAST: Self = Self(253_402_300_799_999);

    /// This moment shifted by so many milliseconds.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; negative when `earlier` is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The calendar date and time of day in UTC.
    ///
    /// Days to date after Howard Hinnant, "chrono-compatible low-level date algorithms".
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "each value is reduced below its type's limit by the remainders"
    )]
    pub const fn civil(self) -> Civil {
        let days = self.0.div_euclid(DAY_MS);
        let ms = self.0.rem_euclid(DAY_MS);
        let z = days + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = (doy - (153 * mp + 2) / 5 + 1) as u8;
        let month = (if mp < 10 { mp + 3 } else { mp - 9 }) as u8;
        Civil {
            year: yoe + era * 400 + (if month <= 2 { 1 } else { 0 }),
            month,
            day,
            hour: (ms / 3_600_000) as u8,
            minute: (ms / 60_000 % 60) as u8,
            second: (ms / 1_000 % 60) as u8,
            millisecond: (ms % 1_000) as u16,
            weekday: (days + 4).rem_euclid(7) as u8,
        }
    }
}

/// The text is not an RFC 3339 time in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an RFC 3339 time in UTC")]
pub struct ParseTimestampError;

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |range: std::ops::Range<usize>| -> Result<i64, ParseTimestampError> {
            let digits = text.get(range).ok_or(ParseTimestampError)?;
            if !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(ParseTimestampError);
            }
            digits.parse().map_err(|_| ParseTimestampError)
        };
        let shape = |at: usize, byte: u8| text.as_bytes().get(at) == Some(&byte);
        let dashes = shape(4, b'-') && shape(7, b'-');
        let colons = shape(13, b':') && shape(16, b':');
        let in_utc = text.ends_with('Z');
        let well_formed = dashes && colons && in_utc;
        if !well_formed {
            return Err(ParseTimestampError);
        }
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
        let ms = if shape(19, b'.') { number(20..23)? } else { 0 };
        let is_date = (1..=12).contains(&month) && (1..=31).contains(&day);
        // 60 is a leap second.
        if !is_date || hour > 23 || minute > 59 || second > 60 {
            return Err(ParseTimestampError);
        }
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let yoe = y.rem_euclid(400);
        let mp = if month > 2 { month - 3 } else { month + 9 };
        let doy = (153 * mp + 2) / 5 + day - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        let days = era * 146_097 + doe - 719_468;
        Ok(Self(
            days * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1_000 + ms,
        ))
    }
}

/// Writes RFC 3339, which has years of four digits: a moment outside of them is written as the
/// nearest within, so that every reader can read what is written.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let c = (*self).clamp(Self::FIRST, Self::LAST).civil();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            c.year, c.month, c.day, c.hour, c.minute, c.second, c.millisecond
        )
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_is_written_can_be_read(ms in any::<i64>()) {
            let time = Timestamp(ms);
            let read: Timestamp = time.to_string().parse().expect("reads");
            prop_assert_eq!(read, time.clamp(Timestamp::FIRST, Timestamp::LAST));
        }

        #[test]
        fn moments_that_can_be_written_come_back_as_they_were(
            ms in Timestamp::FIRST.0..=Timestamp::LAST.0
        ) {
            prop_assert_eq!(Timestamp(ms).to_string().parse(), Ok(Timestamp(ms)));
        }

        #[test]
        fn arithmetic_ends_at_the_ends(ms in any::<i64>(), by in any::<i64>()) {
            let (time, other) = (Timestamp(ms), Timestamp(by));
            prop_assert_eq!(time.plus_ms(by).0, ms.saturating_add(by));
            prop_assert_eq!(time.since(other), ms.saturating_sub(by));
            let civil = time.civil();
            prop_assert!((1..=12).contains(&civil.month) && (1..=31).contains(&civil.day));
        }
    }

    #[test]
    fn the_ends_of_time_can_be_read() {
        for ms in [i64::MIN, i64::MAX, 1_000_000_000_000_000] {
            let text = Timestamp(ms).to_string();
            assert!(text.parse::<Timestamp>().is_ok(), "{text}");
        }
        assert_eq!(Timestamp(i64::MAX).to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(Timestamp(i64::MIN).to_string(), "0000-01-01T00:00:00.000Z");
    }

    #[test]
    fn prints_and_parses_known_moments() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_123, "2000-02-29T00:00:00.123Z"),
            (1_795_425_600_000, "2026-11-23T09:20:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Timestamp(ms).to_string(), text);
            assert_eq!(text.parse(), Ok(Timestamp(ms)));
        }
        assert_eq!(Timestamp(1_795_425_600_000).civil().weekday, 1);
    }

    #[test]
    fn refuses_what_is_not_a_time() {
        for text in [
            "",
            "2026-11-23",
            "2026-13-01T00:00:00.000Z",
            "2026-11-23T09:20:00+07:00",
        ] {
            assert_eq!(
                text.parse::<Timestamp>(),
                Err(ParseTimestampError),
                "{text}"
            );
        }
    }

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        for day in 0..146_097 {
            let time = Timestamp(day * DAY_MS + 12_345_678);
            assert_eq!(time.to_string().parse(), Ok(time));
        }
    }
}
