//! The calls to LINE. Every call has a timeout, none follows redirects, and each ends either in
//! an answer or in a [`LineError`](crate::line::LineError) that says what may be done next.

mod answer;
mod content;
mod read;
mod send;

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, RequestBuilder, Url};

pub use content::{ContentAnswer, MediaContent, Transcoding};
pub use read::{
    BotInfo, ChatMode, GroupSummary, MarkAsReadMode, Profile, Quota, WebhookEndpoint, WebhookTest,
};
pub use send::Sent;

/// LINE's public host.
pub const API_BASE: &str = "https://api.line.me";
/// LINE's public host for what customers send.
pub const DATA_API_BASE: &str = "https://api-data.line.me";

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const CALL_TIMEOUT: Duration = Duration::from_secs(10);
/// A silence of this length ends a download.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// A whole download, a film of 200 MB on a slow line included.
const CONTENT_TIMEOUT: Duration = Duration::from_mins(10);

/// The client cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// A base address is not an http or https address.
    #[error("{0:?} is not an http or https address")]
    Base(String),
    /// The HTTP client refused its settings.
    #[error("HTTP client: {0}")]
    Http(#[from] reqwest::Error),
}

/// Connections to LINE, shared by all channels. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct LineClient {
    http: reqwest::Client,
    api: Url,
    data_api: Url,
}

impl LineClient {
    /// A client for these base addresses; see [`API_BASE`] and [`DATA_API_BASE`].
    ///
    /// # Errors
    /// When an address is not one, or the HTTP client cannot be set up.
    pub fn new(api_base: &str, data_api_base: &str) -> Result<Self, ClientError> {
        let (api, data_api) = (base(api_base)?, base(data_api_base)?);
        let mut builder = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("sala/", env!("CARGO_PKG_VERSION")));
        if is_loopback(&api) && is_loopback(&data_api) {
            builder = builder.no_proxy();
        }
        Ok(Self {
            http: builder.build()?,
            api,
            data_api,
        })
    }

    /// The calls in the name of the channel with this access token.
    pub fn channel(&self, access_token: &str) -> LineChannel {
        LineChannel {
            client: self.clone(),
            token: AccessToken(access_token.into()),
        }
    }
}

/// The calls in one channel's name. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct LineChannel {
    client: LineClient,
    token: AccessToken,
}

#[derive(Clone)]
struct AccessToken(Arc<str>);

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(…)")
    }
}

impl LineChannel {
    /// A call to the main host.
    fn call(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.request(method, &self.client.api, path)
            .timeout(CALL_TIMEOUT)
    }

    /// A call to the host of what customers send.
    fn data_call(&self, path: &[&str], timeout: Duration) -> RequestBuilder {
        self.request(Method::GET, &self.client.data_api, path)
            .timeout(timeout)
    }

    fn request(&self, method: Method, base: &Url, path: &[&str]) -> RequestBuilder {
        let mut url = base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["v2", "bot"]).extend(path);
        }
        self.client
            .http
            .request(method, url)
            .bearer_auth(&self.token.0)
    }
}

fn base(address: &str) -> Result<Url, ClientError> {
    Url::parse(address)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or_else(|| ClientError::Base(address.to_owned()))
}

/// Whether the address is this machine, which no proxy can reach.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_cannot_leave_their_place_in_the_path() {
        let client =
            LineClient::new("http://127.0.0.1:1/_sim/line", DATA_API_BASE).expect("client");
        let request = client
            .channel("t")
            .call(Method::GET, &["profile", "../info?x=1#y"])
            .build()
            .expect("request");
        assert_eq!(
            request.url().as_str(),
            "http://127.0.0.1:1/_sim/line/v2/bot/profile/..%2Finfo%3Fx=1%23y"
        );
    }

    #[test]
    fn bases_must_be_web_addresses() {
        for wrong in ["", "api.line.me", "ftp://api.line.me", "file:///etc"] {
            assert!(matches!(
                LineClient::new(wrong, API_BASE),
                Err(ClientError::Base(_))
            ));
        }
    }

    #[test]
    fn the_token_never_shows() {
        let client = LineClient::new(API_BASE, DATA_API_BASE).expect("client");
        assert!(!format!("{:?}", client.channel("secret-token")).contains("secret-token"));
    }

    #[test]
    fn this_machine_is_recognised() {
        for (address, loopback) in [
            ("http://127.0.0.1:3000", true),
            ("http://localhost", true),
            ("http://[::1]:1", true),
            ("https://api.line.me", false),
        ] {
            assert_eq!(
                is_loopback(&Url::parse(address).expect("address")),
                loopback
            );
        }
    }
}
