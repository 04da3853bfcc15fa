//! What has an end ends here: in pieces so small, and with pauses so long, that nobody who writes
//! or is written to waits for it.

use std::time::{Duration, Instant};

use tokio::time::MissedTickBehavior;
use uuid::Uuid;

use crate::clock;
use crate::db::retention::{Aging, Key, Stretch, Walked};
use crate::db::{Db, DbError};
use crate::protocol::Timestamp;
use crate::protocol::time::DAY_MS;

/// How often all is looked through.
const SWEEP_EVERY: u32 = 60;

/// How often the log's size is looked at.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// LINE repeats an event for hours at most, and messages are known by their own ids as well.
const EVENTS_MS: i64 = 30 * DAY_MS;
/// After that no message comes for which an unsend waits.
const UNSENDS_MS: i64 = 30 * DAY_MS;
/// A year, and time to look at it.
const AUDIT_MS: i64 = 400 * DAY_MS;
/// For looking up what LINE was asked; none is tried for longer than a day.
const DELIVERIES_MS: i64 = 7 * DAY_MS;

/// Who has not looked at a message for so long does so for no customer who still waits to see it.
const READS_MS: i64 = 30 * DAY_MS;

/// Rows of a piece at first, at the least and at the most.
const FIRST: i64 = 200;
const FEWEST: i64 = 10;
const MOST: i64 = 1_000;

/// A piece that took longer is followed by smaller ones, one that took less than a third by larger
/// ones; none is to take 50 ms.
const LONG: Duration = Duration::from_millis(25);

/// After a piece others have so many times its time.
const REST: u32 = 10;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Rows that are gone.
    pub rows: u64,
    /// Changes that took.
    pub pieces: u64,
}

/// Ends what has an end; one for each node.
pub struct Retention {
    db: Db,
    /// Rows of the next piece.
    size: i64,
    swept: Swept,
}

impl Retention {
    /// Over this store.
    pub fn new(db: Db) -> Self {
        Self {
            db,
            size: FIRST,
            swept: Swept::default(),
        }
    }

    /// Goes on for ever: the log is looked at each minute, everything else each hour.
    pub async fn run(mut self) {
        let mut ticks = tokio::time::interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for minute in (0..SWEEP_EVERY).cycle() {
            ticks.tick().await;
            if let Err(error) = self.db.shrink_log().await {
                tracing::warn!(%error, "the database's log keeps its size for now");
            }
            // Not with the start itself, when there is other work.
            if minute != 1 {
                continue;
            }
            match self.sweep(clock::now()).await {
                Ok(Swept { rows: 0, .. }) => {}
                Ok(Swept { rows, pieces }) => {
                    tracing::info!(rows, pieces, "removed what had come to its end");
                }
                Err(error) => tracing::warn!(%error, "what has come to its end is removed later"),
            }
        }
    }

    /// Removes all that has come to its end by `now`.
    ///
    /// # Errors
    /// When the database fails; what was removed stays so.
    pub async fn sweep(&mut self, now: Timestamp) -> Result<Swept, DbError> {
        self.swept = Swept::default();
        for (rows, age) in [
            (Aging::Deliveries, DELIVERIES_MS),
            // After the deliveries that name them.
            (Aging::ReplyTokens, DELIVERIES_MS),
            (Aging::ReadTokens, READS_MS),
            (Aging::Audit, AUDIT_MS),
        ] {
            self.sweep_aged(rows, now.plus_ms(-age)).await?;
        }
        let channels = self.db.reader().await?.conn().channels().await?;
        for channel in channels {
            for (rows, age) in [
                (Walked::WebhookEvents(channel.id), EVENTS_MS),
                (Walked::EarlyUnsends(channel.id), UNSENDS_MS),
            ] {
                self.sweep_walked(rows, String::new(), now.plus_ms(-age))
                    .await?;
            }
        }
        self.sweep_walked(Walked::Logins, Uuid::nil(), now).await?;
        Ok(self.swept)
    }

    async fn sweep_aged(&mut self, rows: Aging, before: Timestamp) -> Result<(), DbError> {
        loop {
            let limit = self.size;
            let deleting = self.db.write(move |mut conn| {
                Box::pin(async move {
                    let began = Instant::now();
                    let gone = conn.delete_aged(rows, before, limit).await?;
                    Ok::<_, DbError>((gone, began.elapsed()))
                })
            });
            let (gone, took) = deleting.await?;
            self.rest(gone, took).await;
            if gone < limit.unsigned_abs() {
                return Ok(());
            }
        }
    }

    async fn sweep_walked<K: Key>(
        &mut self,
        rows: Walked,
        before_first: K,
        before: Timestamp,
    ) -> Result<(), DbError> {
        let mut after = before_first;
        loop {
            // Looking is done beside the writer; it only deletes.
            let mut reader = self.db.reader().await?;
            let mut conn = reader.conn();
            let found = conn.stretch(rows, &after, before, self.size).await?;
            let Some(Stretch { last, has_ended }) = found else {
                return Ok(());
            };
            drop(reader);
            let from = std::mem::replace(&mut after, last.clone());
            if !has_ended {
                tokio::task::yield_now().await;
                continue;
            }
            let deleting = self.db.write(move |mut conn| {
                Box::pin(async move {
                    let began = Instant::now();
                    let gone = conn.delete_stretch(rows, &from, &last, before).await?;
                    Ok::<_, DbError>((gone, began.elapsed()))
                })
            });
            let (gone, took) = deleting.await?;
            self.rest(gone, took).await;
        }
    }

    /// Lets others write after a piece, and fits the next one.
    async fn rest(&mut self, gone: u64, took: Duration) {
        if gone == 0 {
            return;
        }
        self.swept.rows += gone;
        self.swept.pieces += 1;
        self.size = next_size(self.size, took);
        tokio::time::sleep(took * REST).await;
    }
}

/// How many rows the next piece has, after one of `size` took so long.
fn next_size(size: i64, took: Duration) -> i64 {
    let next = if took > LONG {
        size / 4
    } else if took < LONG / 3 {
        size + size / 4
    } else {
        size
    };
    next.clamp(FEWEST, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_that_take_long_become_smaller_and_grow_again_slowly() {
        let after = |size, ms| next_size(size, Duration::from_millis(ms));
        assert_eq!(after(200, 40), 50);
        assert_eq!(after(200, 20), 200);
        assert_eq!(after(200, 2), 250);
        assert_eq!(after(12, 400), FEWEST);
        assert_eq!(after(1_000, 1), MOST);
    }
}
