//! The socket's commands over HTTP, for when WebSockets are blocked. Same services, same rules.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ApiError;
use super::codec::Json;
use crate::protocol::message::SendMessage;
use crate::protocol::{Conversation, Message, MessageId, OperatorId, Room, Session};

/// The answer to `send_message`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentMessage {
    /// Of the conversation.
    pub rev: i64,
    /// The line as stored.
    pub message: Message,
}

/// Sends to the customer or writes a note; the same `client_id` again changes nothing.
///
/// # Errors
/// `not_claimed` (409), `validation_error` (400), `message_too_long` (400), `room_not_found` (404).
#[server(name = SendMessageCall, prefix = "/api", endpoint = "send_message", input = Json, output = Json)]
pub async fn send_message(message: SendMessage) -> Result<SentMessage, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let sent = state
        .messages
        .send(&me.operator, message, None)
        .await
        .map_err(context::refuse)?;
    Ok(SentMessage {
        rev: sent.rev,
        message: sent.message,
    })
}

/// Tries a failed or unconfirmed message again.
///
/// # Errors
/// `not_claimed` (409), `validation_error` (400), `room_not_found` (404).
#[server(name = RetryMessageCall, prefix = "/api", endpoint = "retry_message", input = Json, output = Json)]
pub async fn retry_message(room: Room, message_id: MessageId) -> Result<Message, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    state
        .messages
        .retry(&me.operator, &room, message_id, None)
        .await
        .map_err(context::refuse)
}

/// Takes the waiting session, or opens one again that was closed less than a day ago.
///
/// # Errors
/// `already_claimed` (409) with the owner, `session_not_found` (404), `room_not_found` (404).
#[server(prefix = "/api", endpoint = "claim_session", input = Json, output = Json)]
pub async fn claim_session(room: Room) -> Result<Session, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let change = state
        .sessions
        .claim(&me.operator, &room, None)
        .await
        .map_err(context::refuse)?;
    Ok(change.session)
}

/// Ends the session.
///
/// # Errors
/// `not_claimed` (409), `session_not_found` (404), `room_not_found` (404).
#[server(prefix = "/api", endpoint = "close_session", input = Json, output = Json)]
pub async fn close_session(room: Room, note: Option<String>) -> Result<Session, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let change = state
        .sessions
        .close(&me.operator, &room, note, None)
        .await
        .map_err(context::refuse)?;
    Ok(change.session)
}

/// Passes the session to `operator_id`, or back to the queue when that is absent.
///
/// # Errors
/// `not_claimed` (409), `session_not_found` (404), `room_not_found` (404).
#[server(prefix = "/api", endpoint = "transfer_session", input = Json, output = Json)]
pub async fn transfer_session(
    room: Room,
    operator_id: Option<OperatorId>,
    note: Option<String>,
) -> Result<Session, ApiError> {
    use super::context;
    use crate::service::sessions::Destination;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let destination = operator_id.map_or(Destination::Queue, Destination::Operator);
    let change = state
        .sessions
        .transfer(&me.operator, &room, destination, note, None)
        .await
        .map_err(context::refuse)?;
    Ok(change.session)
}

/// Marks all up to `rev` as looked at; while somebody has the chat, only by them.
///
/// # Errors
/// `room_not_found` (404).
#[server(prefix = "/api", endpoint = "mark_read", input = Json, output = Json)]
pub async fn mark_read(room: Room, rev: i64) -> Result<Conversation, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?.operator.id;
    let marked = state.inbox.mark_read(me, &room, rev, None).await;
    Ok(marked.map_err(context::refuse)?.conversation)
}
