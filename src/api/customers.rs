//! What is known of a customer.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
use crate::protocol::customer::{Attribute, ChatFiles, Customer};
use crate::protocol::{Room, ThreadCursor};

/// All that is known of a customer.
///
/// # Errors
/// `room_not_found` (404).
#[server(prefix = "/api", endpoint = "contact", input = Json, output = Json)]
pub async fn contact(room: Room) -> Result<Customer, ApiError> {
    use super::context;
    let state = context::state()?;
    context::signed_in().await?;
    let customer = state.customers.customer(&room).await;
    customer.map_err(context::refuse)
}

/// Changes what the team itself knows of a customer; what is absent stays, what is empty goes.
///
/// # Errors
/// `room_not_found` (404), `validation_error` (400) for what may not be kept.
#[server(prefix = "/api", endpoint = "update_contact", input = Json, output = Json)]
pub async fn update_contact(
    room: Room,
    name: Option<String>,
    memo: Option<String>,
    attributes: Option<Vec<Attribute>>,
) -> Result<Customer, ApiError> {
    use super::context;
    use crate::protocol::customer::CustomerChange;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let change = CustomerChange {
        name,
        memo,
        attributes,
    };
    let updated = state.customers.update(&me.operator, &room, change).await;
    updated.map_err(context::refuse)
}

/// Files of a customer's chat, the newest first.
///
/// # Errors
/// `room_not_found` (404).
#[server(prefix = "/api", endpoint = "contact_media", input = Json, output = Json)]
pub async fn contact_media(
    room: Room,
    cursor: Option<ThreadCursor>,
) -> Result<ChatFiles, ApiError> {
    use super::context;
    let state = context::state()?;
    context::signed_in().await?;
    let files = state.customers.files(&room, cursor).await;
    files.map_err(context::refuse)
}

/// Fetches what LINE says of a customer again.
///
/// # Errors
/// `room_not_found` (404), `rate_limit_exceeded` (429) within a minute of the last time.
#[server(prefix = "/api", endpoint = "refresh_profile", input = Json, output = Json)]
pub async fn refresh_profile(room: Room) -> Result<(), ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let asked = state.customers.refresh_profile(&me.operator, &room).await;
    asked.map_err(context::refuse)
}
