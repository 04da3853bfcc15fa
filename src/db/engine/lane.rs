//! Whose turn it is to bring a file's bytes into SQLite.

use tokio::sync::{Mutex, MutexGuard};

/// The way of files' bytes, one piece at a time.
#[derive(Default)]
pub(in crate::db) struct Lane(Mutex<usize>);

impl Lane {
    /// Waits for those who came before. Until the guard is dropped the lane is the caller's; the
    /// number is what pieces have brought to the log, in bytes, since it was copied back.
    pub(in crate::db) async fn take(&self) -> MutexGuard<'_, usize> {
        self.0.lock().await
    }
}
