//! How long things take, in buckets.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper ends of the buckets, in microseconds and as Prometheus writes them; the last bucket is
/// open.
pub(super) const BOUNDS: [(u64, &str); 14] = [
    (250, "0.00025"),
    (500, "0.0005"),
    (1_000, "0.001"),
    (2_500, "0.0025"),
    (5_000, "0.005"),
    (10_000, "0.01"),
    (25_000, "0.025"),
    (50_000, "0.05"),
    (100_000, "0.1"),
    (250_000, "0.25"),
    (500_000, "0.5"),
    (1_000_000, "1"),
    (2_500_000, "2.5"),
    (10_000_000, "10"),
];

/// Durations since the start.
pub(super) struct Histogram {
    buckets: [AtomicU64; BOUNDS.len() + 1],
    sum_ns: AtomicU64,
}

/// A histogram at one moment.
pub(super) struct Read {
    /// How many were at most as long as the bound, for each bound, and in all.
    pub(super) up_to: [u64; BOUNDS.len() + 1],
    /// In seconds.
    pub(super) sum: f64,
}

impl Histogram {
    pub(super) const fn new() -> Self {
        Self {
            buckets: [const { AtomicU64::new(0) }; BOUNDS.len() + 1],
            sum_ns: AtomicU64::new(0),
        }
    }

    pub(super) fn observe(&self, took: Duration) {
        let within = |(bound, _): &(u64, &str)| took <= Duration::from_micros(*bound);
        let at = BOUNDS.iter().position(within).unwrap_or(BOUNDS.len());
        let ns = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        self.buckets[at].fetch_add(1, Ordering::Relaxed);
        self.sum_ns.fetch_add(ns, Ordering::Relaxed);
    }

    pub(super) fn read(&self) -> Read {
        let mut so_far = 0;
        let up_to = std::array::from_fn(|at| {
            so_far += self.buckets[at].load(Ordering::Relaxed);
            so_far
        });
        let sum = Duration::from_nanos(self.sum_ns.load(Ordering::Relaxed)).as_secs_f64();
        Read { up_to, sum }
    }
}
