//! The conversation list, and all that the console's first paint needs.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

use super::{ApiError, ThreadPage};
use crate::protocol::{
    Conversation, Counts, Operator, OperatorPresence, Room, SessionId, Tab, Timestamp,
};

/// Conversations of one page of a list.
pub const PAGE_SIZE: u32 = 50;

/// Where the next page of a list begins (keyset paging: after this row).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxCursor {
    /// The sort time of the last row: waiting since, or last activity.
    pub at: Timestamp,
    /// The last row.
    pub room: Room,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationPage {
    /// In the list's order.
    pub conversations: Vec<Conversation>,
    /// Where the next page begins; absent at the end.
    pub next: Option<InboxCursor>,
    /// Of all four lists, at the same moment.
    pub counts: Counts,
}

/// All that the console's first paint needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleStart {
    /// Who is signed in.
    pub me: Operator,
    /// The server's clock at the moment of rendering.
    pub now: Timestamp,
    /// The list that is open.
    pub tab: Tab,
    /// Its first page.
    pub page: ConversationPage,
    /// The open conversation, if the address names one that exists.
    pub thread: Option<ThreadPage>,
    /// The team.
    pub presence: Vec<OperatorPresence>,
    /// Whether there is any LINE channel to talk through.
    pub connected_channel: bool,
    /// `sala demo`: where the simulated phone is.
    pub simulator: bool,
}

/// What the console shows first.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "console", input = Json)]
pub async fn console(tab: Tab, room: Option<Room>) -> Result<ConsoleStart, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    state
        .inbox
        .start(&me.operator, tab, room)
        .await
        .map_err(context::refuse)
}

/// One page of a list.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "conversations", input = Json)]
pub async fn conversations(
    tab: Tab,
    after: Option<InboxCursor>,
) -> Result<ConversationPage, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    state
        .inbox
        .page(me.operator.id, tab, after, PAGE_SIZE)
        .await
        .map_err(context::refuse)
}

/// The team and who is at the desk.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "operators", input = Json)]
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
#[server(prefix = "/api", endpoint = "sessions", input = Json)]
pub async fn sessions(
    room: Room,
    before: Option<SessionId>,
) -> Result<Vec<crate::protocol::Session>, ApiError> {
    use super::context;
    let state = context::state()?;
    context::signed_in().await?;
    state
        .inbox
        .sessions(&room, before)
        .await
        .map_err(context::refuse)
}
