//! One delivery: record the attempt, make the call, record what came of it.

use std::time::{Duration, Instant};

use bytes::Bytes;

use super::attempt::{self, Answered, Begun};
use super::policy::{self, Attempt};
use super::shared::Shared;
use super::time::Time;
use crate::db::DbError;
use crate::db::outbox::{Delivery, Lease};
use crate::line::client::Sent;
use crate::line::error::MONTHLY_LIMIT;
use crate::line::{LineChannel, LineError};
use crate::metrics;
use crate::outcome::{Method, Outcome};
use crate::protocol::{ChannelId, ConversationId, MessageId, Timestamp};
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
) -> Result<Begun, DbError> {
    let lease = Lease {
        node: shared.node.clone(),
        until: now.plus_ms(LEASE_MS),
    };
    let links = shared.links.clone();
    shared
        .db
        .write(move |mut conn| {
            Box::pin(
                async move { attempt::begin(&mut conn, conversation, &lease, &links, now).await },
            )
        })
        .await
}

/// Records that LINE would refuse the call for the month's quota, in its words and without a call.
pub(super) async fn refuse(shared: &Shared, delivery: &Delivery, now: Timestamp) {
    let outcome = Outcome::Failed {
        error: MONTHLY_LIMIT.to_owned(),
    };
    record(shared, delivery, &outcome, None, now).await;
    tracing::info!(
        conversation.id = %delivery.conversation,
        delivery.id = %delivery.id,
        "a push was not tried: the month's messages are used up"
    );
}

/// Leaves a message out that may not cost anything. What another node has done with it meanwhile
/// stands.
pub(super) async fn leave_out(
    shared: &Shared,
    conversation: ConversationId,
    message: MessageId,
    now: Timestamp,
) -> Result<(), DbError> {
    let left_out = write_and_tell(&shared.db, &shared.hub, move |mut conn| {
        Box::pin(async move {
            // Refused, so that the change that was begun leaves no trace.
            let changed = attempt::leave_out(&mut conn, conversation, message, now).await?;
            let changed = changed.ok_or(DbError::Conflict)?;
            tell_messages(&mut conn, conversation, &[changed]).await
        })
    });
    match left_out.await {
        Ok(()) => {
            tracing::debug!(message.id = %message, "left out: there is no free reply for it");
            Ok(())
        }
        Err(DbError::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
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
    if let Some(outcome) = policy::expired(&attempt, time.now()) {
        record(shared, delivery, &outcome, None, time.now()).await;
        return true;
    }
    // The log's time is that of the call alone, whatever the clock of the day does meanwhile.
    let began = Instant::now();
    let answer = match shared.line.line(delivery.channel).await {
        Some(line) => call(&line, delivery).await,
        None => Err(LineError::NoCredentials),
    };
    let took = began.elapsed();
    let is_outage = answer.as_ref().is_err_and(LineError::is_outage);
    let request_id = request_id(&answer);
    let outcome = policy::decide(&attempt, answer, time.now(), rand::random());
    // What LINE did comes first: nothing that is made of it may get in between.
    record(
        shared,
        delivery,
        &outcome,
        request_id.as_deref(),
        time.now(),
    )
    .await;
    log(delivery, &outcome, request_id.as_deref(), took);
    // In a block of its own: no std mutex is held where something is awaited.
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

/// Makes the call that the delivery stands for.
async fn call(line: &LineChannel, delivery: &Delivery) -> Result<Sent, LineError> {
    let body = Bytes::from(delivery.body.clone());
    match delivery.method {
        Method::Reply => line.reply_body(body).await,
        Method::Push => line.push_body(body, delivery.id).await,
    }
}

/// LINE's name for the call; of a repetition, for the one that it took.
fn request_id(answer: &Result<Sent, LineError>) -> Option<String> {
    match answer {
        Ok(sent) => sent
            .accepted_request_id
            .as_ref()
            .or(sent.request_id.as_ref())
            .cloned(),
        Err(error) => error.request_id().map(str::to_owned),
    }
}

fn log(delivery: &Delivery, outcome: &Outcome, request_id: Option<&str>, took: Duration) {
    metrics::called_line(delivery.method, outcome);
    let result = outcome.label();
    for message in &delivery.messages {
        tracing::debug!(message.id = %message, delivery.id = %delivery.id, result, "sent to LINE");
    }
    tracing::info!(
        conversation.id = %delivery.conversation,
        delivery.id = %delivery.id,
        delivery.method = ?delivery.method,
        delivery.attempts = delivery.attempts,
        messages = delivery.messages.len(),
        line.request_id = request_id,
        duration_ms = took.as_millis(),
        result,
        "called LINE"
    );
}

/// Records the outcome, if need be again and again for as long as this process lives, be the disk
/// full for hours: were it lost, a reply that LINE took would become unconfirmed.
async fn record(
    shared: &Shared,
    delivery: &Delivery,
    outcome: &Outcome,
    request_id: Option<&str>,
    now: Timestamp,
) {
    let mut wait = RECORD_WAIT;
    while let Err(error) = finish(shared, delivery, outcome, request_id, now).await {
        tracing::warn!(delivery.id = %delivery.id, %error, "an outcome waits for the database");
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_RECORD_WAIT);
    }
}

/// Writes the outcome and tells the consoles what changed.
async fn finish(
    shared: &Shared,
    delivery: &Delivery,
    outcome: &Outcome,
    request_id: Option<&str>,
    now: Timestamp,
) -> Result<(), DbError> {
    let (delivery, outcome) = (delivery.clone(), outcome.clone());
    let request_id = request_id.map(str::to_owned);
    let links = shared.links.clone();
    write_and_tell(&shared.db, &shared.hub, move |mut conn| {
        Box::pin(async move {
            let answered = Answered {
                outcome: &outcome,
                request_id: request_id.as_deref(),
            };
            let changed = attempt::finish(&mut conn, &delivery, &answered, &links, now).await?;
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
