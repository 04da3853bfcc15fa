//! The server's clock: the one place that asks the operating system for the time.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::protocol::Timestamp;

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "everything else asks here")]
pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
