//! The browser's time. On the server time is what was rendered.

#[cfg(feature = "hydrate")]
use leptos::prelude::*;

#[cfg(feature = "hydrate")]
use crate::protocol::{Timestamp, Zone};

/// Unix milliseconds on a clock that does not go back while the page lives.
#[cfg(feature = "hydrate")]
pub(super) fn now() -> i64 {
    let performance = window().performance();
    let ms = performance.map_or_else(js_sys::Date::now, |p| p.time_origin() + p.now());
    whole(ms)
}

/// Unix milliseconds as the system has them: the same for all tabs.
#[cfg(feature = "hydrate")]
pub(super) fn wall() -> i64 {
    whole(js_sys::Date::now())
}

/// The time zone that the browser is set to.
#[cfg(feature = "hydrate")]
pub(super) fn zone() -> Zone {
    Zone::around(Timestamp(wall()), |ms| {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let at = js_sys::Date::new(&(ms as f64).into());
        i16::try_from(-whole(at.get_timezone_offset())).unwrap_or(0)
    })
}

/// A seed for jitter, different in each tab.
#[cfg(feature = "hydrate")]
pub(super) fn seed() -> u64 {
    js_sys::Math::random().to_bits()
}

#[cfg(feature = "hydrate")]
#[expect(
    clippy::cast_possible_truncation,
    reason = "times of our era are far below 2^53"
)]
fn whole(number: f64) -> i64 {
    number as i64
}
