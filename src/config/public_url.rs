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

    /// Whether a page of this `Origin` may call us. `host` is the request's `Host`.
    ///
    /// Without `SALA_PUBLIC_URL` nobody has said what we are called, so a page that we served
    /// ourselves counts: one whose origin is the very host that the request went to.
    pub fn allows_origin(&self, origin: &str, host: Option<&str>) -> bool {
        if origin == self.origin {
            return true;
        }
        !self.given && host.is_some_and(|host| origin.strip_prefix("http://") == Some(host))
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
    fn a_given_address_allows_its_own_origin_only() {
        let url = given("https://Chat.Example.com:443/");
        assert_eq!(url.origin(), "https://chat.example.com");
        assert!(url.is_https());
        assert!(url.allows_origin("https://chat.example.com", Some("127.0.0.1:3000")));
        for other in [
            "http://chat.example.com",
            "https://evil.example.com",
            "null",
            "",
        ] {
            assert!(
                !url.allows_origin(other, Some("evil.example.com")),
                "{other}"
            );
        }
    }

    #[test]
    fn without_one_the_host_that_was_asked_counts() {
        let url = PublicUrl::of(([0, 0, 0, 0], 0).into()).bound_to(([0, 0, 0, 0], 4000).into());
        assert_eq!(url.origin(), "http://0.0.0.0:4000");
        assert!(url.allows_origin("http://localhost:4000", Some("localhost:4000")));
        assert!(!url.allows_origin("http://evil.example.com", Some("localhost:4000")));
    }
}
