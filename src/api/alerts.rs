//! How one wants to be told of what happens.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
use crate::protocol::alerts::AlertSettings as Settings;

/// What one has chosen, or what Sala begins with.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "alert_settings", input = Json, output = Json)]
pub async fn alert_settings() -> Result<Settings, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let settings = state.alerts.read(me.operator.id).await;
    settings.map_err(context::refuse)
}

/// Saves all of it: quiet hours that are absent are none.
///
/// # Errors
/// `validation_error` (400) for a volume over 100 and for quiet hours that end when they begin.
#[server(prefix = "/api", endpoint = "save_alert_settings", input = Json, output = Json)]
pub async fn save_alert_settings(
    #[server(flatten)] settings: Settings,
) -> Result<Settings, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let saved = state.alerts.save(&me, settings).await;
    saved.map_err(context::refuse)
}
