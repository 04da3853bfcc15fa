//! What the outbox does now and then: look whether a stopped channel works again, end what
//! could not leave for a day, forget what is over.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::breaker::Allowance;
use super::policy::{self, GIVE_UP_AFTER_MS};
use super::worker::{Outbox, Shared};
use crate::db::DbError;
use crate::protocol::time::DAY_MS;
use crate::protocol::{ChannelId, ConversationId, Timestamp};
use crate::service::change::write_and_tell;
use crate::service::delivery::tell_messages;

/// How often.
const EVERY: Duration = Duration::from_mins(1);

/// How long deliveries and tokens are kept, for looking things up.
const KEEP_MS: i64 = 7 * DAY_MS;

impl Outbox {
    /// One round of maintenance. For tests; [`Outbox::run`] does it each minute.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn maintain(&self, now: Timestamp) -> Result<(), DbError> {
        round(&self.shared, now).await
    }
}

pub(super) async fn run(shared: Arc<Shared>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        let work = round(&shared, crate::clock::now());
        tokio::select! {
            () = stop.cancelled() => return,
            done = work => if let Err(error) = done {
                tracing::warn!(%error, "the outbox's maintenance failed");
            }
        }
    }
}

async fn round(shared: &Shared, now: Timestamp) -> Result<(), DbError> {
    let mut reader = shared.db.reader().await?;
    let paused = reader.conn().paused_channels().await?;
    let waiting = reader.conn().channels_with_due(now).await?;
    drop(reader);
    for channel in paused {
        resume_if_let_in(shared, channel, now).await?;
    }
    for channel in waiting {
        let allowance = shared.breakers().allowance(channel, now);
        if allowance != Allowance::All {
            end_untried(shared, channel, now).await?;
        }
    }
    shared
        .db
        .write(move |mut conn| {
            Box::pin(async move { conn.purge_deliveries(now.plus_ms(-KEEP_MS)).await })
        })
        .await
}

/// Asks LINE something harmless in the channel's name; if that works, so does sending.
async fn resume_if_let_in(
    shared: &Shared,
    channel: ChannelId,
    now: Timestamp,
) -> Result<(), DbError> {
    let Some(line) = shared.line.line(channel).await else {
        return Ok(());
    };
    if line.bot_info().await.is_err() {
        return Ok(());
    }
    shared
        .db
        .write(move |mut conn| Box::pin(async move { conn.resume_channel(channel, now).await }))
        .await?;
    tracing::info!(channel.id = %channel, "LINE takes the channel's access token again");
    shared.wake.notify_one();
    Ok(())
}

/// Ends messages that waited a day for a LINE that does not answer, without one try.
async fn end_untried(shared: &Shared, channel: ChannelId, now: Timestamp) -> Result<(), DbError> {
    let before = now.plus_ms(-GIVE_UP_AFTER_MS);
    let stuck = shared
        .db
        .reader()
        .await?
        .conn()
        .untried_since(channel, before)
        .await?;
    for conversation in stuck {
        end_in(shared, conversation, before, now).await?;
    }
    Ok(())
}

async fn end_in(
    shared: &Shared,
    conversation: ConversationId,
    before: Timestamp,
    now: Timestamp,
) -> Result<(), DbError> {
    let error = policy::gave_up("LINE could not be reached");
    write_and_tell(&shared.db, &shared.hub, move |mut conn| {
        Box::pin(async move {
            let changed = conn.fail_untried(conversation, before, &error, now).await?;
            tell_messages(&mut conn, conversation, &changed).await
        })
    })
    .await
}
