//! What a server function knows of its request: the state, who calls, and how to answer.

mod address;
mod credentials;

use std::net::IpAddr;

use http::request::Parts;
use http::{HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::ApiError;
use crate::protocol::ErrorCode;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;

pub(crate) use address::client_address;
pub(crate) use credentials::{clear_cookie, identify, session_cookie, session_token};

/// The server's services.
///
/// # Errors
/// Never while serving; a call outside a request has none.
pub fn state() -> Result<AppState, ApiError> {
    use_context::<AppState>().ok_or_else(outside)
}

/// The address of whoever calls; the proxy's when it cannot be known.
pub fn client() -> IpAddr {
    let (state, parts) = (use_context::<AppState>(), use_context::<Parts>());
    let Some((state, parts)) = state.zip(parts) else {
        return IpAddr::from([0, 0, 0, 0]);
    };
    client_address(
        &state.config.trusted_proxies,
        &parts.extensions,
        &parts.headers,
    )
}

/// Who calls, by session cookie or `Authorization: Bearer`.
///
/// # Errors
/// `not_authenticated` (401).
pub async fn signed_in() -> Result<SignedIn, ApiError> {
    let parts = use_context::<Parts>().ok_or_else(outside)?;
    // The router has looked already; only a page that is open to all gets here without.
    if let Some(who) = parts.extensions.get::<SignedIn>() {
        return Ok(who.clone());
    }
    let state = state()?;
    match identify(&state.auth, &parts.headers).await {
        Ok(Some(who)) => Ok(who),
        Ok(None) => Err(refuse(ServiceError::NotAuthenticated)),
        Err(error) => Err(refuse(error)),
    }
}

/// Turns a refusal into the answer's body, and sets the answer's status and `Retry-After`.
pub fn refuse(error: impl Into<ServiceError>) -> ApiError {
    let error = error.into();
    error.log();
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(error.status());
        if let Some(ms) = error.retry_after_ms() {
            response.insert_header(header::RETRY_AFTER, HeaderValue::from(ms.div_ceil(1_000)));
        }
    }
    to_api_error(&error)
}

/// The answer's body for a refusal.
pub(crate) fn to_api_error(error: &ServiceError) -> ApiError {
    let payload = error.to_payload();
    ApiError {
        retry_after_ms: payload.retry_after_ms,
        operator: payload.operator,
        ..ApiError::new(payload.code, payload.message)
    }
}

/// Lets the browser keep the session.
pub fn set_session_cookie(state: &AppState, token: &str) {
    append_cookie(session_cookie(&state.config.public_url, token));
}

/// Lets the browser forget the session.
pub fn clear_session_cookie(state: &AppState) {
    append_cookie(clear_cookie(&state.config.public_url));
}

fn append_cookie(cookie: HeaderValue) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

fn outside() -> ApiError {
    ApiError::new(ErrorCode::InternalError, "Something went wrong in Sala.")
}
