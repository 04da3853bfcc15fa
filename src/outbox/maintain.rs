//! What the outbox does now and then: look whether a stopped channel works again, end what
//! could not leave for a day.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::breaker::Allowance;
use super::deliver::LEASE_MS;
use super::policy::{self, GIVE_UP_AFTER_MS};
use super::shared::Shared;
use super::time::Time;
use crate::db::DbError;
use crate::db::outbox::Pull;
use crate::protocol::{ChannelId, ConversationId, Timestamp};
use crate::service::change::write_and_tell;
use crate::service::delivery::tell_messages;

/// How often.
const EVERY_MS: i64 = 60_000;

/// How often it is looked whether it is time, or the time of day was set back.
const LOOK: Duration = Duration::from_secs(5);

pub(super) async fn run(shared: Arc<Shared>, stop: CancellationToken) {
    let mut last = Time::present();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
        let time = Time::present();
        if time.moment().since(last.moment_then()) < EVERY_MS && !time.is_set_back_since(last) {
            continue;
        }
        last = time;
        let work = round(&shared, time);
        tokio::select! {
            () = stop.cancelled() => return,
            done = work => if let Err(error) = done {
                tracing::warn!(%error, "the outbox's maintenance failed");
            }
        }
    }
}

/// Once.
pub(super) async fn round(shared: &Shared, time: Time) -> Result<(), DbError> {
    let now = time.now();
    pull(shared, now).await?;
    let mut reader = shared.db.reader().await?;
    let paused = reader.conn().paused_channels().await?;
    let waiting = reader.conn().channels_with_due(now).await?;
    drop(reader);
    for channel in paused {
        resume_if_let_in(shared, channel, now).await?;
    }
    for channel in waiting {
        let allowance = shared.breakers().allowance(channel, time.moment());
        if allowance != Allowance::All {
            end_untried(shared, channel, now).await?;
        }
    }
    Ok(())
}

/// Brings back what is due later than anything is ever put off to: the time of day was set back.
async fn pull(shared: &Shared, now: Timestamp) -> Result<(), DbError> {
    let pulled = shared.db.write(move |mut conn| {
        Box::pin(async move {
            let due = Pull {
                beyond: now.plus_ms(2 * policy::LONGEST_WAIT_MS),
                to: now,
            };
            let leases = Pull {
                beyond: now.plus_ms(2 * LEASE_MS),
                to: now.plus_ms(LEASE_MS),
            };
            conn.pull_outbox(due, leases).await
        })
    });
    if pulled.await? > 0 {
        tracing::warn!("the clock was set back; messages that waited for a time to come go now");
        shared.wake.notify_one();
    }
    Ok(())
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
