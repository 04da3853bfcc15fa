//! A conversation's history over HTTP: first paint, older pages, and life without a socket.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
#[cfg(feature = "ssr")]
use crate::protocol::ErrorCode;
use crate::protocol::message::RawEvent;
use crate::protocol::{MessageId, Room, ThreadCursor, ThreadPage};

/// The newest 50 lines, the 50 before or after a given one, or one with 25 lines on each side.
///
/// # Errors
/// `not_authenticated` (401), `room_not_found` (404), `not_found` (404) for a line to be around that
/// is not there, `validation_error` (400) when more than one of these is asked.
#[server(prefix = "/api", endpoint = "thread", input = Json, output = Json)]
pub async fn thread(
    room: Room,
    before: Option<ThreadCursor>,
    after: Option<ThreadCursor>,
    around: Option<MessageId>,
) -> Result<ThreadPage, ApiError> {
    use super::context;
    let state = context::state()?;
    context::signed_in().await?;
    let inbox = &state.inbox;
    let page = match (before, after, around) {
        (before, None, None) => inbox.thread(&room, before).await,
        (None, Some(after), None) => inbox.thread_after(&room, &after).await,
        (None, None, Some(line)) => inbox.thread_around(&room, line).await,
        _ => {
            let why = "Ask for the lines before, after or around one line: one of these at a time.";
            return Err(ApiError::new(ErrorCode::ValidationError, why));
        }
    };
    page.map_err(context::refuse)
}

/// What changed since `after_rev`: `join_room` without a socket.
///
/// # Errors
/// `not_authenticated` (401), `room_not_found` (404).
#[server(prefix = "/api", endpoint = "thread_since", input = Json, output = Json)]
pub async fn thread_since(room: Room, after_rev: i64) -> Result<ThreadPage, ApiError> {
    use super::context;
    let state = context::state()?;
    context::signed_in().await?;
    state
        .inbox
        .thread_since(&room, Some(after_rev))
        .await
        .map_err(context::refuse)
}

/// LINE's JSON of the event that brought a message.
///
/// # Errors
/// `not_authenticated` (401), `forbidden` (403) for all but administrators, `room_not_found` (404),
/// `not_found` (404) for a message that LINE did not send, or that was taken back.
#[server(prefix = "/api", endpoint = "raw_message", input = Json, output = Json)]
pub async fn raw_message(room: Room, message_id: MessageId) -> Result<RawEvent, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let raw = state
        .inbox
        .raw_event(me.operator.role, &room, message_id)
        .await;
    raw.map_err(context::refuse)
}
