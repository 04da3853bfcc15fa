//! Words that conversations are marked with.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
use crate::protocol::tag::UsedTag;
use crate::protocol::{Conversation, Room, TagId};

/// All tags, by name.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "tags", input = Json, output = Json)]
pub async fn tags() -> Result<Vec<UsedTag>, ApiError> {
    use super::context;
    let state = context::state()?;
    context::signed_in().await?;
    state.tags.list().await.map_err(context::refuse)
}

/// Adds a tag, or changes the one of this id on all conversations that have it.
///
/// # Errors
/// `validation_error` (400), `taken` (409) for its name, `forbidden` (403), `not_found` (404).
#[server(prefix = "/api", endpoint = "save_tag", input = Json, output = Json)]
pub async fn save_tag(id: Option<TagId>, name: String, color: String) -> Result<UsedTag, ApiError> {
    use super::context;
    use crate::service::tags::TagDraft;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let saved = state
        .tags
        .save(&me.operator, TagDraft { id, name, color })
        .await;
    saved.map_err(context::refuse)
}

/// Deletes a tag, which takes it from all conversations.
///
/// # Errors
/// `forbidden` (403), `not_found` (404).
#[server(prefix = "/api", endpoint = "delete_tag", input = Json, output = Json)]
pub async fn delete_tag(id: TagId) -> Result<(), ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let gone = state.tags.delete(&me.operator, id).await;
    gone.map(|_| ()).map_err(context::refuse)
}

/// Says which tags a conversation has, 50 at most.
///
/// # Errors
/// `room_not_found` (404), `validation_error` (400) for too many, and for one that there is not.
#[server(prefix = "/api", endpoint = "set_tags", input = Json, output = Json)]
pub async fn set_tags(room: Room, tag_ids: Vec<TagId>) -> Result<Conversation, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let set = state.tags.set(&me.operator, &room, &tag_ids).await;
    set.map_err(context::refuse)
}
