//! `SALA_PUBLIC_URL`: what browsers and LINE see.

use std::net::SocketAddr;

use reqwest::Url;

use super::{ConfigError, Name, Settings};

/// The address under which browsers and LINE reach this server; has no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    /// Scheme, host and port, as browsers write them in `Origin`.
    origin: String,
    /// From the setting, rather than made up from the listen address.
    given: bool,
}

impl PublicUrl {
    pub(super) fn load(settings: &Settings, addr: SocketAddr) -> Result<Self, ConfigError> {
        let Some(text) = settings.get(Name::PublicUrl) else {
            return Ok(Self::of(addr));
        };
        let url = Url::parse(text).ok().filter(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.path() == "/"
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
        });
        let url = url.ok_or_else(|| {
            Name::PublicUrl
                .invalid("must be an address without a path, such as https://chat.example.com")
        })?;
        Ok(Self {
            origin: url.origin().ascii_serialization(),
            given: true,
        })
    }

    /// The default: the listen address itself.
    fn of(addr: SocketAddr) -> Self {
        let url =
            Url::parse(&format!("http://{addr}")).expect("a socket address is a host and port");
        Self {
            origin: url.origin().ascii_serialization(),
            given: false,
        }
    }

    /// Takes the port that the system chose, unless the setting says what the address is.
    #[must_use]
    pub fn bound_to(self, addr: SocketAddr) -> Self {
        if self.given { self } else { Self::of(addr) }
    }

    /// Scheme, host and port, without a final slash; append a path to make a link.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether browsers come by https, so that cookies must be `Secure`.
    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https:")
    }

    /// The name or address in it, without port.
    pub fn host(&self) -> &str {
        host_of(&self.origin)
    }

    /// Whether a page of this `Origin` may call us: one of the public address, all of which
    /// counts, or of another known name that the request went to (`Host`), such as `localhost`,
    /// which is then a page of our own.
    pub fn allows_origin(&self, origin: &str, host: Option<&str>) -> bool {
        if origin.eq_ignore_ascii_case(&self.origin) {
            return true;
        }
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        let is_public = self.given && host_of(origin).eq_ignore_ascii_case(self.host());
        authority.is_some() && authority == host && !is_public
    }
}

/// The host of an origin.
fn host_of(origin: &str) -> &str {
    let authority = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    match authority.find(']') {
        Some(bracket) => &authority[..=bracket],
        None => authority.split(':').next().unwrap_or(authority),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &str) -> PublicUrl {
        let mut settings = Settings::default();
        settings.set(Name::PublicUrl, text);
        PublicUrl::load(&settings, ([127, 0, 0, 1], 3000).into()).expect("valid")
    }

    #[test]
    fn only_our_own_pages_are_allowed() {
        let url = given("https://Chat.Example.com:443/");
        assert_eq!(url.origin(), "https://chat.example.com");
        assert!(url.is_https());
        let host = Some("127.0.0.1:3000");
        assert!(url.allows_origin("https://chat.example.com", host));
        assert!(url.allows_origin("http://127.0.0.1:3000", host));
        let ends_alike = "https://chat.example.com.evil.example";
        for other in [
            "http://chat.example.com",
            "https://evil.example",
            ends_alike,
            "null",
            "",
        ] {
            assert!(!url.allows_origin(other, host), "{other}");
            assert!(!url.allows_origin(other, None), "{other}");
        }
    }

    #[test]
    fn under_the_public_name_the_whole_origin_counts() {
        let url = given("https://chat.example.com");
        for (origin, host) in [
            ("http://chat.example.com", "chat.example.com"),
            ("https://chat.example.com:8443", "chat.example.com:8443"),
            ("http://chat.example.com:3000", "chat.example.com:3000"),
        ] {
            assert!(!url.allows_origin(origin, Some(host)), "{origin}");
        }
        assert_eq!(url.host(), "chat.example.com");
        assert_eq!(given("http://[::1]:3000").host(), "[::1]");
    }

    #[test]
    fn the_default_follows_the_port_that_was_bound() {
        let bound =
            PublicUrl::of(([127, 0, 0, 1], 0).into()).bound_to(([127, 0, 0, 1], 4000).into());
        assert_eq!(bound.origin(), "http://127.0.0.1:4000");
        let kept = given("https://chat.example.com").bound_to(([127, 0, 0, 1], 4000).into());
        assert_eq!(kept.origin(), "https://chat.example.com");
    }
}
