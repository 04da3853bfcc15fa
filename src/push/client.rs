//! The call to a push service. It has a timeout, follows no redirect, goes to no private address
//! whatever a name leads to, and ends in a [`Answered`].

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{StatusCode, header};

use super::endpoint::{Endpoint, is_public_ip};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const CALL_TIMEOUT: Duration = Duration::from_secs(10);

/// For how long a service keeps what it cannot hand over, in seconds.
const TTL_S: u32 = 60 * 60;

/// The longest that a service may put us off.
const PUT_OFF_MAX: Duration = Duration::from_hours(1);

/// The client cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("HTTP client: {0}")]
pub struct PushClientError(#[from] reqwest::Error);

/// What became of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The service has it.
    Taken,
    /// There is no such device any more.
    Gone,
    /// Not now; after so long, where the service says it.
    Later(StatusCode, Option<Duration>),
    /// Never, in this form.
    Refused(StatusCode),
    /// There was no answer.
    Unreached,
}

/// Connections to push services. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct PushClient {
    public: reqwest::Client,
    /// For this machine, which no proxy can reach.
    here: reqwest::Client,
}

impl PushClient {
    /// Without a connection yet.
    ///
    /// # Errors
    /// When the HTTP client cannot be set up.
    pub fn new() -> Result<Self, PushClientError> {
        let builder = || {
            reqwest::Client::builder()
                .connect_timeout(CONNECT_TIMEOUT)
                .timeout(CALL_TIMEOUT)
                .redirect(reqwest::redirect::Policy::none())
                .user_agent(concat!("sala/", env!("CARGO_PKG_VERSION")))
        };
        Ok(Self {
            public: builder().dns_resolver(Arc::new(PublicOnly)).build()?,
            here: builder().no_proxy().build()?,
        })
    }

    /// Hands a sealed message over. `topic` names what it is about: a later one takes its place
    /// while the device is away.
    pub async fn push(
        &self,
        endpoint: &Endpoint,
        authorization: &str,
        topic: &str,
        sealed: Vec<u8>,
    ) -> Answered {
        let client = if endpoint.is_this_machine() {
            &self.here
        } else {
            &self.public
        };
        let answer = client
            .post(endpoint.url())
            .header(header::AUTHORIZATION, authorization)
            .header(header::CONTENT_ENCODING, "aes128gcm")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header("ttl", TTL_S)
            .header("urgency", "high")
            .header("topic", topic)
            .body(sealed)
            .send()
            .await;
        match answer {
            Ok(answer) => meaning(answer.status(), put_off(answer.headers())),
            Err(error) => {
                // Not the address, which is in the error's own words.
                tracing::debug!(error = %error.without_url(), "a push service was not reached");
                Answered::Unreached
            }
        }
    }
}

fn meaning(status: StatusCode, after: Option<Duration>) -> Answered {
    match status {
        status if status.is_success() => Answered::Taken,
        StatusCode::NOT_FOUND | StatusCode::GONE => Answered::Gone,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => {
            Answered::Later(status, after)
        }
        status if status.is_server_error() => Answered::Later(status, after),
        status => Answered::Refused(status),
    }
}

/// `Retry-After` in seconds; services write no dates there.
fn put_off(headers: &header::HeaderMap) -> Option<Duration> {
    let seconds = headers.get(header::RETRY_AFTER)?.to_str().ok()?;
    let after = Duration::from_secs(seconds.trim().parse().ok()?);
    Some(after.min(PUT_OFF_MAX))
}

/// Finds the public addresses of a name, and no others.
#[derive(Debug)]
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|addr| is_public_ip(addr.ip())).collect();
            if public.is_empty() {
                return Err("the name leads to no public address".into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_has_its_meaning() {
        let put_off = Some(Duration::from_secs(7));
        for (status, expected) in [
            (201, Answered::Taken),
            (200, Answered::Taken),
            (404, Answered::Gone),
            (410, Answered::Gone),
            (429, Answered::Later(StatusCode::TOO_MANY_REQUESTS, put_off)),
            (
                503,
                Answered::Later(StatusCode::SERVICE_UNAVAILABLE, put_off),
            ),
            (400, Answered::Refused(StatusCode::BAD_REQUEST)),
            (403, Answered::Refused(StatusCode::FORBIDDEN)),
            (413, Answered::Refused(StatusCode::PAYLOAD_TOO_LARGE)),
            (302, Answered::Refused(StatusCode::FOUND)),
        ] {
            let status = StatusCode::from_u16(status).expect("a status");
            assert_eq!(meaning(status, put_off), expected);
        }
    }

    #[test]
    fn nobody_is_put_off_for_longer_than_a_push_lives() {
        let headers = |value: &'static str| {
            let value = header::HeaderValue::from_static(value);
            header::HeaderMap::from_iter([(header::RETRY_AFTER, value)])
        };
        assert_eq!(put_off(&headers("7")), Some(Duration::from_secs(7)));
        assert_eq!(put_off(&headers("99999999")), Some(PUT_OFF_MAX));
        assert_eq!(put_off(&headers("Fri, 27 Nov 2026 02:00:00 GMT")), None);
    }

    #[tokio::test]
    async fn a_name_that_leads_into_our_network_leads_nowhere() {
        let name = "localhost".parse::<Name>().expect("a name");
        assert!(PublicOnly.resolve(name).await.is_err());
    }
}
