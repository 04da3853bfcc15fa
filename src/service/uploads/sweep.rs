//! Removing files that no message uses, a few pieces at a time, so that nobody who writes waits
//! for it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::clock;
use crate::db::{Db, DbError};
use crate::protocol::{MediaId, Timestamp};

/// How often files are looked for that have come to their end.
const SWEEP_EVERY: Duration = Duration::from_secs(15);
/// Pieces that go at a time: 4 MiB.
const PIECES: i64 = 16;
/// Files that are looked up at a time.
const FILES: i64 = 100;

/// Files whose sender is gone, for the sweeper. Their own end would come a minute later.
#[derive(Clone, Debug, Default)]
pub(super) struct LeftBehind(Arc<Left>);

#[derive(Debug, Default)]
struct Left {
    /// A std mutex: nothing awaits under it.
    files: Mutex<Vec<MediaId>>,
    wake: Notify,
}

impl LeftBehind {
    /// Nobody sends this file any more.
    pub(super) fn add(&self, id: MediaId) {
        let files = self.0.files.lock();
        files.unwrap_or_else(PoisonError::into_inner).push(id);
        self.0.wake.notify_one();
    }

    fn take(&self) -> Vec<MediaId> {
        let files = self.0.files.lock();
        std::mem::take(&mut *files.unwrap_or_else(PoisonError::into_inner))
    }
}

/// Removes files that no message uses.
pub struct Sweeper {
    db: Db,
    left: LeftBehind,
}

impl Sweeper {
    pub(super) fn new(db: Db, left: LeftBehind) -> Self {
        Self { db, left }
    }

    /// Goes on for ever.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.sweep(clock::now()).await {
                tracing::warn!(%error, "files that nobody uses are removed later");
            }
            tokio::select! {
                () = self.left.0.wake.notified() => {}
                () = tokio::time::sleep(SWEEP_EVERY) => {}
            }
        }
    }

    /// Removes what has come to its end by `now`, and what was left behind; answers how many
    /// files.
    ///
    /// # Errors
    /// When the database fails; what is left comes to its end by itself.
    pub async fn sweep(&self, now: Timestamp) -> Result<usize, DbError> {
        let mut removed = 0;
        for id in self.left.take() {
            removed += usize::from(remove(&self.db, id).await?);
        }
        loop {
            let mut reader = self.db.reader().await?;
            let ended = reader.conn().ended_uploads(now, FILES).await?;
            drop(reader);
            if ended.is_empty() {
                return Ok(removed);
            }
            for id in ended {
                removed += usize::from(remove_if(&self.db, id, now).await?);
            }
        }
    }
}

/// Removes a file that no message uses, whenever its end would have been.
pub(super) async fn remove(db: &Db, id: MediaId) -> Result<bool, DbError> {
    remove_if(db, id, Timestamp(i64::MAX)).await
}

async fn remove_if(db: &Db, id: MediaId, before: Timestamp) -> Result<bool, DbError> {
    let ending =
        db.write(move |mut conn| Box::pin(async move { conn.end_upload(id, before).await }));
    let ended: Result<bool, DbError> = ending.await;
    if !ended? {
        return Ok(false);
    }
    drop_pieces(db, id).await?;
    db.write(move |mut conn| Box::pin(async move { conn.delete_media(id).await }))
        .await?;
    Ok(true)
}

/// Drops what is stored of a file.
pub(super) async fn drop_pieces(db: &Db, id: MediaId) -> Result<(), DbError> {
    loop {
        let dropping = db.write(move |mut conn| {
            Box::pin(async move { conn.drop_some_pieces(id, PIECES).await })
        });
        if dropping.await? < PIECES.unsigned_abs() {
            return Ok(());
        }
    }
}
