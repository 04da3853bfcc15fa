//! A conversation's history over HTTP: first paint, older pages, and life without a socket.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

use super::ApiError;
use crate::protocol::{Conversation, Message, MessageId, OperatorRef, Room, Timestamp};

/// Where older history begins: before this line, in display order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadCursor {
    /// The line's time.
    pub at: Timestamp,
    /// The line.
    pub id: MessageId,
}

/// A stretch of history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadPage {
    /// As it is now.
    pub conversation: Conversation,
    /// In display order.
    pub messages: Vec<Message>,
    /// Where the history before these lines is; absent at its beginning.
    pub older: Option<ThreadCursor>,
    /// With `after_rev`: whether `messages` holds all that changed since; otherwise true.
    pub complete: bool,
    /// Who looks at the conversation.
    pub viewers: Vec<OperatorRef>,
}

/// The newest 50 lines, or the 50 before a given one.
///
/// # Errors
/// `not_authenticated` (401), `room_not_found` (404).
#[server(prefix = "/api", endpoint = "thread", input = Json)]
pub async fn thread(room: Room, before: Option<ThreadCursor>) -> Result<ThreadPage, ApiError> {
    use super::context;
    let state = context::state()?;
    context::signed_in().await?;
    state
        .inbox
        .thread(&room, before)
        .await
        .map_err(context::refuse)
}

/// What changed since `after_rev`: `join_room` without a socket.
///
/// # Errors
/// `not_authenticated` (401), `room_not_found` (404).
#[server(prefix = "/api", endpoint = "thread_since", input = Json)]
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
