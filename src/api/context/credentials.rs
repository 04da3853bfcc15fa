//! What a request shows of its sender: cookie and token.

use http::{HeaderMap, HeaderValue, header};

use crate::config::PublicUrl;
use crate::service::ServiceError;
use crate::service::auth::{Auth, SESSION_DAYS, SignedIn};

const SESSION_COOKIE: &str = "sala_session";

/// Who sends a request with these headers, by session cookie or else `Authorization: Bearer`.
///
/// # Errors
/// When the store fails.
pub(crate) async fn identify(
    auth: &Auth,
    headers: &HeaderMap,
) -> Result<Option<SignedIn>, ServiceError> {
    if let Some(token) = bearer(headers) {
        return auth.from_bearer(token).await;
    }
    match session_token(headers) {
        Some(token) => auth.from_cookie(token).await,
        None => Ok(None),
    }
}

/// The token of the session cookie.
pub(crate) fn session_token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == SESSION_COOKIE).then_some(value))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The cookie that keeps a session.
pub(crate) fn session_cookie(public_url: &PublicUrl, token: &str) -> HeaderValue {
    cookie(public_url, token, SESSION_DAYS * 24 * 60 * 60)
}

/// The cookie that makes the browser forget a session.
pub(crate) fn clear_cookie(public_url: &PublicUrl) -> HeaderValue {
    cookie(public_url, "", 0)
}

fn cookie(public_url: &PublicUrl, token: &str, max_age: i64) -> HeaderValue {
    let secure = if public_url.is_https() {
        "; Secure"
    } else {
        ""
    };
    let text = format!(
        "{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}"
    );
    HeaderValue::from_str(&text).expect("our tokens are base64url")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let found = headers(&[("cookie", "a=1; sala_session=t=k; b=2")]);
        assert_eq!(session_token(&found), Some("t=k"));
        assert_eq!(
            session_token(&headers(&[("cookie", "xsala_session=t")])),
            None
        );
        assert_eq!(
            bearer(&headers(&[("authorization", "bearer t")])),
            Some("t")
        );
        assert_eq!(bearer(&headers(&[("authorization", "Basic t")])), None);
    }
}
