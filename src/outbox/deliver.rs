//! One delivery: record the attempt, make the call, record what came of it.

use std::time::{Duration, Instant};

use super::call::{Answer, call};
use super::compose::compose;
use super::policy::{self, Attempt, Decision};
use super::time::Time;
use super::worker::Shared;
use crate::db::DbError;
use crate::db::outbox::{Delivery, Lease, Method, Verdict};
use crate::metrics::{self, LineResult};
use crate::protocol::{ChannelId, ConversationId, Timestamp};
use crate::service::change::write_and_tell;
use crate::service::delivery::tell_messages;

/// How long a node may be silent about a delivery before it is taken for dead. Longer than any
/// call with the writes around it.
pub(super) const LEASE_MS: i64 = 60_000;

/// The wait between two offers of a call's outcome to a database that does not take it: the first,
/// and the longest.
const RECORD_WAIT: Duration = Duration::from_millis(500);
const LONGEST_RECORD_WAIT: Duration = Duration::from_secs(5);

pub(super) async fn begin(
    shared: &Shared,
    conversation: ConversationId,
    now: Timestamp,
) -> Result<Option<Delivery>, DbError> {
    let lease = Lease {
        node: shared.node.clone(),
        until: now.plus_ms(LEASE_MS),
    };
    shared
        .db
        .write(move |mut conn| {
            Box::pin(async move {
                conn.begin_delivery(conversation, &lease, compose, now)
                    .await
            })
        })
        .await
}

/// Makes the call and records what came of it. False when LINE did not answer.
pub(super) async fn deliver(shared: &Shared, delivery: &Delivery, time: Time) -> bool {
    let attempt = Attempt {
        method: delivery.method,
        messages: delivery.messages.len(),
        ambiguous_before: delivery.ambiguous_before,
        attempts: delivery.attempts,
        first_at: delivery.first_at,
    };
    if let Some(decision) = policy::expired(&attempt, time.now()) {
        record(
            shared,
            delivery,
            decision,
            Answer::not_made("expired"),
            time.now(),
        )
        .await;
        return true;
    }
    let began = Instant::now();
    let answer = match shared.line.line(delivery.channel).await {
        Some(line) => call(&line, delivery).await,
        None => Answer::not_made("the channel has no usable credentials"),
    };
    let (is_outage, took) = (answer.is_outage(), began.elapsed());
    let decision = policy::decide(&attempt, answer.outcome.clone(), time.now(), rand::random());
    let (result, request_id) = (result_of(&decision), answer.request_id.clone());
    // What LINE did comes first: nothing that is made of it may get in between.
    record(shared, delivery, decision, answer, time.now()).await;
    log(delivery, result, request_id.as_deref(), took);
    let closed = {
        let mut breakers = shared.breakers();
        if is_outage {
            breakers.failed(delivery.channel, time.moment());
            false
        } else {
            breakers.answered(delivery.channel)
        }
    };
    if closed {
        hasten(shared, delivery.channel, time.now()).await;
    }
    !is_outage
}

fn result_of(decision: &Decision) -> LineResult {
    match decision {
        Decision::Sent => LineResult::Sent,
        Decision::RetrySame { .. } => LineResult::Again,
        Decision::SwitchToPush => LineResult::Switched,
        Decision::Failed { .. } => LineResult::Failed,
        Decision::Unconfirmed { .. } => LineResult::Unconfirmed,
        Decision::PauseChannel { .. } => LineResult::Paused,
    }
}

fn log(delivery: &Delivery, result: LineResult, request_id: Option<&str>, took: Duration) {
    metrics::called_line(delivery.method == Method::Reply, result);
    for message in &delivery.messages {
        tracing::debug!(message.id = %message, delivery.id = %delivery.id, ?result, "sent to LINE");
    }
    tracing::info!(
        conversation.id = %delivery.conversation,
        delivery.id = %delivery.id,
        delivery.method = ?delivery.method,
        delivery.attempts = delivery.attempts,
        messages = delivery.messages.len(),
        line.request_id = request_id,
        duration_ms = took.as_millis(),
        ?result,
        "called LINE"
    );
}

/// Records the outcome, if need be again and again for as long as this process lives, be the disk
/// full for hours: were it lost, a reply that LINE took would become unconfirmed.
async fn record(
    shared: &Shared,
    delivery: &Delivery,
    decision: Decision,
    answer: Answer,
    now: Timestamp,
) {
    let verdict = verdict(decision, &answer);
    let mut wait = RECORD_WAIT;
    while let Err(error) = finish(shared, delivery, &verdict, answer.request_id.clone(), now).await
    {
        tracing::warn!(delivery.id = %delivery.id, %error, "an outcome waits for the database");
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_RECORD_WAIT);
    }
}

fn verdict(decision: Decision, answer: &Answer) -> Verdict {
    match decision {
        Decision::Sent => Verdict::Sent {
            ids: answer.sent.ids.clone(),
            quote_tokens: answer.sent.quote_tokens.clone(),
        },
        Decision::RetrySame {
            at,
            ambiguous,
            error,
        } => Verdict::Again {
            at,
            ambiguous,
            error,
        },
        Decision::SwitchToPush => Verdict::Split,
        Decision::Failed { error } => Verdict::Failed(error),
        Decision::Unconfirmed { why } => Verdict::Unconfirmed(why),
        Decision::PauseChannel { reason } => Verdict::Held { reason },
    }
}

/// Writes the outcome and tells the consoles what changed.
async fn finish(
    shared: &Shared,
    delivery: &Delivery,
    verdict: &Verdict,
    request_id: Option<String>,
    now: Timestamp,
) -> Result<(), DbError> {
    let (delivery, verdict) = (delivery.clone(), verdict.clone());
    write_and_tell(&shared.db, &shared.hub, move |mut conn| {
        Box::pin(async move {
            let changed = conn
                .finish_delivery(&delivery, &verdict, request_id.as_deref(), compose, now)
                .await?;
            if let Verdict::Held { reason } = &verdict
                && conn.pause_channel(delivery.channel, reason).await?
            {
                tracing::error!(
                    channel.id = %delivery.channel,
                    "LINE refuses the channel's access token; its messages wait"
                );
            }
            tell_messages(&mut conn, delivery.conversation, &changed).await
        })
    })
    .await
}

async fn hasten(shared: &Shared, channel: ChannelId, now: Timestamp) {
    tracing::info!(channel.id = %channel, "LINE answers again");
    let hastened = shared
        .db
        .write(move |mut conn| Box::pin(async move { conn.hasten(channel, now).await }))
        .await;
    if let Err(error) = hastened {
        tracing::warn!(%error, "waiting messages keep their time");
    }
    shared.wake.notify_one();
}
