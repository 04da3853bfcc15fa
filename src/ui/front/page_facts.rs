//! What is settled once for a page, by the server, from the request: language, theme, time zone.
//!
//! The server writes them onto `<html>`; the browser reads them there, so both render the same.

#[cfg(feature = "ssr")]
use crate::api::context::cookie_named;
#[cfg(feature = "ssr")]
use crate::protocol::look::{CLOCK_COOKIE, LANG_COOKIE, THEME_COOKIE, YEARS_COOKIE, ZONE_COOKIE};
use crate::ui::words::{Habits, Lang, Zone};

/// Names the build whose assets the page asks for. The server provides it as a context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// Goes into the query of every asset's address, so that a new build is never taken from a cache.
    pub version: String,
}

#[cfg(feature = "ssr")]
impl Assets {
    /// The address of a file of this build.
    pub(crate) fn address(&self, file: &str) -> String {
        if self.version.is_empty() {
            format!("/pkg/{file}")
        } else {
            format!("/pkg/{file}?v={}", self.version)
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the device says.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// In the order of the menu.
    pub(crate) const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// As in `data-theme="…"` and in the cookie; absent when the device decides.
    pub(crate) const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Auto => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The theme of a cookie or attribute.
    pub(crate) fn from_attribute(value: &str) -> Self {
        match value {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// What both sides must agree on before they render.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageFacts {
    /// The language of all texts.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// The reader's time zone, as far as the server knows it.
    pub zone: Zone,
    /// How dates are written, whatever the language.
    pub habits: Habits,
}

#[cfg(feature = "ssr")]
impl PageFacts {
    /// Reads the request: `?lang=`, then the cookies, then `Accept-Language`.
    ///
    /// Without a request (route listing at start-up) all is at its default.
    pub(crate) fn current() -> Self {
        let Some(parts) = leptos::prelude::use_context::<http::request::Parts>() else {
            return Self::default();
        };
        let header = |name: http::HeaderName| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        let cookie = |name: &str| cookie_named(&parts.headers, name);
        let asked = parts
            .uri
            .query()
            .and_then(|query| query.split('&').find_map(|p| p.strip_prefix("lang=")));
        Self {
            lang: asked
                .and_then(Lang::from_tag)
                .or_else(|| cookie(LANG_COOKIE).and_then(Lang::from_tag))
                .or_else(|| Lang::from_accept_language(header(http::header::ACCEPT_LANGUAGE)))
                .unwrap_or_default(),
            theme: cookie(THEME_COOKIE)
                .map(Theme::from_attribute)
                .unwrap_or_default(),
            zone: cookie(ZONE_COOKIE)
                .and_then(Zone::parse)
                .unwrap_or_default(),
            habits: Habits::read(
                cookie(CLOCK_COOKIE).unwrap_or_default(),
                cookie(YEARS_COOKIE).unwrap_or_default(),
            ),
        }
    }
}

#[cfg(not(feature = "ssr"))]
impl PageFacts {
    /// Reads what the server wrote onto `<html>`.
    pub(crate) fn current() -> Self {
        let Some(html) = leptos::prelude::document().document_element() else {
            return Self::default();
        };
        let read = |name: &str| html.get_attribute(name).unwrap_or_default();
        Self {
            lang: Lang::from_tag(&read("lang")).unwrap_or_default(),
            theme: Theme::from_attribute(&read("data-theme")),
            zone: Zone::parse(&read("data-zone")).unwrap_or_default(),
            habits: Habits::read(&read("data-clock"), &read("data-years")),
        }
    }
}

/// Remembers a choice for a year and for all pages.
#[cfg(not(feature = "ssr"))]
pub(crate) fn set_cookie(name: &str, value: &str) {
    use wasm_bindgen::JsCast;
    if let Some(document) = leptos::prelude::document().dyn_ref::<web_sys::HtmlDocument>() {
        // A browser that refuses cookies only forgets the choice.
        let _ = document.set_cookie(&format!(
            "{name}={value}; path=/; max-age=31536000; samesite=lax"
        ));
    }
}

/// The server sets no cookies from components.
#[cfg(feature = "ssr")]
pub(crate) fn set_cookie(_name: &str, _value: &str) {}
