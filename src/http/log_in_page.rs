//! Where the log-in page is, and where one goes from it.

use axum::response::{IntoResponse, Redirect, Response};
use http::Uri;
use reqwest::Url;

use crate::protocol::ErrorCode;

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

/// `next` if it is a path of this site and not the log-in itself, the console's start otherwise.
pub(super) fn same_site_path(next: Option<&str>) -> &str {
    let is_path = |path: &&str| {
        path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains('\\')
            && path.bytes().all(|byte| byte.is_ascii_graphic())
            && path.split('?').next() != Some("/login")
    };
    next.filter(is_path).unwrap_or("/")
}

/// To the log-in, and from there to where one wanted to go.
pub(super) fn to_login(uri: &Uri) -> Response {
    let wanted = uri.path_and_query().map_or("/", |address| address.as_str());
    Redirect::to(&login_address(wanted, None)).into_response()
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
            "/login?next=/",
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
