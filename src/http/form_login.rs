//! The log-in form for browsers that run no script.

use std::net::SocketAddr;

use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, Form, State};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use http::{Extensions, HeaderMap, header};
use reqwest::Url;
use serde::Deserialize;

use super::guard::wrong_type;
use crate::api::context::{device_cookie, session_cookie, visitor};
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
            let url = &state.config.public_url;
            let session = session_cookie(url, &login.cookie_token, login.cookie_seconds);
            let cookies = AppendHeaders([
                (header::SET_COOKIE, session),
                (header::SET_COOKIE, device_cookie(url, &login.device)),
            ]);
            (cookies, Redirect::to(next)).into_response()
        }
        Err(error) => {
            error.log();
            Redirect::to(&login_address(next, Some(error.code()))).into_response()
        }
    }
}

/// The log-in page, from which one goes to `next`.
pub(super) fn login_address(next: &str, error: Option<ErrorCode>) -> String {
    let mut url = Url::parse("http://localhost/login").expect("written here");
    if next != "/" {
        url.query_pairs_mut().append_pair("next", next);
    }
    if let Some(code) = error {
        let code = serde_json::to_value(code).unwrap_or_default();
        url.query_pairs_mut()
            .append_pair("error", code.as_str().unwrap_or_default());
    }
    match url.query() {
        Some(query) => format!("/login?{query}"),
        None => "/login".to_owned(),
    }
}

/// `next` if it is a path of this site, the console's start otherwise.
pub(super) fn same_site_path(next: Option<&str>) -> &str {
    let is_path = |path: &&str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains('\\')
            && path.bytes().all(|byte| byte.is_ascii_graphic())
    };
    next.filter(is_path).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        let path = "/c/conversation:U1?tab=mine";
        assert_eq!(same_site_path(Some(path)), path);
        for bad in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/\tx",
            "/ท",
            "",
        ] {
            assert_eq!(same_site_path(Some(bad)), "/", "{bad:?}");
        }
    }

    #[test]
    fn the_log_in_page_remembers_where_one_wanted_to_go() {
        assert_eq!(login_address("/", None), "/login");
        assert_eq!(
            login_address(
                "/c/conversation:U1?tab=mine",
                Some(ErrorCode::NotAuthenticated)
            ),
            "/login?next=%2Fc%2Fconversation%3AU1%3Ftab%3Dmine&error=not_authenticated"
        );
    }
}
