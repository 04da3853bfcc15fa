//! Allowances: how fast an operator and a connection may go.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::clock::Moment;
use crate::protocol::OperatorId;

/// A token bucket: `burst` at once, `per_second` on and on.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    per_second: i64,
    burst: i64,
    /// Thousandths of a token.
    level: i64,
    at: Moment,
}

impl Bucket {
    /// A full bucket.
    pub const fn new(per_second: i64, burst: i64, now: Moment) -> Self {
        Self {
            per_second,
            burst,
            level: burst * 1_000,
            at: now,
        }
    }

    /// 30 messages a second with bursts of 100, for each operator.
    pub const fn messages(now: Moment) -> Self {
        Self::new(30, 100, now)
    }

    /// 100 other commands a second, for each connection.
    pub const fn commands(now: Moment) -> Self {
        Self::new(100, 100, now)
    }

    /// Typing, presence and ping: an allowance of their own, so that they never block a message.
    pub const fn signals(now: Moment) -> Self {
        Self::new(20, 60, now)
    }

    /// 200 frames a second that are no message, such as pings, with bursts of 1,000.
    pub const fn frames(now: Moment) -> Self {
        Self::new(200, 1_000, now)
    }

    /// 20 refusals a second, with bursts of 1,500.
    pub const fn refusals(now: Moment) -> Self {
        Self::new(20, 1_500, now)
    }

    /// Takes one.
    ///
    /// # Errors
    /// Milliseconds until there is one again.
    pub fn take(&mut self, now: Moment) -> Result<(), u64> {
        self.take_some(1, now)
    }

    /// Takes so many.
    ///
    /// # Errors
    /// Milliseconds until there are as many again.
    pub fn take_some(&mut self, count: u32, now: Moment) -> Result<(), u64> {
        let wanted = i64::from(count) * 1_000;
        let passed = now.since(self.at).clamp(0, 3_600_000);
        self.at = self.at.max(now);
        self.level = (self.level + passed * self.per_second).min(self.burst * 1_000);
        if self.level >= wanted {
            self.level -= wanted;
            return Ok(());
        }
        let missing = wanted - self.level;
        Err(missing
            .unsigned_abs()
            .div_ceil(self.per_second.unsigned_abs()))
    }

    /// Whether the bucket has filled up again, so that forgetting it changes nothing.
    fn is_full(&self, now: Moment) -> bool {
        self.level + now.since(self.at) * self.per_second >= self.burst * 1_000
    }
}

/// The allowances of operators. They outlive connections, so a closed tab resets nothing.
#[derive(Debug, Default)]
pub struct OperatorLimits {
    messages: Mutex<HashMap<OperatorId, Bucket>>,
    signals: Mutex<HashMap<OperatorId, Bucket>>,
    calls: Mutex<HashMap<OperatorId, Bucket>>,
}

impl OperatorLimits {
    /// Takes one message of the operator's allowance.
    ///
    /// # Errors
    /// Milliseconds until there is one again.
    pub fn message(&self, operator: OperatorId, now: Moment) -> Result<(), u64> {
        take(&self.messages, operator, Bucket::messages, now)
    }

    /// Takes one typing, presence or ping of the operator's allowance.
    ///
    /// # Errors
    /// Milliseconds until there is one again.
    pub fn signal(&self, operator: OperatorId, now: Moment) -> Result<(), u64> {
        take(&self.signals, operator, Bucket::signals, now)
    }

    /// Takes one call over HTTP that is no message, of which an operator has as many as a
    /// connection has commands.
    ///
    /// # Errors
    /// Milliseconds until there is one again.
    pub fn call(&self, operator: OperatorId, now: Moment) -> Result<(), u64> {
        take(&self.calls, operator, Bucket::commands, now)
    }

    /// Forgets operators whose allowance is full.
    pub fn forget_idle(&self, now: Moment) {
        for buckets in [&self.messages, &self.signals, &self.calls] {
            let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
            buckets.retain(|_, bucket| !bucket.is_full(now));
        }
    }
}

fn take(
    buckets: &Mutex<HashMap<OperatorId, Bucket>>,
    operator: OperatorId,
    full: fn(Moment) -> Bucket,
    now: Moment,
) -> Result<(), u64> {
    let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
    buckets
        .entry(operator)
        .or_insert_with(|| full(now))
        .take(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_of_a_hundred_then_thirty_a_second() {
        let mut bucket = Bucket::messages(Moment(0));
        for _ in 0..100 {
            assert_eq!(bucket.take(Moment(0)), Ok(()));
        }
        assert_eq!(bucket.take(Moment(0)), Err(34));
        let second = (0..100)
            .filter(|_| bucket.take(Moment(1_000)).is_ok())
            .count();
        assert_eq!(second, 30);
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing() {
        let mut bucket = Bucket::new(1, 1, Moment(10_000));
        assert_eq!(bucket.take(Moment(10_000)), Ok(()));
        assert!(bucket.take(Moment(0)).is_err());
        assert!(bucket.take(Moment(10_500)).is_err());
    }
}
