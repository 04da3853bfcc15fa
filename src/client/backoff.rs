//! How long to wait before the next attempt at a connection.

/// The longest first delay.
const FIRST_MS: i64 = 1_000;

/// The longest delay of all.
const MAX_MS: i64 = 30_000;

/// Exponential backoff with full jitter: the bound doubles from 1 s to 30 s, and each delay is
/// anything between nothing and the bound, so that a thousand consoles do not come back at once.
#[derive(Clone, Debug)]
pub struct Backoff {
    random: Random,
    failures: u32,
}

/// `SplitMix64` (Steele, Lea, Flood 2014); enough for jitter, and the same for the same seed.
#[derive(Clone, Debug)]
struct Random(u64);

impl Backoff {
    /// Jitter that follows from `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random(seed),
            failures: 0,
        }
    }

    /// The delay after one more failure, in milliseconds.
    pub fn fail(&mut self) -> i64 {
        let bound = FIRST_MS
            .saturating_mul(1 << self.failures.min(5))
            .min(MAX_MS);
        self.failures = self.failures.saturating_add(1);
        self.random.up_to(bound)
    }

    /// A delay of at most a second that does not count as a failure.
    pub fn soon(&mut self) -> i64 {
        self.random.up_to(FIRST_MS)
    }

    /// The connection held: the next delay is a first one again.
    pub fn reset(&mut self) {
        self.failures = 0;
    }
}

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn up_to(&mut self, bound: i64) -> i64 {
        let bound = u64::try_from(bound).unwrap_or(0);
        i64::try_from(self.next() % (bound + 1)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_to_thirty_seconds_and_never_beyond() {
        let bounds = [1, 2, 4, 8, 16, 30, 30, 30];
        let mut longest = [0; 8];
        for seed in 0..2_000 {
            let mut backoff = Backoff::new(seed);
            for (at, bound) in bounds.iter().enumerate() {
                let delay = backoff.fail();
                assert!((0..=bound * 1_000).contains(&delay));
                longest[at] = longest[at].max(delay);
            }
        }
        for (bound, longest) in bounds.iter().zip(longest) {
            assert!(longest > bound * 950, "{longest} of {bound} s");
        }
    }

    #[test]
    fn a_connection_that_held_begins_anew() {
        let mut backoff = Backoff::new(7);
        for _ in 0..40 {
            backoff.fail();
        }
        backoff.reset();
        assert!(backoff.fail() <= 1_000);
    }
}
