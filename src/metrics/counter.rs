//! Numbers that only grow.

use std::sync::atomic::{AtomicU64, Ordering};

/// One number.
pub(super) struct Counter(AtomicU64);

impl Counter {
    pub(super) const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    pub(super) fn add(&self, count: u64) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    pub(super) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A number for each of some names.
pub(super) struct Family<const N: usize> {
    names: [&'static str; N],
    counters: [Counter; N],
}

impl<const N: usize> Family<N> {
    pub(super) const fn new(names: [&'static str; N]) -> Self {
        Self {
            names,
            counters: [const { Counter::new() }; N],
        }
    }

    /// Counts this name; one that is not listed, as the last.
    pub(super) fn inc(&self, name: &str) {
        let known = self.names.iter().position(|known| *known == name);
        if let Some(counter) = known.map_or(self.counters.last(), |at| self.counters.get(at)) {
            counter.add(1);
        }
    }

    /// The numbers, in the order of the names.
    pub(super) fn read(&self) -> [u64; N] {
        std::array::from_fn(|at| self.counters[at].get())
    }

    /// Each name as a label, with its number.
    pub(super) fn labelled(&self, label: &str) -> [(String, u64); N] {
        std::array::from_fn(|at| {
            let labels = format!("{label}=\"{}\"", self.names[at]);
            (labels, self.counters[at].get())
        })
    }
}
