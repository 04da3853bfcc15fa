//! The conversation list, the team, and earlier sessions.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
use crate::protocol::customer::UnreadMention;
use crate::protocol::line_account::LineAccount;
use crate::protocol::{
    ConversationPage, Filter, InboxCursor, OperatorPresence, Room, Session, SessionId, Sort, Tab,
};

/// One page of a list, 50 rows unless `limit` (100 at most) says otherwise, with the counts of all
/// four lists for that filter.
///
/// # Errors
/// `not_authenticated` (401), `validation_error` (400) for a filter or a limit that is too long.
#[server(prefix = "/api", endpoint = "conversations", input = Json, output = Json)]
pub async fn conversations(
    tab: Tab,
    filter: Option<Filter>,
    sort: Option<Sort>,
    cursor: Option<InboxCursor>,
    limit: Option<u32>,
) -> Result<ConversationPage, ApiError> {
    use super::context;
    use crate::service::inbox::AskedPage;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let asked = AskedPage {
        tab,
        filter: filter.unwrap_or_default(),
        sort,
        after: cursor,
        limit,
    };
    let page = state.inbox.list(me.operator.id, asked).await;
    page.map_err(context::refuse)
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

/// What the LINE accounts are called.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "line_accounts", input = Json, output = Json)]
pub async fn line_accounts() -> Result<Vec<LineAccount>, ApiError> {
    use super::context;
    let state = context::state()?;
    context::signed_in().await?;
    state.accounts.titles().await.map_err(context::refuse)
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
