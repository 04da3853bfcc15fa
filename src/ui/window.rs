//! The part of a long list that is on the page: what is at its home end, where the reader begins,
//! and more as they go away from there.
//!
//! Nothing that is read vanishes: only while the reader is at home, what is far is taken off.

use leptos::prelude::*;

use super::live::effect;
use crate::protocol::PAGE_SIZE;

/// So many to begin with, and so many more whenever the end of what is on the page comes near.
const STEP: usize = PAGE_SIZE as usize;
/// So many more than needed stay on the page before they are taken off together.
const SPARE: usize = 25;

/// Where a list begins for its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// With the first, as the list of chats.
    Start,
    /// With the last, as a thread.
    End,
}

/// What is on the page.
pub(super) struct Window<K: Send + Sync + 'static> {
    /// The keys on the page, in the list's order.
    pub shown: Memo<Vec<K>>,
    limit: RwSignal<usize>,
}

impl<K: Send + Sync> Clone for Window<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K: Send + Sync> Copy for Window<K> {}

impl<K: Clone + PartialEq + Send + Sync + 'static> Window<K> {
    /// A window on `all`; `at_home` says whether the reader is at the home end.
    pub(super) fn new(
        all: impl Fn() -> Vec<K> + Send + Sync + 'static,
        home: Home,
        at_home: RwSignal<bool>,
    ) -> Self {
        let limit = RwSignal::new(STEP);
        let shown = Memo::new(move |before: Option<&Vec<K>>| {
            let mut all = all();
            let known = before.map_or(0, |before| {
                let far = match home {
                    Home::Start => before.last(),
                    Home::End => before.first(),
                };
                let at = far.and_then(|far| all.iter().position(|key| key == far));
                let reaches = at.map_or(0, |at| match home {
                    Home::Start => at + 1,
                    Home::End => all.len() - at,
                });
                reaches.max(before.len())
            });
            let count = count(limit.get(), known, at_home.get()).min(all.len());
            match home {
                Home::Start => {
                    all.truncate(count);
                    all
                }
                Home::End => all.split_off(all.len() - count),
            }
        });
        effect(move || {
            if at_home.get() && limit.get_untracked() != STEP {
                limit.set(STEP);
            }
        });
        Self { shown, limit }
    }

    /// Shows at least so many from the home end.
    pub(super) fn reach_to(self, many: usize) {
        if self.shown.with_untracked(Vec::len) < many {
            self.limit.set(many + STEP);
        }
    }

    /// The reader comes near the end of what is on the page: shows more of the `here` that there
    /// are. Says whether some are wanted that are not here.
    pub(super) fn reach(self, here: usize) -> bool {
        let shown = self.shown.with_untracked(Vec::len);
        if self.limit.get_untracked() <= here {
            self.limit.set(shown + STEP);
        }
        here < shown + STEP
    }
}

/// How many from the home end are on the page, when those that were reach so far.
fn count(limit: usize, known: usize, at_home: bool) -> usize {
    // What comes in at home does not throw out one at the other end each time, but some at once.
    if at_home && known > limit + SPARE {
        limit
    } else {
        known.max(limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_stays_and_what_is_far_goes_when_the_reader_is_home() {
        assert_eq!(count(50, 0, true), 50);
        // At home it follows, but not with each that comes.
        assert_eq!(count(50, 51, true), 51);
        assert_eq!(count(50, 50 + SPARE, true), 50 + SPARE);
        assert_eq!(count(50, 51 + SPARE, true), 50);
        // Elsewhere it keeps all that is there, and grows.
        assert_eq!(count(50, 700, false), 700);
        assert_eq!(count(100, 50, false), 100);
        // Back at home.
        assert_eq!(count(50, 250, true), 50);
    }

    #[test]
    fn a_window_shows_its_home_end() {
        let owner = Owner::new();
        owner.with(|| {
            let all = RwSignal::new((0..250).collect::<Vec<i32>>());
            let at_home = RwSignal::new(true);
            let start = Window::new(move || all.get(), Home::Start, at_home);
            let end = Window::new(move || all.get(), Home::End, at_home);
            assert_eq!(start.shown.get(), (0..50).collect::<Vec<_>>());
            assert_eq!(end.shown.get(), (200..250).collect::<Vec<_>>());
            at_home.set(false);
            all.update(|all| all.push(250));
            assert!(!end.reach(251), "all that is wanted is here");
            assert_eq!(end.shown.get(), (150..251).collect::<Vec<_>>());
            all.set((0..60).collect());
            assert!(start.reach(60), "more are wanted than are here");
            assert_eq!(start.shown.get(), (0..60).collect::<Vec<_>>());
        });
    }
}
