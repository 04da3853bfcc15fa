//! What a server function knows of its request: the state, who calls, and how to answer.

mod address;
mod credentials;
mod look;
mod picture;

use http::request::Parts;
use http::{HeaderName, HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::ApiError;
use crate::protocol::ErrorCode;
use crate::protocol::look::ZONE_COOKIE;
use crate::protocol::team::PasswordLink;
use crate::service::ServiceError;
use crate::service::auth::{LoggedIn, SignedIn, Visitor};
use crate::service::operators::MadeLink;
use crate::state::AppState;

pub(crate) use address::client_address;
pub(crate) use credentials::{
    clear_cookie, cookie_named, device_cookie, identify, is_session_cookie, session_cookie,
    session_token, visitor,
};

pub(crate) use look::look_cookies;
pub(crate) use picture::picture;

/// The server's services.
///
/// # Errors
/// Never while serving; a call outside a request has none.
pub fn state() -> Result<AppState, ApiError> {
    use_context::<AppState>().ok_or_else(outside)
}

/// Who wants to sign in.
///
/// # Errors
/// Never while serving; a call outside a request has none.
pub fn at_the_door() -> Result<Visitor, ApiError> {
    let parts = use_context::<Parts>().ok_or_else(outside)?;
    Ok(visitor(&state()?, &parts.extensions, &parts.headers))
}

/// The caller's time zone, as browsers tell it; empty where they do not.
pub fn zone() -> String {
    let parts = use_context::<Parts>();
    let zone = parts
        .as_ref()
        .and_then(|parts| cookie_named(&parts.headers, ZONE_COOKIE));
    zone.unwrap_or_default().to_owned()
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
    match identify(&state, &parts.headers).await {
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
        field: error.fault().map(|fault| fault.field.to_owned()),
        reason: error.fault().map(|fault| fault.reason),
        ..ApiError::new(payload.code, payload.message)
    }
}

/// Lets the browser keep the session, know that this device was let in, and look as chosen.
pub fn set_cookies(state: &AppState, login: &LoggedIn) {
    for cookie in login_cookies(state, login) {
        append_header(header::SET_COOKIE, cookie);
    }
}

/// The cookies that [`set_cookies`] sets, for answers that are no server function's.
pub(crate) fn login_cookies(state: &AppState, login: &LoggedIn) -> Vec<HeaderValue> {
    let url = &state.config.public_url;
    let session = session_cookie(url, &login.cookie_token, login.cookie_seconds);
    let mut cookies = vec![session, device_cookie(url, &login.device)];
    cookies.extend(look_cookies(login.preferences));
    cookies
}

/// Lets the browser forget the session and what it has kept of the console. Other cookies hold
/// the choice of language and that this device was let in, and stay.
pub fn forget_session(state: &AppState) {
    append_header(header::SET_COOKIE, clear_cookie(&state.config.public_url));
    let kept = HeaderValue::from_static("\"cache\", \"storage\"");
    append_header(HeaderName::from_static("clear-site-data"), kept);
}

/// A link as it is shown, once.
pub fn password_link(state: &AppState, made: MadeLink) -> PasswordLink {
    let origin = state.config.public_url.origin();
    PasswordLink {
        id: made.id,
        url: format!("{origin}/invitation/{}", made.token),
        expires_at: made.expires_at,
    }
}

fn append_header(name: HeaderName, value: HeaderValue) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.append_header(name, value);
    }
}

fn outside() -> ApiError {
    ApiError::new(ErrorCode::InternalError, "Something went wrong in Sala.")
}
