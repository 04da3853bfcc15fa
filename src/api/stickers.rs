//! Stickers to choose from.

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
use crate::protocol::StickerPackage;

/// The packages that LINE lets accounts send of: those that the caller sent of last come first,
/// then the others in LINE's order.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "sticker_packages", input = Json, output = Json)]
pub async fn sticker_packages() -> Result<Vec<StickerPackage>, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let packages = state.messages.sticker_packages(me.operator.id).await;
    packages.map_err(context::refuse)
}
