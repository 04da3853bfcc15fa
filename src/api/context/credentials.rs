//! What a request shows of its sender: cookies and token.

use http::{Extensions, HeaderMap, HeaderValue, header};

use super::client_address;
use crate::config::PublicUrl;
use crate::service::ServiceError;
use crate::service::auth::{DeviceMark, SignedIn, Visitor};
use crate::state::AppState;

const SESSION_COOKIE: &str = "sala_session";

/// Followed by what stands for the account.
const DEVICE_COOKIE: &str = "sala_device_";

/// Of what a browser calls itself so much is kept.
const USER_AGENT_CHARS: usize = 300;

/// For how long a device that was let in before is known.
const DEVICE_SECONDS: i64 = 180 * 24 * 60 * 60;

/// Who sends a request with these headers, by session cookie or else `Authorization: Bearer`.
///
/// # Errors
/// When the store fails.
pub(crate) async fn identify(
    state: &AppState,
    headers: &HeaderMap,
) -> Result<Option<SignedIn>, ServiceError> {
    if let Some(token) = bearer(headers) {
        return state.auth.from_bearer(token).await;
    }
    match session_token(&state.config.public_url, headers) {
        Some(token) => state.auth.from_cookie(token).await,
        None => Ok(None),
    }
}

/// What a request to sign in shows.
pub(crate) fn visitor(state: &AppState, extensions: &Extensions, headers: &HeaderMap) -> Visitor {
    let url = &state.config.public_url;
    let device = format!("{}{DEVICE_COOKIE}", prefix(url));
    Visitor {
        address: client_address(&state.config.trusted_proxies, extensions, headers),
        user_agent: user_agent(headers),
        session: session_token(url, headers).map(str::to_owned),
        devices: cookies(headers)
            .filter(|(name, _)| name.starts_with(&device))
            .map(|(_, mark)| mark.to_owned())
            .collect(),
    }
}

/// What the browser calls itself; longer than that is no name.
fn user_agent(headers: &HeaderMap) -> Option<String> {
    let name = headers.get(header::USER_AGENT)?.to_str().ok()?;
    Some(name.chars().take(USER_AGENT_CHARS).collect())
}

/// The token of the session cookie.
pub(crate) fn session_token<'a>(public_url: &PublicUrl, headers: &'a HeaderMap) -> Option<&'a str> {
    cookies(headers).find_map(|(name, value)| {
        let name = name.strip_prefix(prefix(public_url))?;
        (name == SESSION_COOKIE).then_some(value)
    })
}

/// The value of the cookie of this name.
pub(crate) fn cookie_named<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    cookies(headers).find_map(|(known, value)| (known == name).then_some(value))
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The cookie that keeps a session.
pub(crate) fn session_cookie(public_url: &PublicUrl, token: &str, seconds: i64) -> HeaderValue {
    cookie(public_url, SESSION_COOKIE, token, seconds)
}

/// Whether this `Set-Cookie` keeps a session or ends one.
pub(crate) fn is_session_cookie(cookie: &HeaderValue) -> bool {
    cookie
        .to_str()
        .ok()
        .and_then(|cookie| cookie.split_once('='))
        .is_some_and(|(name, _)| name.ends_with(SESSION_COOKIE))
}

/// The cookie by which a device is known to have been let in before.
pub(crate) fn device_cookie(public_url: &PublicUrl, device: &DeviceMark) -> HeaderValue {
    let name = format!("{DEVICE_COOKIE}{}", device.account);
    cookie(public_url, &name, &device.mark, DEVICE_SECONDS)
}

/// The cookie that makes the browser forget a session.
pub(crate) fn clear_cookie(public_url: &PublicUrl) -> HeaderValue {
    cookie(public_url, SESSION_COOKIE, "", 0)
}

/// Browsers take a cookie of such a name from this very host over https only, so that no
/// neighbouring host can put its own into its place.
fn prefix(public_url: &PublicUrl) -> &'static str {
    if public_url.is_https() { "__Host-" } else { "" }
}

fn cookie(public_url: &PublicUrl, name: &str, value: &str, max_age: i64) -> HeaderValue {
    let prefix = prefix(public_url);
    let secure = if public_url.is_https() {
        "; Secure"
    } else {
        ""
    };
    let text = format!(
        "{prefix}{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}"
    );
    HeaderValue::from_str(&text).expect("our tokens are base64url")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Settings};
    use crate::protocol::look::{LANG_COOKIE, THEME_COOKIE};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    fn public_url(text: &str) -> PublicUrl {
        let pair = ("SALA_PUBLIC_URL".to_owned(), text.to_owned());
        let settings = Settings::from_pairs([pair]).expect("known");
        Config::load(&settings).expect("valid").public_url
    }

    #[test]
    fn cookies_are_found_among_others() {
        let found = headers(&[("cookie", "a=1; sala_lang=th; sala_theme=dark")]);
        assert_eq!(cookie_named(&found, LANG_COOKIE), Some("th"));
        assert_eq!(cookie_named(&found, THEME_COOKIE), Some("dark"));
        assert_eq!(cookie_named(&found, "sala"), None);
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let url = public_url("http://chat.example.com");
        let found = headers(&[("cookie", "a=1; sala_session=t=k; b=2")]);
        assert_eq!(session_token(&url, &found), Some("t=k"));
        let other = headers(&[("cookie", "xsala_session=t")]);
        assert_eq!(session_token(&url, &other), None);
        assert_eq!(
            bearer(&headers(&[("authorization", "bearer t")])),
            Some("t")
        );
        assert_eq!(bearer(&headers(&[("authorization", "Basic t")])), None);
    }

    #[test]
    fn under_https_a_cookie_that_another_host_could_have_set_counts_for_nothing() {
        let url = public_url("https://chat.example.com");
        let cookie = session_cookie(&url, "t", 60);
        let cookie = cookie.to_str().expect("ASCII");
        assert_eq!(
            cookie,
            "__Host-sala_session=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure"
        );
        let ours = headers(&[("cookie", "sala_session=x; __Host-sala_session=t")]);
        assert_eq!(session_token(&url, &ours), Some("t"));
        let theirs = headers(&[("cookie", "sala_session=x")]);
        assert_eq!(session_token(&url, &theirs), None);
    }
}
