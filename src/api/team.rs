//! Managing the team: its list, invitations, roles, and who may sign in.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;
use uuid::Uuid;

use super::codec::Json;
use super::{ApiError, LoginAnswer};
use crate::protocol::capacity::Capacity;
use crate::protocol::team::{PasswordLink, TeamList};
use crate::protocol::{OperatorId, Role};

/// The team, the disabled ones too, and who is invited.
///
/// # Errors
/// `not_authenticated` (401), `forbidden` (403) for all but supervisors.
#[server(prefix = "/api", endpoint = "operators_admin", input = Json, output = Json)]
pub async fn operators_admin() -> Result<TeamList, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let present = state.team.now().await.map_err(context::refuse)?;
    let team = state.operators.team(&me, present).await;
    team.map_err(context::refuse)
}

/// Makes a link by which somebody joins the team, good for 72 hours and once.
///
/// # Errors
/// `forbidden` (403) for all but administrators, `taken` (409) for an operator's address,
/// `validation_error` (400).
#[server(prefix = "/api", endpoint = "invite", input = Json, output = Json)]
pub async fn invite(
    email: String,
    name: String,
    role: Role,
    channels: Option<Vec<String>>,
) -> Result<PasswordLink, ApiError> {
    use super::context;
    use crate::service::operators::NewOperator;
    let state = context::state()?;
    let me = context::signed_in().await?;
    whole_team_only(channels.is_some(), "channels")?;
    let made = state
        .operators
        .invite(&me, NewOperator { email, name, role });
    let made = made.await.map_err(context::refuse)?;
    Ok(context::password_link(&state, made))
}

/// Ends a link that was not used.
///
/// # Errors
/// `forbidden` (403) for all but administrators, `not_found` (404).
#[server(prefix = "/api", endpoint = "withdraw_invitation", input = Json, output = Json)]
pub async fn withdraw_invitation(id: Uuid) -> Result<(), ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let withdrawn = state.operators.withdraw(&me, id).await;
    withdrawn.map_err(context::refuse)
}

/// Uses a link up by choosing a password with it, and signs in.
///
/// # Errors
/// `not_found` (404) when it was used, withdrawn, or is too old; `validation_error` (400) for a
/// password or name that may not be had.
#[server(prefix = "/api", endpoint = "accept_invitation", input = Json, output = Json)]
pub async fn accept_invitation(
    token: String,
    password: String,
    name: Option<String>,
) -> Result<LoginAnswer, ApiError> {
    use super::context;
    let state = context::state()?;
    let visitor = context::at_the_door()?;
    let accepted = state.operators.accept(&token, &password, name, &visitor);
    let login = accepted.await.map_err(context::refuse)?;
    context::set_cookies(&state, &login);
    Ok(LoginAnswer {
        operator: login.operator,
        token: login.realtime_token,
    })
}

/// Changes an operator's name, role or capacity, or whether they may sign in; what is absent stays.
///
/// # Errors
/// `forbidden` (403) for all but administrators, `not_found` (404), `last_admin` (409),
/// `validation_error` (400).
#[server(prefix = "/api", endpoint = "update_operator", input = Json, output = Json)]
pub async fn update_operator(
    id: OperatorId,
    name: Option<String>,
    role: Option<Role>,
    channels: Option<Vec<String>>,
    capacity: Option<Capacity>,
    disabled: Option<bool>,
    hand_over_to: Option<OperatorId>,
) -> Result<(), ApiError> {
    use super::context;
    use crate::protocol::team::OperatorChange;
    let state = context::state()?;
    let me = context::signed_in().await?;
    whole_team_only(channels.is_some(), "channels")?;
    let change = OperatorChange {
        name,
        role,
        capacity,
        disabled,
        hand_over_to,
    };
    let updated = state.operators.update(&me, id, change).await;
    updated.map_err(context::refuse)
}

/// Makes a link by which an operator chooses another password, good for 72 hours and once.
///
/// # Errors
/// `forbidden` (403) for all but administrators, `not_found` (404).
#[server(prefix = "/api", endpoint = "reset_password", input = Json, output = Json)]
pub async fn reset_password(id: OperatorId) -> Result<PasswordLink, ApiError> {
    use super::context;
    let state = context::state()?;
    let me = context::signed_in().await?;
    let made = state.operators.password_link(&me, id).await;
    let made = made.map_err(context::refuse)?;
    Ok(context::password_link(&state, made))
}

/// What is not honoured yet is refused and not dropped: who asks for less must not get more.
#[cfg(feature = "ssr")]
fn whole_team_only(asked: bool, field: &'static str) -> Result<(), ApiError> {
    use super::context;
    use crate::protocol::fault::Reason;
    use crate::service::error::Fault;
    if !asked {
        return Ok(());
    }
    let sentence = "Operators cannot be bounded in this way yet; leave it out.";
    Err(context::refuse(Fault::new(
        field,
        Reason::Unsupported,
        sentence,
    )))
}
