//! Texts that are ready to be sent.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
use crate::protocol::{CannedId, CannedReply};

/// The team's and one's own, the most used first.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "canned_replies", input = Json, output = Json)]
pub async fn canned_replies() -> Result<Vec<CannedReply>, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let replies = state.canned.list(me.operator.id).await;
    replies.map_err(context::refuse)
}

/// Adds a reply, or changes the one of this id.
///
/// # Errors
/// `validation_error` (400) for what may not be in it, `taken` (409) for its shortcut, `forbidden`
/// (403) for a shared one, `not_found` (404).
#[server(prefix = "/api", endpoint = "save_canned_reply", input = Json, output = Json)]
pub async fn save_canned_reply(
    id: Option<CannedId>,
    shortcut: String,
    title: String,
    text: String,
    category: Option<String>,
    shared: bool,
) -> Result<CannedReply, ApiError> {
    use super::context;
    use crate::service::canned::CannedDraft;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let draft = CannedDraft {
        id,
        shortcut,
        title,
        text,
        category,
        shared,
    };
    let saved = state.canned.save(&me.operator, draft).await;
    saved.map_err(context::refuse)
}

/// Deletes a reply. Messages that were made of it stay.
///
/// # Errors
/// `forbidden` (403) for a shared one, `not_found` (404).
#[server(prefix = "/api", endpoint = "delete_canned_reply", input = Json, output = Json)]
pub async fn delete_canned_reply(id: CannedId) -> Result<(), ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let gone = state.canned.delete(&me.operator, id).await;
    gone.map(|_| ()).map_err(context::refuse)
}
