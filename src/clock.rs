//! The server's clocks: the one place that asks the operating system for the time.
//!
//! The time of day may be set, back as well as forward: it says when something was. How long
//! something takes is measured with [`Moment`]s, which nothing sets.

use std::sync::LazyLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::protocol::Timestamp;

/// The time of day.
#[expect(clippy::disallowed_methods, reason = "everything else asks here")]
pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// A moment of this process, in milliseconds: good for how long something takes, and for nothing
/// that outlives the process or is told to others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub i64);

/// Moments count from here.
static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The present moment.
pub fn moment() -> Moment {
    Moment(i64::try_from(BEGINNING.elapsed().as_millis()).unwrap_or(i64::MAX))
}

impl Moment {
    /// This moment shifted by so many milliseconds.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; negative when `earlier` is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}
