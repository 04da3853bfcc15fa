//! The server's clocks: the one place that asks the operating system for the time.
//!
//! The time of day may be set, back as well as forward: it says when something was. How long
//! something takes is measured with [`Moment`]s, which nothing sets.
//!
//! Tests may set the time of day for a server of theirs alone, by a [`Shift`] on its threads.

use std::cell::RefCell;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use crate::protocol::Timestamp;

/// The time of day.
#[expect(clippy::disallowed_methods, reason = "everything else asks here")]
pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let now = Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
    now.plus_ms(shift_ms())
}

thread_local! {
    /// What this thread goes by.
    static HERE: RefCell<Option<Shift>> = const { RefCell::new(None) };
}

/// By how much the clock of some threads is ahead of the operating system's: a whole week passes in
/// a test within a second. A release goes by the operating system alone.
#[derive(Clone, Debug, Default)]
pub struct Shift(Arc<Ahead>);

/// Milliseconds ahead.
#[derive(Debug, Default)]
struct Ahead {
    /// The time itself: the database's clock goes with it.
    world: AtomicI64,
    /// What is wrong with this clock.
    own: AtomicI64,
}

impl Shift {
    /// From here on this thread goes by it.
    pub fn rule_here(&self) {
        HERE.set(Some(self.clone()));
    }

    /// Lets so much time pass, also for the database.
    pub fn pass(&self, ms: i64) {
        self.0.world.fetch_add(ms, Ordering::SeqCst);
    }

    /// Puts the clock of its threads forward, or back, and not the database's.
    pub fn set_wrong(&self, ms: i64) {
        self.0.own.fetch_add(ms, Ordering::SeqCst);
    }
}

/// The shift by which this thread goes, for a thread that it starts.
pub fn shift_here() -> Option<Shift> {
    HERE.with_borrow(Clone::clone)
}

/// What an [`Ahead`] says of this thread: nothing but in tests.
fn ahead(ms: impl Fn(&Ahead) -> i64) -> i64 {
    if !cfg!(debug_assertions) {
        return 0;
    }
    HERE.with_borrow(|shift| shift.as_ref().map_or(0, |shift| ms(&shift.0)))
}

/// By how much the time itself is ahead of the operating systems' clocks.
pub fn world_shift_ms() -> i64 {
    ahead(|ahead| ahead.world.load(Ordering::SeqCst))
}

/// By how much [`now`] is ahead of the operating system's clock.
fn shift_ms() -> i64 {
    ahead(|ahead| ahead.world.load(Ordering::SeqCst) + ahead.own.load(Ordering::SeqCst))
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
