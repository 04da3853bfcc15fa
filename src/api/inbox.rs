//! The conversation list, the team, and earlier sessions.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
use crate::protocol::customer::UnreadMention;
use crate::protocol::{
    ConversationPage, InboxCursor, OperatorPresence, Room, Session, SessionId, Tab,
};

/// One page of a list.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "conversations", input = Json, output = Json)]
pub async fn conversations(
    tab: Tab,
    after: Option<InboxCursor>,
) -> Result<ConversationPage, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    state
        .inbox
        .page(me.operator.id, tab, after, crate::protocol::PAGE_SIZE)
        .await
        .map_err(context::refuse)
}

/// The team and who is at the desk.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "operators", input = Json, output = Json)]
pub async fn operators() -> Result<Vec<OperatorPresence>, ApiError> {
    use super::context;
    let state = context::state()?;
    context::signed_in().await?;
    state.team.now().await.map_err(context::refuse)
}

/// The earlier and present sessions of a conversation, newest first.
///
/// # Errors
/// `not_authenticated` (401), `room_not_found` (404).
#[server(prefix = "/api", endpoint = "sessions", input = Json, output = Json)]
pub async fn sessions(room: Room, before: Option<SessionId>) -> Result<Vec<Session>, ApiError> {
    use super::context;
    let state = context::state()?;
    context::signed_in().await?;
    state
        .inbox
        .sessions(&room, before)
        .await
        .map_err(context::refuse)
}

/// Where notes name the caller who has not looked at them; `mark_read` reads them.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "mentions", input = Json, output = Json)]
pub async fn mentions() -> Result<Vec<UnreadMention>, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let mentions = state.inbox.mentions(me.operator.id).await;
    mentions.map_err(context::refuse)
}
