//! What the team has chosen, by section.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;

use super::ApiError;
use super::codec::Json;
use crate::protocol::hours::AccountOpening;
use crate::protocol::team_settings::SavedSettings;

/// A section as it is now.
///
/// # Errors
/// `not_authenticated` (401), `validation_error` (400) for a section that there is not.
#[server(prefix = "/api", endpoint = "settings", input = Json, output = Json)]
pub async fn settings(section: String) -> Result<SavedSettings, ApiError> {
    use super::context;
    use crate::service::team_settings::TeamSection;
    let state = context::state()?;
    context::signed_in().await?;
    let section = TeamSection::named(&section).map_err(context::refuse)?;
    let saved = state.team_settings.read(section).await;
    saved.map_err(context::refuse)
}

/// Saves a section over the version that was read.
///
/// # Errors
/// `forbidden` (403) for all but administrators, `stale` (409) when another version was saved
/// meanwhile, `validation_error` (400).
#[server(prefix = "/api", endpoint = "save_settings", input = Json, output = Json)]
pub async fn save_settings(
    section: String,
    version: i64,
    value: serde_json::Value,
) -> Result<SavedSettings, ApiError> {
    use super::context;
    use crate::service::team_settings::TeamSection;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let section = TeamSection::named(&section).map_err(context::refuse)?;
    let saved = state.team_settings.save(&me, section, version, value).await;
    saved.map_err(context::refuse)
}

/// Of each LINE account whether it is open now, and until when that is so.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "opening", input = Json, output = Json)]
pub async fn opening() -> Result<Vec<AccountOpening>, ApiError> {
    use super::context;
    let state = context::state()?;
    context::signed_in().await?;
    let opening = state.team_settings.opening().await;
    opening.map_err(context::refuse)
}
