//! What may come one paint after that which the reader waits for.

use std::time::Duration;

use leptos::prelude::*;

use super::live::effect;

/// Runs something when the next paint is done. Call in the browser only.
pub(super) fn after_paint(run: impl FnOnce() + 'static) {
    request_animation_frame(move || {
        // What a frame's callback does is painted with it, what a timer does comes after.
        set_timeout(run, Duration::ZERO);
    });
}

/// Follows `now`, one paint later.
pub(super) fn later<T>(now: Memo<T>) -> RwSignal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let shown = RwSignal::new(now.get_untracked());
    effect(move || {
        if now.with(|now| shown.with_untracked(|shown| shown != now)) {
            after_paint(move || {
                if let Some(now) = now.try_get_untracked() {
                    shown.try_set(now);
                }
            });
        }
    });
    shown
}
