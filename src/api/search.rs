//! Searching chats over HTTP.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]
#![expect(clippy::too_many_arguments, reason = "the contract has so many")]

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
use crate::protocol::search::{SearchCursor, SearchIn, SearchPage};
use crate::protocol::{ChannelName, OperatorId, Room, Timestamp};

/// Customers and messages that have all the words, the newest first.
///
/// # Errors
/// `not_authenticated` (401), `validation_error` (400) for a query of more than 1,000 UTF-16 units
/// or without a character to look for, `room_not_found` (404), `not_found` (404) for a channel.
#[server(prefix = "/api", endpoint = "search", input = Json, output = Json)]
pub async fn search(
    q: String,
    r#in: Option<Vec<SearchIn>>,
    room: Option<Room>,
    channel: Option<ChannelName>,
    operator_id: Option<OperatorId>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    cursor: Option<SearchCursor>,
    limit: Option<u32>,
) -> Result<SearchPage, ApiError> {
    use super::context;
    use crate::service::search::Asked;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let asked = Asked {
        q,
        within: r#in,
        room,
        channel,
        operator: operator_id,
        from,
        to,
        cursor,
        limit,
    };
    let found = state.search.search(&me.operator, asked).await;
    found.map_err(context::refuse)
}
