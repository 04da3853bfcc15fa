//! Who answers a chat.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
use crate::protocol::{Conversation, Mode, Room};

/// Lets a bot answer a conversation, or people.
///
/// # Errors
/// `not_authenticated` (401), `forbidden` (403) for operators, `room_not_found` (404).
#[server(prefix = "/api", endpoint = "set_mode", input = Json, output = Json)]
pub async fn set_mode(room: Room, mode: Mode) -> Result<Conversation, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let set = state.sessions.set_mode(&me.operator, &room, mode).await;
    set.map_err(context::refuse)
}
