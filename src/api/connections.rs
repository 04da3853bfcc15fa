//! This node's connections, for administrators.

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
use crate::protocol::connection::NodeConnections;

/// Who is connected to this node, and how those that ended lately did.
///
/// # Errors
/// `not_authenticated` (401), `forbidden` (403) for all but administrators.
#[server(prefix = "/api", endpoint = "connections", input = Json, output = Json)]
pub async fn connections() -> Result<NodeConnections, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    me.at_least(crate::protocol::Role::Admin)
        .map_err(context::refuse)?;
    Ok(state.connections.now())
}
