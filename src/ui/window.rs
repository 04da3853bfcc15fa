//! The part of a long list that is on the page: what is at its home end, where the reader begins,
//! and more as they go away from there.
//!
//! Nothing that is read vanishes: only while the reader is at home, what is far is taken off.

use leptos::prelude::window;

use super::live::effect;
use super::paint::after_paint;
use crate::client::signals::{Memo, RwSignal};
use crate::protocol::PAGE_SIZE;

/// So many to begin with, and so many more whenever the end of what is on the page comes near.
const STEP: usize = PAGE_SIZE as usize;
/// What fills a screen is painted before the others are made, see [`Window::begin_small`]: a line for so
/// many pixels of the window, which has a head and a foot besides, and no fewer and no more than these.
const LINE_PX: usize = 60;
const FIRST_LEAST: usize = 10;
const FIRST_MOST: usize = 24;
/// So many of the others at once, which is no more than one notices.
const NEXT: usize = 10;

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
    /// So many are there while the reader is at home.
    least: RwSignal<usize>,
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
        let (limit, least) = (RwSignal::new(STEP), RwSignal::new(STEP));
        let shown = Memo::from_last(move |before: Option<&Vec<K>>| {
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
            let limit = limit.get();
            // Seats are taken over by others; lines are made and thrown away, so some at once.
            let slack = match home {
                Home::Start => 0,
                Home::End => limit / 2,
            };
            let count = count(limit, slack, known, at_home.get()).min(all.len());
            match home {
                Home::Start => {
                    all.truncate(count);
                    all
                }
                Home::End => all.split_off(all.len() - count),
            }
        });
        effect(move || {
            let least = least.get();
            if at_home.get() && limit.get_untracked() > least {
                limit.set(least);
            }
        });
        Self {
            shown,
            limit,
            least,
        }
    }

    /// Shows what fills a screen, and the rest of the first part after that has been painted.
    pub(super) fn begin_small(self) {
        let height = window().inner_height().ok().and_then(|px| px.as_f64());
        self.limit.set(first(height.unwrap_or(0.0)));
        grow(self.limit);
    }

    /// Keeps no more than `least` on the page while the reader is at home.
    pub(super) fn keep(self, least: usize) {
        self.least.set(least.min(STEP));
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
        // The first part is on its way.
        if self.limit.get_untracked() < self.least.get_untracked() {
            return false;
        }
        let shown = self.shown.with_untracked(Vec::len);
        if self.limit.get_untracked() <= here {
            self.limit.set(shown + STEP);
        }
        here < shown + STEP
    }
}

/// How many lines fill a window of this height, in pixels.
fn first(height: f64) -> usize {
    // Rounding means nothing here.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let px = height.clamp(0.0, 10_000.0) as usize;
    (px / LINE_PX).clamp(FIRST_LEAST, FIRST_MOST)
}

/// Shows more of the first part after the next paint, until it is all there.
fn grow(limit: RwSignal<usize>) {
    after_paint(move || {
        let shown = limit.try_get_untracked().unwrap_or(STEP);
        if shown < STEP {
            limit.set(STEP.min(shown + NEXT));
            grow(limit);
        }
    });
}

/// How many from the home end are on the page, when those that were reach so far. At home, `slack`
/// more than wanted are suffered.
fn count(limit: usize, slack: usize, known: usize, at_home: bool) -> usize {
    if at_home && known > limit + slack {
        limit
    } else {
        known.max(limit)
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::Owner;

    use super::*;

    #[test]
    fn what_is_read_stays_and_what_is_far_goes_when_the_reader_is_home() {
        assert_eq!(count(50, 25, 0, true), 50);
        // At home it follows, but not with each that comes.
        assert_eq!(count(50, 25, 51, true), 51);
        assert_eq!(count(50, 25, 75, true), 75);
        assert_eq!(count(50, 25, 76, true), 50);
        assert_eq!(count(50, 0, 51, true), 50);
        // Elsewhere it keeps all that is there, and grows.
        assert_eq!(count(50, 25, 700, false), 700);
        assert_eq!(count(100, 50, 50, false), 100);
        // Back at home.
        assert_eq!(count(50, 25, 250, true), 50);
    }

    #[test]
    fn a_higher_window_begins_with_more() {
        assert_eq!(
            [0.0, 844.0, 900.0, 1_440.0, f64::NAN].map(first),
            [10, 14, 15, 24, 10]
        );
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

    #[test]
    fn a_window_that_is_still_growing_asks_for_nothing() {
        let owner = Owner::new();
        owner.with(|| {
            let at_home = RwSignal::new(true);
            let end = Window::new(|| (0..50).collect::<Vec<i32>>(), Home::End, at_home);
            end.limit.set(FIRST_MOST);
            assert_eq!(end.shown.get().len(), FIRST_MOST);
            assert!(!end.reach(50), "the rest of the first part comes by itself");
            assert_eq!(end.shown.get().len(), FIRST_MOST);
            end.limit.set(STEP);
            assert_eq!(end.shown.get().len(), 50);
            assert!(end.reach(50), "now the reader is at its end");
        });
    }
}
