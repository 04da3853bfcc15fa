//! The log-in form for browsers that run no script.

use std::net::SocketAddr;

use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{Extensions, HeaderMap, header};
use serde::Deserialize;

use super::guard::wrong_type;
use super::log_in_page::{login_address, same_site_path};
use crate::api::context::{login_cookies, visitor};
use crate::protocol::ErrorCode;
use crate::state::AppState;

#[derive(Deserialize)]
pub(super) struct LoginForm {
    email: String,
    password: String,
    /// Where to go afterwards.
    next: Option<String>,
}

/// `POST /login`: on success to `next`, otherwise back to the form with `error`.
pub(super) async fn submit(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    form: Result<Form<LoginForm>, FormRejection>,
) -> Response {
    let form = match form {
        Err(FormRejection::InvalidFormContentType(_)) => return wrong_type(),
        other => other,
    };
    let Ok(Form(form)) = form else {
        return Redirect::to(&login_address("/", Some(ErrorCode::ValidationError))).into_response();
    };
    let next = same_site_path(form.next.as_deref());
    let mut extensions = Extensions::new();
    extensions.insert(ConnectInfo(peer));
    let visitor = visitor(&state, &extensions, &headers);
    let login = state.auth.login(&form.email, &form.password, &visitor);
    match login.await {
        Ok(login) => {
            let mut response = Redirect::to(next).into_response();
            for cookie in login_cookies(&state, &login) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => {
            error.log();
            Redirect::to(&login_address(next, Some(error.code()))).into_response()
        }
    }
}
