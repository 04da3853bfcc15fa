//! What the server says between two frames of the screen is taken over at once, before the second:
//! the screen is then made anew once for all of it, however much that is.

use std::time::Duration;

use leptos::prelude::*;

use super::{Link, lists};
use crate::client::clock;
use crate::client::engine::{Attempt, Input};
use crate::client::script::tell;
use crate::protocol::ServerFrame;

/// No longer do frames wait for the screen: a window that is covered, or a tab that has just been
/// put away, is not painted.
const AT_THE_LATEST: Duration = Duration::from_millis(100);

impl Link {
    /// Takes a frame over together with the others that come before the next paint.
    pub(super) fn gather(&self, attempt: Attempt, frame: ServerFrame) {
        let mut parts = self.parts();
        let first = parts.gathered.is_empty();
        parts.gathered.push((attempt, frame));
        drop(parts);
        // A hidden tab is not painted, its timers may be a minute late, and yet it rings.
        if document().hidden() {
            self.take_gathered();
        } else if first {
            let painting = self.clone();
            request_animation_frame(move || painting.take_gathered());
            let waiting = self.clone();
            set_timeout(move || waiting.take_gathered(), AT_THE_LATEST);
        }
    }

    /// Takes over what has come so far, in its order.
    pub(super) fn take_gathered(&self) {
        let gathered = std::mem::take(&mut self.parts().gathered);
        let any = !gathered.is_empty();
        for (attempt, frame) in gathered {
            lists::told(&frame.event);
            let input = Input::Frame(attempt, Box::new(frame));
            let outputs = self.parts().engine.handle(clock::now(), input);
            self.perform_all(outputs);
        }
        if any {
            tell("sala-told", "");
        }
        // Once for all of them: a timer costs more than most frames.
        self.set_alarm();
    }
}
