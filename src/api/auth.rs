//! Log-in, log-out and the token for the socket.

#![expect(
    missing_docs,
    reason = "the server macro makes a struct of each argument list"
)]

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ApiError;
use super::codec::Json;
use crate::protocol::Operator;

/// The answer to a successful log-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginAnswer {
    /// Who one is.
    pub operator: Operator,
    /// Accepted by the socket's `auth` and as `Authorization: Bearer …`.
    pub token: String,
}

/// A short-lived token for the socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenAnswer {
    /// For `auth`.
    pub token: String,
    /// Seconds until it is refused.
    pub expires_in: u32,
}

/// Signs an operator in and sets the session cookie.
///
/// # Errors
/// `not_authenticated` (401) for any wrong pair; `rate_limit_exceeded` (429) after ten failures.
#[server(prefix = "/api", endpoint = "login", input = Json, output = Json)]
pub async fn login(email: String, password: String) -> Result<LoginAnswer, ApiError> {
    use super::context;
    let state = context::state()?;
    let visitor = context::at_the_door()?;
    let login = state
        .auth
        .login(&email, &password, &visitor)
        .await
        .map_err(context::refuse)?;
    context::set_cookies(&state, &login);
    Ok(LoginAnswer {
        operator: login.operator,
        token: login.realtime_token,
    })
}

/// Ends the session of this cookie and closes its sockets.
///
/// # Errors
/// `internal_error` when the database cannot be reached.
#[server(prefix = "/api", endpoint = "logout", input = Json, output = Json)]
pub async fn logout() -> Result<(), ApiError> {
    use super::context;
    let state = context::state()?;
    let signed_in = context::signed_in().await?;
    state
        .auth
        .logout(&signed_in)
        .await
        .map_err(context::refuse)?;
    context::forget_session(&state);
    Ok(())
}

/// A fresh token for the socket.
///
/// # Errors
/// `not_authenticated` (401).
#[server(prefix = "/api", endpoint = "realtime_token", input = Json, output = Json)]
pub async fn realtime_token() -> Result<TokenAnswer, ApiError> {
    use super::context;
    let state = context::state()?;
    let signed_in = context::signed_in().await?;
    let (token, expires_in) = state.auth.realtime_token(&signed_in);
    Ok(TokenAnswer { token, expires_in })
}
