//! A circuit breaker for each channel: while LINE is down, one probe at a time instead of all.
//!
//! Only what says that LINE is unreachable or broken counts (no connection, 5xx, timeouts);
//! any clear answer, a refusal included, shows that LINE works.

use std::collections::HashMap;

use crate::clock::Moment;
use crate::protocol::ChannelId;

/// Failures in a row that open it.
const THRESHOLD: u32 = 8;

/// The first pause; doubles with each failed probe.
const FIRST_PAUSE_MS: i64 = 2_000;

/// The longest pause.
const LONGEST_PAUSE_MS: i64 = 30_000;

/// What a channel may send now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Allowance {
    /// Anything.
    All,
    /// One delivery, to see whether LINE is back.
    Probe,
    /// Nothing before that time.
    NotBefore(Moment),
}

/// The breakers of all channels.
#[derive(Debug, Default)]
pub(super) struct Breakers {
    channels: HashMap<ChannelId, Breaker>,
}

#[derive(Debug, Default)]
struct Breaker {
    /// Without a clear answer between them.
    failures: u32,
    /// Set while open.
    open: Option<Open>,
}

#[derive(Clone, Copy, Debug)]
struct Open {
    until: Moment,
    pause_ms: i64,
}

impl Breakers {
    /// What the channel may send.
    pub(super) fn allowance(&self, channel: ChannelId, now: Moment) -> Allowance {
        match self.channels.get(&channel).and_then(|breaker| breaker.open) {
            None => Allowance::All,
            Some(open) if open.until <= now => Allowance::Probe,
            Some(open) => Allowance::NotBefore(open.until),
        }
    }

    /// LINE answered clearly. True when that closed the breaker.
    pub(super) fn answered(&mut self, channel: ChannelId) -> bool {
        self.channels
            .remove(&channel)
            .is_some_and(|breaker| breaker.open.is_some())
    }

    /// LINE could not be reached or is broken.
    pub(super) fn failed(&mut self, channel: ChannelId, now: Moment) {
        let breaker = self.channels.entry(channel).or_default();
        breaker.failures = breaker.failures.saturating_add(1);
        match breaker.open {
            // Calls that were under way when it opened say nothing new.
            Some(open) if open.until > now => {}
            Some(open) => {
                let pause_ms = (open.pause_ms * 2).min(LONGEST_PAUSE_MS);
                breaker.open = Some(Open {
                    until: now.plus_ms(pause_ms),
                    pause_ms,
                });
            }
            None if breaker.failures >= THRESHOLD => {
                let until = now.plus_ms(FIRST_PAUSE_MS);
                breaker.open = Some(Open {
                    until,
                    pause_ms: FIRST_PAUSE_MS,
                });
                tracing::warn!(channel.id = %channel, "LINE does not answer; sending pauses");
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(10_000);

    fn channel() -> ChannelId {
        ChannelId(uuid::Uuid::from_u128(1))
    }

    fn opened() -> Breakers {
        let mut breakers = Breakers::default();
        for _ in 0..THRESHOLD {
            breakers.failed(channel(), NOW);
        }
        breakers
    }

    #[test]
    fn opens_after_failures_in_a_row_only() {
        let mut breakers = Breakers::default();
        for _ in 0..THRESHOLD * 3 {
            breakers.failed(channel(), NOW);
            assert_eq!(breakers.allowance(channel(), NOW), Allowance::All);
            breakers.answered(channel());
        }
        let until = NOW.plus_ms(FIRST_PAUSE_MS);
        assert_eq!(
            opened().allowance(channel(), NOW),
            Allowance::NotBefore(until)
        );
    }

    #[test]
    fn another_channel_is_not_touched() {
        let other = ChannelId(uuid::Uuid::from_u128(2));
        assert_eq!(opened().allowance(other, NOW), Allowance::All);
    }

    #[test]
    fn a_failed_probe_doubles_the_pause_and_a_good_one_closes() {
        let mut breakers = opened();
        let later = NOW.plus_ms(FIRST_PAUSE_MS);
        assert_eq!(breakers.allowance(channel(), later), Allowance::Probe);
        breakers.failed(channel(), later);
        let until = later.plus_ms(2 * FIRST_PAUSE_MS);
        assert_eq!(
            breakers.allowance(channel(), later),
            Allowance::NotBefore(until)
        );
        assert!(breakers.answered(channel()));
        assert_eq!(breakers.allowance(channel(), later), Allowance::All);
        assert!(!breakers.answered(channel()));
    }
}
