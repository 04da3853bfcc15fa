//! Stopping and resuming a whole channel.

use crate::db::{Conn, DbError, on_db};
use crate::protocol::{ChannelId, Timestamp};

impl Conn<'_> {
    /// Makes all that waits on the channel due now, because LINE is back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hasten(&mut self, channel: ChannelId, now: Timestamp) -> Result<(), DbError> {
        // What was never tried waits because its operator wants it to.
        const SQL: &str = "UPDATE outbox SET due_at = $2 WHERE channel_id = $1 AND due_at > $2 \
             AND delivery_id IS NOT NULL";
        on_db!(self, c => {
            sqlx::query(SQL).bind(channel).bind(now).execute(c).await?;
        });
        Ok(())
    }

    /// Stops sending on the channel. True when it was not stopped before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pause_channel(
        &mut self,
        channel: ChannelId,
        reason: &str,
    ) -> Result<bool, DbError> {
        const SQL: &str =
            "UPDATE channels SET paused_reason = $2 WHERE id = $1 AND paused_reason IS NULL";
        Ok(on_db!(self, c => {
            sqlx::query(SQL).bind(channel).bind(reason).execute(c).await?.rows_affected() > 0
        }))
    }

    /// Sends on the channel again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn resume_channel(
        &mut self,
        channel: ChannelId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE channels SET paused_reason = NULL WHERE id = $1";
        on_db!(self, c => {
            sqlx::query(SQL).bind(channel).execute(c).await?;
        });
        self.hasten(channel, now).await
    }

    /// The channels that are stopped.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn paused_channels(&mut self) -> Result<Vec<ChannelId>, DbError> {
        const SQL: &str = "SELECT id FROM channels WHERE paused_reason IS NOT NULL";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).fetch_all(c).await?))
    }
}
