//! Only known hosts are served, so that a page that lets its own name lead here (DNS rebinding)
//! reaches nothing: whatever it asks, the browser says for whom the question is.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, Version, header};

use super::guard::API;
use crate::api::ApiError;
use crate::config::Config;
use crate::metrics::access::{self, Refusal};
use crate::protocol::ErrorCode;

/// Strange hosts that are told about, one line of the log each: the usual reason is a proxy.
const TOLD: u32 = 20;

const SENTENCE: &str = "This server is not known by that name: set SALA_PUBLIC_URL to the address \
     that people use, and let the proxy pass their Host on.";

/// The names by which this server is known.
#[derive(Clone)]
pub(super) struct Hosts(Arc<Known>);

struct Known {
    /// Of the public address, without port.
    public: String,
    /// Where we listen.
    listen: IpAddr,
    /// Names without a dot are known, too: no page can have such a name.
    neighbours: bool,
}

impl Hosts {
    /// The public address's, the listen address, and this machine's own.
    pub(super) fn new(config: &Config) -> Self {
        Self::with(config, config.addr.ip(), false)
    }

    /// For `/metrics` on an address of its own: monitors find their targets by names such as
    /// `sala`, too.
    pub(super) fn for_monitors(config: &Config) -> Self {
        let listen = config.metrics_addr.unwrap_or(config.addr).ip();
        Self::with(config, listen, true)
    }

    fn with(config: &Config, listen: IpAddr, neighbours: bool) -> Self {
        Self(Arc::new(Known {
            public: config.public_url.host().to_owned(),
            listen: listen.to_canonical(),
            neighbours,
        }))
    }

    /// Whether `host` (with or without a port, any) is one of ours.
    fn serves(&self, host: &str) -> bool {
        let Some(name) = name_of(host) else {
            return false;
        };
        let bare = name.strip_suffix('.').unwrap_or(name);
        if bare.eq_ignore_ascii_case(&self.0.public) || bare.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let address = name
            .strip_prefix('[')
            .map_or(name, |rest| rest.trim_end_matches(']'));
        match address.parse::<IpAddr>() {
            Ok(address) => self.serves_address(address.to_canonical()),
            Err(_) => self.0.neighbours && !bare.contains('.'),
        }
    }

    /// On all addresses we listen under any: browsers let no name stand for an address.
    fn serves_address(&self, address: IpAddr) -> bool {
        let listen = self.0.listen;
        address.is_loopback() || address == listen || listen.is_unspecified()
    }
}

/// The part before the port, if this is a host at all.
fn name_of(host: &str) -> Option<&str> {
    let end = match host.find(']') {
        Some(bracket) => bracket + 1,
        None => host.find(':').unwrap_or(host.len()),
    };
    let (name, port) = host.split_at(end);
    let is_port = port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|port| port.bytes().all(|digit| digit.is_ascii_digit()));
    (is_port && !name.is_empty()).then_some(name)
}

/// 421 for other hosts, 400 where it is not clear which is meant.
pub(super) async fn only_known(
    State(hosts): State<Hosts>,
    request: Request,
    next: Next,
) -> Response {
    match judge(&hosts, &request) {
        None => next.run(request).await,
        Some(refused) => refused,
    }
}

fn judge(hosts: &Hosts, request: &Request) -> Option<Response> {
    let mut lines = request.headers().get_all(header::HOST).into_iter();
    let host = match (lines.next(), lines.next()) {
        (Some(host), None) if !host.is_empty() => Some(host.to_str().unwrap_or_default()),
        // Such as health checks by HTTP/1.0; no browser is among them.
        (None, _) if request.version() < Version::HTTP_11 => None,
        _ => {
            let sentence = "Name one Host.";
            return Some((StatusCode::BAD_REQUEST, sentence).into_response());
        }
    };
    let target = request.uri().authority().map(http::uri::Authority::as_str);
    let strange = [host, target]
        .into_iter()
        .flatten()
        .find(|host| !hosts.serves(host))?;
    tell_of(strange);
    access::refused(Refusal::Host);
    let status = StatusCode::MISDIRECTED_REQUEST;
    Some(if request.uri().path().starts_with(API) {
        let error = ApiError::new(ErrorCode::Forbidden, SENTENCE);
        (status, axum::Json(error)).into_response()
    } else {
        (status, SENTENCE).into_response()
    })
}

fn tell_of(host: &str) {
    static TOLD_OF: AtomicU32 = AtomicU32::new(0);
    if TOLD_OF.fetch_add(1, Ordering::Relaxed) < TOLD {
        let host: String = host.chars().take(100).collect();
        tracing::warn!(
            ?host,
            "a request for a host that is not ours was refused; if people use this name, \
             SALA_PUBLIC_URL must say it, or the proxy must pass their Host on"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    fn hosts(pairs: &[(&str, &str)]) -> Hosts {
        let pairs = pairs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        let settings = Settings::from_pairs(pairs).expect("known");
        Hosts::new(&Config::load(&settings).expect("valid"))
    }

    #[test]
    fn our_own_names_are_served_and_no_others() {
        let hosts = hosts(&[
            ("SALA_PUBLIC_URL", "https://chat.example.com"),
            ("SALA_ADDR", "10.0.0.11:3000"),
        ]);
        for good in [
            "chat.example.com",
            "Chat.Example.Com:443",
            "chat.example.com.",
            "localhost:3000",
            "127.0.0.1:8080",
            "[::1]:3000",
            "10.0.0.11:3000",
            "[::ffff:10.0.0.11]",
        ] {
            assert!(hosts.serves(good), "{good}");
        }
        for bad in [
            "evil.example",
            "chat.example.com.evil.example",
            "xchat.example.com",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "10.0.0.12",
            "[2001:db8::1]",
            "sala",
            "",
            ":3000",
            "chat.example.com:80@evil.example",
            "chat.example.com:x",
        ] {
            assert!(!hosts.serves(bad), "{bad}");
        }
    }

    #[test]
    fn who_listens_on_all_addresses_is_known_by_any_address_but_by_no_name() {
        let hosts = hosts(&[("SALA_ADDR", "0.0.0.0:3000")]);
        assert!(hosts.serves("10.0.0.12:3000"));
        assert!(hosts.serves("[2001:db8::1]:3000"));
        assert!(hosts.serves("localhost"));
        assert!(!hosts.serves("evil.example:3000"));
    }

    #[test]
    fn monitors_may_use_a_neighbours_name() {
        let settings = [("SALA_METRICS_ADDR".to_owned(), "0.0.0.0:9000".to_owned())];
        let config = Config::load(&Settings::from_pairs(settings).expect("known"));
        let hosts = Hosts::for_monitors(&config.expect("valid"));
        assert!(hosts.serves("sala:9000"));
        assert!(hosts.serves("10.0.0.11:9000"));
        assert!(!hosts.serves("evil.example:9000"));
    }
}
