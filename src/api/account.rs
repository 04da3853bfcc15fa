//! One's own account: name and preferences, password, log-ins.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;
use uuid::Uuid;

use super::ApiError;
use super::codec::Json;
use crate::protocol::account::{EndedLogins, MyLogin, Profile, ProfileChange};

/// Changes one's own name and preferences; what is absent stays.
///
/// # Errors
/// `validation_error` (400) for a name that may not be had, for a delay over ten seconds, and for a
/// `picture` that is none: a file's bytes in base64, or nothing at all to have none.
#[server(prefix = "/api", endpoint = "save_profile", input = Json, output = Json)]
pub async fn save_profile(
    #[server(flatten)] change: ProfileChange,
    #[server(default)] picture: Option<String>,
) -> Result<Profile, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let picture = picture.as_deref().map(context::picture).transpose()?;
    let change = ProfileChange { picture, ..change };
    let saved = state.auth.save_profile(&me, change).await;
    saved.map_err(context::refuse)
}

/// Replaces one's own password and ends all one's other log-ins.
///
/// # Errors
/// `validation_error` (400) for a wrong `old` or a `new` that may not be chosen;
/// `rate_limit_exceeded` (429) after ten wrong ones.
#[server(prefix = "/api", endpoint = "change_password", input = Json, output = Json)]
pub async fn change_password(old: String, new: String) -> Result<EndedLogins, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let visitor = context::at_the_door()?;
    let changed = state.auth.change_password(&me, &old, &new, &visitor).await;
    let ended = changed.map_err(context::refuse)?;
    Ok(EndedLogins { ended })
}

/// One's own log-ins that are still good, this one first.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "my_logins", input = Json, output = Json)]
pub async fn my_logins() -> Result<Vec<MyLogin>, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    state.auth.my_logins(&me).await.map_err(context::refuse)
}

/// Ends one of one's own log-ins and closes its sockets.
///
/// # Errors
/// `not_found` (404) when there is none with this id, or not any more.
#[server(prefix = "/api", endpoint = "end_login", input = Json, output = Json)]
pub async fn end_login(id: Uuid) -> Result<(), ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let ended = state.auth.end_login(&me, id).await;
    ended.map_err(context::refuse)?;
    if id == me.login.0 {
        context::forget_session(&state);
    }
    Ok(())
}

/// Ends all one's log-ins but the one that asks, and closes their sockets.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "end_other_logins", input = Json, output = Json)]
pub async fn end_other_logins() -> Result<EndedLogins, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let ended = state.auth.end_other_logins(&me).await;
    ended
        .map(|ended| EndedLogins { ended })
        .map_err(context::refuse)
}
