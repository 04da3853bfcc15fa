//! What messages cost: a channel's quota of the month.

use serde::{Deserialize, Serialize};

use super::time::DAY_MS;
use super::{ChannelName, Timestamp};

/// LINE counts months by Japan's time.
const LINES_ZONE_MS: i64 = 9 * 60 * 60 * 1_000;

/// A channel's quota of the month, its use, and what free replies saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelQuota {
    /// Which LINE account.
    pub channel: ChannelName,
    /// Messages of the month; absent without a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Messages used: what LINE said last, and what Sala has pushed since.
    pub used: u32,
    /// Messages that free replies have saved this month.
    pub saved: u32,
}

/// How far a quota is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuotaLevel {
    /// Nobody needs to know.
    Fine,
    /// From 80 % on.
    Warn,
    /// Nothing is left.
    Full,
}

impl ChannelQuota {
    /// Messages that are left; `None` without a limit.
    pub fn left(&self) -> Option<u32> {
        self.limit.map(|limit| limit.saturating_sub(self.used))
    }

    /// Of a hundred, rounded down, so that 100 says that nothing is left; 0 without a limit.
    pub fn percent(&self) -> u32 {
        match self.limit {
            None => 0,
            Some(0) => 100,
            Some(limit) => {
                let percent = u64::from(self.used) * 100 / u64::from(limit);
                u32::try_from(percent.min(100)).unwrap_or(100)
            }
        }
    }

    /// How far it is used.
    pub fn level(&self) -> QuotaLevel {
        match self.percent() {
            100 => QuotaLevel::Full,
            80.. => QuotaLevel::Warn,
            _ => QuotaLevel::Fine,
        }
    }
}

impl QuotaLevel {
    /// As in `data-state`.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Fine => None,
            Self::Warn => Some("warn"),
            Self::Full => Some("full"),
        }
    }
}

/// When LINE's month began that `now` is in.
pub fn month_start(now: Timestamp) -> Timestamp {
    let local = now.plus_ms(LINES_ZONE_MS);
    let day = i64::from(local.civil().day) - 1;
    let into_day = local.0.rem_euclid(DAY_MS);
    now.plus_ms(-day * DAY_MS - into_day)
}

/// When LINE's next month begins.
pub fn next_month(now: Timestamp) -> Timestamp {
    month_start(month_start(now).plus_ms(32 * DAY_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn quota(limit: Option<u32>, used: u32) -> ChannelQuota {
        ChannelQuota {
            channel: ChannelName::default(),
            limit,
            used,
            saved: 0,
        }
    }

    #[test]
    fn months_begin_at_midnight_in_japan() {
        let start = at("2026-10-31T15:00:00.000Z");
        assert_eq!(month_start(at("2026-11-26T13:00:00.000Z")), start);
        assert_eq!(month_start(start), start);
        let before = at("2026-10-31T14:59:59.999Z");
        assert_eq!(month_start(before), at("2026-09-30T15:00:00.000Z"));
        assert_eq!(next_month(before), start);
        let year = at("2026-12-31T15:00:00.000Z");
        assert_eq!(next_month(at("2026-12-31T14:00:00.000Z")), year);
    }

    #[test]
    fn levels_begin_at_80_and_at_100_percent() {
        use QuotaLevel::{Fine, Full, Warn};
        for (limit, used, level) in [
            (None, 9_999, Fine),
            (Some(200), 159, Fine),
            (Some(200), 160, Warn),
            (Some(200), 199, Warn),
            (Some(200), 200, Full),
            (Some(200), 250, Full),
            (Some(0), 0, Full),
        ] {
            assert_eq!(quota(limit, used).level(), level, "{used} of {limit:?}");
        }
        assert_eq!(quota(Some(200), 250).left(), Some(0));
        assert_eq!(quota(None, 250).left(), None);
    }
}
