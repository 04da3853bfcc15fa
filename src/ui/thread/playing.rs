//! What plays in a thread: one film or sound at a time.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlMediaElement;

/// Stops all others when one begins.
pub(super) fn only_one(event: &Event) {
    let Some(begun) = element_of(event) else {
        return;
    };
    let Ok(all) = document().query_selector_all("audio, video") else {
        return;
    };
    for at in 0..all.length() {
        let other = all
            .item(at)
            .and_then(|node| node.dyn_into::<HtmlMediaElement>().ok());
        if let Some(other) = other.filter(|other| *other != begun) {
            // Fails for none: each is an element that plays.
            let _ = other.pause();
        }
    }
}

/// The film or sound that an event is of.
pub(super) fn element_of(event: &Event) -> Option<HtmlMediaElement> {
    event.target()?.dyn_into().ok()
}

/// Plays it. That the browser will not, or is told otherwise meanwhile, shows in its state.
#[cfg(feature = "hydrate")]
pub(super) fn play(media: &HtmlMediaElement) {
    if let Ok(begun) = media.play() {
        leptos::task::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(begun).await;
        });
    }
}

/// Nothing plays on the server.
#[cfg(not(feature = "hydrate"))]
pub(super) fn play(_media: &HtmlMediaElement) {}

/// Milliseconds of what the browser counts in seconds; 0 while it does not know.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is not a number or below zero becomes 0"
)]
pub(super) fn milliseconds(seconds: f64) -> u32 {
    if seconds.is_finite() {
        (seconds * 1_000.0) as u32
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::milliseconds;

    #[test]
    fn what_is_not_known_yet_is_nothing() {
        assert_eq!(milliseconds(f64::NAN), 0);
        assert_eq!(milliseconds(f64::INFINITY), 0);
        assert_eq!(milliseconds(1.5), 1_500);
    }
}
