//! Before a page or server function runs: who calls, from which page, and whether they may.

use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode, header};

use crate::api::ApiError;
use crate::api::context::{
    identify, is_session_cookie, session_cookie, session_token, to_api_error,
};
use crate::clock;
use crate::metrics::access::{self, Refusal};
use crate::protocol::ErrorCode;
use crate::service::ServiceError;
use crate::service::auth::SignedIn;
use crate::state::AppState;

pub(super) const API: &str = "/api/";

/// The one call whose body is a form, and has no bound that could be known before.
pub(super) const UPLOAD: &str = "/api/upload";

/// Largest refusal of a server function.
const REFUSAL_MAX: usize = 64 * 1024;

/// The guard of the whole console.
pub(super) async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    if !parts.method.is_safe() && !from_own_page(&state, &parts.headers) {
        access::refused(Refusal::Origin);
        tracing::debug!("a call of another site's page was refused");
        return refusal(&ServiceError::Forbidden);
    }
    let who = match identify(&state, &parts.headers).await {
        Ok(who) => who,
        Err(error) => {
            error.log();
            return refusal(&error);
        }
    };
    if let Some(refused) = turn_away(&parts, who.as_ref()) {
        return refused;
    }
    let is_call = parts.uri.path().starts_with(API);
    if is_call {
        if let Some(refused) = unfit(&state, &parts, who.as_ref()) {
            return refused;
        }
        // Leptos would answer a call that also takes HTML with a redirect to where it came from.
        parts.headers.insert(header::ACCEPT, JSON);
    }
    let extended = who.as_ref().and_then(|who| who.extended);
    let url = &state.config.public_url;
    let cookie = session_token(url, &parts.headers)
        .zip(extended)
        .map(|(token, seconds)| session_cookie(url, token, seconds));
    if let Some(who) = who {
        parts.extensions.insert(who);
    }
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(cookie) = cookie.filter(|_| !sets_session(response.headers())) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(NO_STORE);
    if is_call {
        with_fitting_status(response).await
    } else {
        response
    }
}

const JSON: http::HeaderValue = http::HeaderValue::from_static("application/json");

/// What is shown is for this operator and this moment.
const NO_STORE: http::HeaderValue = http::HeaderValue::from_static("no-store");

/// The answer to a call that nothing reads: not of the type that calls have, or one too many.
fn unfit(state: &AppState, parts: &Parts, who: Option<&SignedIn>) -> Option<Response> {
    if parts.method != Method::POST {
        return None;
    }
    let kind = parts.headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()?.split(';').next());
    let wanted = if parts.uri.path() == UPLOAD {
        "multipart/form-data"
    } else {
        "application/json"
    };
    if !kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted)) {
        return Some(wrong_type());
    }
    let (operator, now) = (who?.operator.id, clock::moment());
    let taken = match parts.uri.path() {
        "/api/send_message" => state.limits.message(operator, now),
        _ => state.limits.call(operator, now),
    };
    let retry_after_ms = taken.err()?;
    access::refused(Refusal::Rate);
    Some(refusal(&ServiceError::RateLimited { retry_after_ms }))
}

/// A page of another site can send forms and plain text without being asked whether it may.
pub(super) fn wrong_type() -> Response {
    access::refused(Refusal::ContentType);
    let sentence = "Send application/json to a call, multipart/form-data to upload, and a form to a form's address.";
    let error = ApiError::new(ErrorCode::ValidationError, sentence);
    (StatusCode::UNSUPPORTED_MEDIA_TYPE, axum::Json(error)).into_response()
}

/// Browsers say from which page a request comes; programs do not.
fn from_own_page(state: &AppState, headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .map(|value: &http::HeaderValue| value.to_str())
    };
    let host = text(header::HOST).and_then(Result::ok);
    match text(header::ORIGIN) {
        Some(Ok(origin)) => state.config.public_url.allows_origin(origin, host),
        Some(Err(_)) => false,
        None => {
            let site = headers
                .get("sec-fetch-site")
                .and_then(|site| site.to_str().ok());
            matches!(site, None | Some("same-origin" | "none"))
        }
    }
}

/// Whether the answer says itself what becomes of the session.
fn sets_session(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::SET_COOKIE)
        .into_iter()
        .any(is_session_cookie)
}

/// The answer to someone who has no business at this address, if that is so.
fn turn_away(parts: &Parts, who: Option<&SignedIn>) -> Option<Response> {
    let path = parts.uri.path();
    // By a password, or by a link with which to choose one.
    let login_call = matches!(path, "/api/login" | "/api/accept_invitation");
    match who {
        // What leads nowhere needs no log-in to be said so.
        None if path.starts_with(API)
            && !login_call
            && parts.extensions.get::<MatchedPath>().is_some() =>
        {
            Some(refusal(&ServiceError::NotAuthenticated))
        }
        _ => None,
    }
}

/// A refusal as JSON.
pub(super) fn refusal(error: &ServiceError) -> Response {
    let mut response = (error.status(), axum::Json(to_api_error(error))).into_response();
    if let Some(ms) = error.retry_after_ms() {
        let seconds = http::HeaderValue::from(ms.div_ceil(1_000));
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

/// Leptos answers 500 for arguments that it cannot read; the fault is the caller's.
async fn with_fitting_status(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, REFUSAL_MAX).await else {
        return parts.status.into_response();
    };
    let error: Option<ApiError> = serde_json::from_slice(&bytes).ok();
    if error.is_some_and(|error| error.code == ErrorCode::ValidationError) {
        parts.status = StatusCode::BAD_REQUEST;
    }
    Response::from_parts(parts, Body::from(bytes))
}
