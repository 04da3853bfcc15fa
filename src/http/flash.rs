//! The cookie that carries what became of a form to the next page, which eats it.

use axum::http::HeaderValue;
use http::{HeaderMap, header};

use crate::ui::Flash;

const NAME: &str = "sala_flash";

/// Only settings read it, and it dies soon where they do not.
const ATTRIBUTES: &str = "Path=/settings; HttpOnly; SameSite=Lax";

/// Seconds until it dies by itself.
const SECONDS: u32 = 60;

/// What the request carries.
pub(super) fn of(headers: &HeaderMap) -> Option<Flash> {
    headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == NAME).then_some(value))
        .and_then(Flash::from_cookie)
}

/// Hands it on to the next page; nothing where it is too long for a cookie.
pub(super) fn carried(flash: &Flash) -> Option<HeaderValue> {
    let value = flash.to_cookie()?;
    HeaderValue::try_from(format!("{NAME}={value}; {ATTRIBUTES}; Max-Age={SECONDS}")).ok()
}

/// Takes it from the browser.
pub(super) fn eaten() -> HeaderValue {
    let cookie = format!("{NAME}=; {ATTRIBUTES}; Max-Age=0");
    HeaderValue::try_from(cookie).expect("written here")
}
