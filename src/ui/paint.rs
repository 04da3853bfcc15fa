//! What may come one paint after that which the reader waits for.

use std::time::Duration;

use leptos::prelude::*;

use super::live::effect;
use crate::client::signals::{Memo, RwSignal};

/// Runs something when the next paint is done. Call in the browser only.
pub(super) fn after_paint(run: impl FnOnce() + 'static) {
    request_animation_frame(move || {
        // What a frame's callback does is painted with it, what a timer does comes after.
        set_timeout(run, Duration::ZERO);
    });
}

/// Runs something when the next paint is done, telling how long that took from now. A page that is not
/// shown is not painted: there it runs at once.
pub(super) fn after_painting(run: impl FnOnce(Duration) + 'static) {
    let clock = || window().performance().map_or(0.0, |clock| clock.now());
    let begun = clock();
    let run = move || {
        let took = (clock() - begun).max(0.0) / 1_000.0;
        run(Duration::from_secs_f64(took));
    };
    if document().hidden() {
        set_timeout(run, Duration::ZERO);
    } else {
        after_paint(run);
    }
}

/// No longer does something wait for what is to be shown first.
const AT_THE_LATEST: Duration = Duration::from_millis(200);

/// Follows `now`, one paint later.
pub(super) fn later<T>(now: Memo<T>) -> RwSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    later_than(Memo::new(|| true), now)
}

/// Follows `now`, one paint after what comes `first` is there, or after some time without it.
pub(super) fn later_than<T>(first: Memo<bool>, now: Memo<T>) -> RwSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let shown = RwSignal::new(now.get_untracked());
    let follow = move || {
        let pair = now.try_get_untracked().zip(shown.try_get_untracked());
        if let Some((now, _)) = pair.filter(|(now, shown)| now != shown) {
            shown.try_set(now);
        }
    };
    effect(move || {
        let is_there = first.get();
        if now.with(|now| shown.with_untracked(|shown| shown != now)) {
            if is_there {
                after_paint(follow);
            } else {
                set_timeout(follow, AT_THE_LATEST);
            }
        }
    });
    shown
}
