//! `/invitation/{token}`: where a link leads to that lets somebody choose a password.
//!
//! Looking at it uses nothing up; the form does.

use std::net::SocketAddr;

use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, Form, FromRequest, Path, Request, State};
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::{StatusCode, header};

use super::guard::wrong_type;
use super::notices::assets;
use crate::api::context::{login_cookies, visitor};
use crate::clock;
use crate::protocol::fault::Reason;
use crate::service::ServiceError;
use crate::service::auth::LoggedIn;
use crate::service::error::Fault;
use crate::state::AppState;
use crate::ui::{InvitationPage, invitation_page};

/// The fields of a form as the browser sent them.
type Fields = Vec<(String, String)>;

/// Where the form goes: to the page that it is on.
pub(super) const ROUTE: &str = "/invitation/{token}";

/// What the link is for, or that it is good no longer.
pub(super) async fn page(state: &AppState, token: &str, parts: Parts) -> Response {
    shown(state, token, parts, None, None).await
}

/// Uses the link up and signs in; refused, the page says why and keeps the name.
pub(super) async fn submit(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(token): Path<String>,
    request: Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(ConnectInfo(peer));
    let read = Request::from_parts(parts.clone(), body);
    let fields = match Form::<Fields>::from_request(read, &()).await {
        Ok(Form(fields)) => fields,
        Err(FormRejection::InvalidFormContentType(_)) => return wrong_type(),
        Err(other) => return other.into_response(),
    };
    let name = fields.iter().find(|(field, _)| field == "name");
    let name = name.map(|(_, name)| name.clone());
    match accept(&state, &token, &fields, name.clone(), &parts).await {
        Ok(login) => signed_in(&state, &login),
        Err(error) => {
            error.log();
            match error.fault() {
                Some(fault) => shown(&state, &token, parts, name, Some(fault)).await,
                None => over(&error, parts),
            }
        }
    }
}

async fn accept(
    state: &AppState,
    token: &str,
    fields: &Fields,
    name: Option<String>,
    parts: &Parts,
) -> Result<LoggedIn, ServiceError> {
    for field in ["name", "password"] {
        if fields.iter().filter(|(name, _)| name == field).count() > 1 {
            let sentence = "This field came twice; send it once.";
            return Err(Fault::new(field, Reason::Malformed, sentence).into());
        }
    }
    let password = fields.iter().find(|(field, _)| field == "password");
    let password = password.map(|(_, password)| password.as_str());
    let visitor = visitor(state, &parts.extensions, &parts.headers);
    let accepted = state
        .operators
        .accept(token, password.unwrap_or_default(), name, &visitor);
    accepted.await
}

fn signed_in(state: &AppState, login: &LoggedIn) -> Response {
    let mut response = Redirect::to("/").into_response();
    for cookie in login_cookies(state, login) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn shown(
    state: &AppState,
    token: &str,
    parts: Parts,
    typed: Option<String>,
    fault: Option<&Fault>,
) -> Response {
    let purpose = match state.operators.link_purpose(token).await {
        Ok(purpose) => purpose,
        Err(error) => {
            error.log();
            return over(&error, parts);
        }
    };
    let status = if fault.is_some() {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    let page = InvitationPage {
        purpose,
        typed,
        fault: fault.map(|fault| (fault.field.to_owned(), fault.reason)),
        now: clock::now(),
    };
    (status, Html(invitation_page(parts, &assets(), Some(&page)))).into_response()
}

/// What is said in place of a link that is good no longer.
fn over(error: &ServiceError, parts: Parts) -> Response {
    (
        error.status(),
        Html(invitation_page(parts, &assets(), None)),
    )
        .into_response()
}
