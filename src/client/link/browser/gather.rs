//! What the server says between two frames of the screen is taken over at once, before the second:
//! the screen is then made anew once for all of it, however much that is. Where making it takes long,
//! what only changes rows of the list waits a little more; a chat that was chosen waits for nothing.

use std::time::Duration;

use leptos::prelude::*;

use super::{Link, lists};
use crate::client::clock;
use crate::client::engine::{Attempt, Input};
use crate::client::script::tell;
use crate::protocol::{ServerEvent, ServerFrame};

/// No longer do frames wait for the screen: a window that is covered, or a tab that has just been
/// put away, is not painted.
const AT_THE_LATEST: Duration = Duration::from_millis(100);

/// A screen that is made anew in less than this has time for every frame.
const LIGHT_MS: i64 = 30;

/// So many times as long as the screen took, rows of the list rest: whoever types or scrolls on a
/// slow machine has most of its time.
const REST: i64 = 2;

/// No row rests longer.
const REST_MAX_MS: i64 = 400;

/// What waits for the screen.
#[derive(Default)]
pub(super) struct Gathered {
    frames: Vec<(Attempt, ServerFrame)>,
    /// It is taken over with the next paint.
    soon: bool,
    /// Until then nothing is painted for the list's sake alone.
    rests_until: i64,
}

impl Gathered {
    /// Forgets it all.
    pub(super) fn clear(&mut self) {
        self.frames.clear();
    }
}

impl Link {
    /// Takes a frame over together with the others that come before the next paint.
    pub(super) fn gather(&self, attempt: Attempt, frame: ServerFrame) {
        let rests = self.may_rest(&frame);
        // Somebody has chosen it and waits.
        let is_chosen = self.is_chosen(&frame);
        let now = clock::now();
        let mut parts = self.parts();
        let gathered = &mut parts.gathered;
        let first = gathered.frames.is_empty();
        gathered.frames.push((attempt, frame));
        let wait = if rests {
            (gathered.rests_until - now).clamp(0, REST_MAX_MS)
        } else {
            0
        };
        let soon = gathered.soon;
        gathered.soon |= wait == 0;
        drop(parts);
        // A hidden tab is not painted, its timers may be a minute late, and yet it rings.
        if is_chosen || document().hidden() {
            self.take_gathered();
        } else if wait == 0 && !soon {
            let painting = self.clone();
            request_animation_frame(move || painting.take_gathered());
            self.take_after(AT_THE_LATEST);
        } else if first {
            self.take_after(Duration::from_millis(wait.unsigned_abs()));
        }
    }

    fn take_after(&self, wait: Duration) {
        let waiting = self.clone();
        set_timeout(move || waiting.take_gathered(), wait);
    }

    /// Whether it is the chat that is open, as a whole.
    fn is_chosen(&self, frame: &ServerFrame) -> bool {
        let ServerEvent::ConversationUpdate {
            room,
            messages: Some(_),
            ..
        } = &frame.event
        else {
            return false;
        };
        let open = self.store.open;
        open.with_untracked(|open| open.as_ref() == Some(room))
    }

    /// Whether nobody waits for it: a row of the list has changed, of a chat that is not open.
    fn may_rest(&self, frame: &ServerFrame) -> bool {
        let ServerEvent::ConversationUpdate { room, .. } = &frame.event else {
            return false;
        };
        let open = self.store.open;
        frame.reference.is_none() && open.with_untracked(|open| open.as_ref() != Some(room))
    }

    /// Takes over what has come so far, in its order.
    pub(super) fn take_gathered(&self) {
        let mut parts = self.parts();
        let gathered = std::mem::take(&mut parts.gathered.frames);
        parts.gathered.soon = false;
        drop(parts);
        let begun = clock::now();
        let any = !gathered.is_empty();
        for (attempt, frame) in gathered {
            lists::told(&frame.event);
            let input = Input::Frame(attempt, Box::new(frame));
            let outputs = self.parts().engine.handle(clock::now(), input);
            self.perform_all(outputs);
        }
        if any {
            tell("sala-told", "");
            // The frame after this one begins when all of this is on the screen.
            let resting = self.clone();
            request_animation_frame(move || resting.rest(begun));
        }
        // Once for all of them: a timer costs more than most frames.
        self.set_alarm();
    }

    /// The screen has taken from `begun` until now.
    fn rest(&self, begun: i64) {
        let now = clock::now();
        let took = now - begun;
        if took > LIGHT_MS {
            self.parts().gathered.rests_until = now + (REST * took).min(REST_MAX_MS);
        }
    }
}
