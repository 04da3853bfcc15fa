//! An attempt within a transaction: recorded before the call is made, settled after it.
//!
//! From `begin` until `finish` the delivery counts as ambiguous: a crash in between leaves behind
//! exactly what is true, that nobody knows.

use uuid::Uuid;

use super::compose::{Links, compose};
use super::faces::add_faces;
use super::policy::{self, Route};
use crate::db::automatic::FreeReply;
use crate::db::outbox::{ChangedMessage, Delivery, Head, Lease, ReplyToken};
use crate::db::{Conn, DbError};
use crate::outcome::{Method, Outcome};
use crate::protocol::quota::month_start;
use crate::protocol::{ConversationId, MessageId, Timestamp};

/// What became of beginning.
#[derive(Debug)]
pub enum Begun {
    /// Nothing is due, or another node works on it or is about to.
    Nothing,
    /// The call is to be made.
    Call(Box<Delivery>),
    /// LINE would refuse it for the month's quota: it is to fail without a call.
    Beyond(Box<Delivery>),
    /// Nobody wrote it, and it would cost something that it may not: it is left out.
    LeftOut(MessageId),
}

/// Records an attempt to deliver the head of the conversation: the delivery that it belongs to,
/// or a new one.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    conn: &mut Conn<'_>,
    conversation: ConversationId,
    lease: &Lease,
    links: &Links,
    now: Timestamp,
) -> Result<Begun, DbError> {
    let Some(head) = conn.take_head(conversation, &lease.node, now).await? else {
        return Ok(Begun::Nothing);
    };
    let mut delivery = if let Some(id) = head.delivery_id {
        conn.stored_delivery(id, conversation, &head).await?
    } else {
        let token = token_for(conn, conversation, &head, now).await?;
        let may_cost = head.means().is_none_or(|means| means.may_cost);
        if token.is_none() && !may_cost {
            return Ok(Begun::LeftOut(head.message_id));
        }
        form(conn, conversation, &head, token, links, now).await?
    };
    if delivery.method == Method::Push {
        let left = conn.quota_left(delivery.channel, month_start(now)).await?;
        let (before, recipients) = (delivery.ambiguous_before, delivery.recipients);
        if policy::is_beyond_quota(delivery.method, before, recipients, left) {
            return Ok(Begun::Beyond(Box::new(delivery)));
        }
    }
    conn.record_attempt(&mut delivery, lease, now).await?;
    Ok(Begun::Call(Box::new(delivery)))
}

/// The reply token that pays for the head, if one does.
async fn token_for(
    conn: &mut Conn<'_>,
    conversation: ConversationId,
    head: &Head,
    now: Timestamp,
) -> Result<Option<ReplyToken>, DbError> {
    let since = policy::fresh_since(head.reply_token_seconds, now);
    let which = head.means().map_or(FreeReply::Any, |means| means.reply);
    conn.reply_token(conversation, since, which).await
}

/// Forms a delivery of the oldest messages.
async fn form(
    conn: &mut Conn<'_>,
    conversation: ConversationId,
    head: &Head,
    token: Option<ReplyToken>,
    links: &Links,
    now: Timestamp,
) -> Result<Delivery, DbError> {
    let token_id = token.as_ref().map(|token| token.id);
    let route = Route::choose(token, &head.to);
    let mut contents = conn
        .queued_contents(conversation, route.most(), now)
        .await?;
    add_faces(conn, &mut contents, links).await?;
    let delivery = Delivery {
        id: new_key(),
        method: route.method(),
        conversation,
        channel: head.channel_id,
        to: head.to.clone(),
        recipients: head.recipients,
        body: compose(&route, &contents, links),
        attempts: 0,
        ambiguous_before: false,
        first_at: now,
        messages: contents.iter().map(|content| content.message_id).collect(),
    };
    conn.insert_delivery(&delivery, token_id, now).await?;
    Ok(delivery)
}

/// Random: LINE's reference asks for a UUID and shows version 4.
fn new_key() -> Uuid {
    Uuid::new_v4()
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// In one word.
    pub outcome: &'a Outcome,
    /// LINE's name for the call.
    pub request_id: Option<&'a str>,
}

/// Records what came of the attempt and answers the messages that are settled by it.
///
/// # Errors
/// When the database fails.
pub async fn finish(
    conn: &mut Conn<'_>,
    delivery: &Delivery,
    answered: &Answered<'_>,
    links: &Links,
    now: Timestamp,
) -> Result<Vec<ChangedMessage>, DbError> {
    let Answered {
        outcome,
        request_id,
    } = answered;
    let mut changed = conn
        .finish_delivery(delivery, outcome, *request_id, now)
        .await?;
    let (method, recipients) = (delivery.method, delivery.recipients);
    // What another node has ended was counted there.
    if let Some(spent) = policy::spending(method, outcome, changed.len(), recipients)
        && !changed.is_empty()
    {
        conn.spend(delivery.channel, spent, now).await?;
    }
    match outcome {
        Outcome::Switched => changed.extend(push_each(conn, delivery, links, now).await?),
        Outcome::Paused { reason } => {
            if conn.pause_channel(delivery.channel, reason).await? {
                tracing::error!(
                    channel.id = %delivery.channel,
                    "LINE refuses the channel's access token; its messages wait"
                );
            }
        }
        Outcome::Sent { .. }
        | Outcome::Again { .. }
        | Outcome::Failed { .. }
        | Outcome::Unconfirmed { .. } => {}
    }
    Ok(changed)
}

/// Forms a push of each message of a reply that was refused; answers those that are left out, since
/// they may not cost anything.
async fn push_each(
    conn: &mut Conn<'_>,
    reply: &Delivery,
    links: &Links,
    now: Timestamp,
) -> Result<Vec<ChangedMessage>, DbError> {
    let route = Route::choose(None, &reply.to);
    let mut left_out = Vec::new();
    for &message in &reply.messages {
        let Some(mut content) = conn.queued_content(message).await? else {
            continue;
        };
        if !content.may_cost {
            left_out.extend(leave_out(conn, reply.conversation, message, now).await?);
            continue;
        }
        add_faces(conn, std::slice::from_mut(&mut content), links).await?;
        let push = Delivery {
            id: new_key(),
            method: Method::Push,
            body: compose(&route, &[content], links),
            attempts: 0,
            ambiguous_before: false,
            first_at: now,
            messages: vec![message],
            ..reply.clone()
        };
        conn.insert_delivery(&push, None, now).await?;
    }
    Ok(left_out)
}

/// Takes a message out of the queue that nobody wrote and that may not cost anything: it counts as
/// never said. `None` when it is not in the queue any more, or a call with it is under way.
///
/// # Errors
/// When the database fails.
pub async fn leave_out(
    conn: &mut Conn<'_>,
    conversation: ConversationId,
    message: MessageId,
    now: Timestamp,
) -> Result<Option<ChangedMessage>, DbError> {
    let rev = conn.bump_rev(conversation, now).await?;
    if !conn.cancel_queued(message, rev, now).await? {
        return Ok(None);
    }
    conn.forget_automatic(message).await?;
    Ok(Some(ChangedMessage {
        conversation,
        message,
        rev,
    }))
}
