//! `SALA_SESSION_MAX_DAYS`, `SALA_SESSION_IDLE_DAYS`: when log-ins end.

use super::{ConfigError, Name, Settings};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// The longest that either may be: offices may want less, nobody gets more.
const MAX_DAYS: i64 = 30;
const IDLE_DAYS: i64 = 7;

/// When a log-in ends, whichever comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    max_days: i64,
    idle_days: i64,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            max_days: MAX_DAYS,
            idle_days: IDLE_DAYS,
        }
    }
}

impl SessionLimits {
    pub(super) fn load(settings: &Settings) -> Result<Self, ConfigError> {
        let max_days = days(settings, Name::SessionMaxDays, MAX_DAYS)?.unwrap_or(MAX_DAYS);
        let idle_days = days(settings, Name::SessionIdleDays, IDLE_DAYS)?;
        Ok(Self {
            max_days,
            idle_days: idle_days.unwrap_or(IDLE_DAYS).min(max_days),
        })
    }

    /// After this long a log-in ends, however much it is used.
    pub fn max_ms(&self) -> i64 {
        self.max_days * DAY_MS
    }

    /// After this long without use a log-in ends.
    pub fn idle_ms(&self) -> i64 {
        self.idle_days * DAY_MS
    }
}

fn days(settings: &Settings, name: Name, most: i64) -> Result<Option<i64>, ConfigError> {
    let Some(text) = settings.get(name) else {
        return Ok(None);
    };
    let days = text.parse().ok().filter(|days| (1..=most).contains(days));
    days.map(Some)
        .ok_or_else(|| name.invalid(format!("must be a number of days from 1 to {most}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_may_want_less() {
        let load = |pairs: &[(Name, &str)]| {
            let mut settings = Settings::default();
            for (name, text) in pairs {
                settings.set(*name, *text);
            }
            SessionLimits::load(&settings).expect("valid")
        };
        let usual = load(&[]);
        assert_eq!(usual.max_ms(), 30 * DAY_MS);
        assert_eq!(usual.idle_ms(), 7 * DAY_MS);
        let less = load(&[(Name::SessionMaxDays, "3")]);
        assert_eq!(less.max_ms(), 3 * DAY_MS);
        assert_eq!(less.idle_ms(), 3 * DAY_MS);
        let idle = load(&[(Name::SessionIdleDays, "1")]);
        assert_eq!(idle.idle_ms(), DAY_MS);
    }
}
