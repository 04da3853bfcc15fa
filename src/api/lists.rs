//! Views, and one thing done with several chats of a list.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
use crate::protocol::bulk::{BulkAction, BulkOutcome};
use crate::protocol::{Filter, OperatorId, Room, Sort, Tab, TagId, Timestamp, View, ViewId};

/// The team's views and the caller's own, each with how many chats it has, up to 10,000.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "views", input = Json, output = Json)]
pub async fn views() -> Result<Vec<View>, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let views = state.views.list(me.operator.id).await;
    views.map_err(context::refuse)
}

/// Adds a view, or changes the one of this id.
///
/// # Errors
/// `validation_error` (400) for a name or a filter that may not be had and for more than 50,
/// `forbidden` (403) for shared ones, `not_found` (404).
#[server(prefix = "/api", endpoint = "save_view", input = Json, output = Json)]
pub async fn save_view(
    id: Option<ViewId>,
    name: String,
    shared: bool,
    tab: Tab,
    filter: Option<Filter>,
    sort: Option<Sort>,
) -> Result<View, ApiError> {
    use super::context;
    use crate::service::views::ViewDraft;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let draft = ViewDraft {
        id,
        name,
        shared,
        tab,
        filter: filter.unwrap_or_default(),
        sort,
    };
    let saved = state.views.save(&me.operator, draft).await;
    saved.map_err(context::refuse)
}

/// Deletes a view.
///
/// # Errors
/// `forbidden` (403), `not_found` (404).
#[server(prefix = "/api", endpoint = "delete_view", input = Json, output = Json)]
pub async fn delete_view(id: ViewId) -> Result<(), ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let gone = state.views.delete(&me.operator, id).await;
    gone.map_err(context::refuse)
}

/// Does one thing with at most 100 chats, and says for each of them what became of it.
///
/// # Errors
/// `validation_error` (400) for more, and where the action lacks something.
#[server(prefix = "/api", endpoint = "bulk", input = Json, output = Json)]
pub async fn bulk(
    rooms: Vec<Room>,
    action: BulkAction,
    note: Option<String>,
    operator_id: Option<OperatorId>,
    tag_ids: Option<Vec<TagId>>,
    until: Option<Timestamp>,
    revs: Option<BTreeMap<Room, i64>>,
) -> Result<Vec<BulkOutcome>, ApiError> {
    use super::context;
    use crate::protocol::bulk::BulkDetails;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let details = BulkDetails {
        note,
        operator_id,
        tag_ids: tag_ids.unwrap_or_default(),
        until,
        revs: revs.unwrap_or_default(),
    };
    let done = state.bulk.run(&me.operator, rooms, action, details).await;
    done.map_err(context::refuse)
}
