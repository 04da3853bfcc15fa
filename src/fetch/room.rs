//! Whether there is room for customers' files.

use crate::config::StorageConfig;
use crate::db::{Conn, DbError};
use crate::protocol::MediaId;
use crate::protocol::time::DAY_MS;

/// Whether a file can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It can.
    Fits,
    /// When there is room again.
    Waits,
    /// Its customer has sent too much within a day.
    TooMuch,
}

/// Whether any file can be kept at all, with so much free on the disk where that is known.
pub(super) async fn has_room(
    conn: &mut Conn<'_>,
    bounds: &StorageConfig,
    free: Option<u64>,
) -> Result<bool, DbError> {
    let kept = conn.media_bytes().await?;
    Ok(kept < bounds.media_max_bytes && free.is_none_or(|free| free >= bounds.disk_reserve_bytes))
}

/// Whether this file of so many bytes can be kept.
pub(super) async fn fit(
    conn: &mut Conn<'_>,
    bounds: &StorageConfig,
    free: Option<u64>,
    id: MediaId,
    bytes: u64,
) -> Result<Fit, DbError> {
    let beside = conn.media_beside(id, DAY_MS).await?;
    let is_above = |kept: u64, most: u64| kept.saturating_add(bytes) > most;
    Ok(if is_above(beside.of_a_day, bounds.media_of_a_day()) {
        Fit::TooMuch
    } else if is_above(beside.in_all, bounds.media_max_bytes)
        || free.is_some_and(|free| free < bounds.disk_reserve_bytes.saturating_add(bytes))
    {
        Fit::Waits
    } else {
        Fit::Fits
    })
}

/// Why a file of a customer who has sent too much is not kept.
pub(super) fn too_much(bounds: &StorageConfig) -> String {
    let most = bounds.media_of_a_day() >> 20;
    format!("The customer has sent too many files: {most} MiB are kept of what one sends in a day.")
}
