//! Where a request comes from: the peer, or whom a proxy that we trust speaks for.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use axum::extract::ConnectInfo;
use http::{Extensions, HeaderMap, HeaderName, header};

use crate::config::TrustedProxies;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Strange proxies that are told about, one line of the log each.
const TOLD: usize = 8;

/// The address of whoever calls: the rightmost one that is not a proxy's of ours, since each
/// proxy adds at the right whom it heard. Everything further left anybody may have written.
///
/// Where `X-Forwarded-For` and `Forwarded` contradict each other the proxy passes on one of them
/// as the client wrote it, and neither counts.
pub(crate) fn client_address(
    proxies: &TrustedProxies,
    extensions: &Extensions,
    headers: &HeaderMap,
) -> IpAddr {
    let peer = extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::from([0, 0, 0, 0]), |info| {
            info.0.ip().to_canonical()
        });
    if !proxies.contains(peer) {
        if is_forwarded(headers) {
            tell_of_stranger(peer);
        }
        return peer;
    }
    let by_name = headers
        .contains_key(X_FORWARDED_FOR)
        .then(|| behind(proxies, peer, names(headers)));
    let by_rfc = headers
        .contains_key(header::FORWARDED)
        .then(|| behind(proxies, peer, elements(headers)));
    match (by_name, by_rfc) {
        (Some(one), Some(other)) if one != other => peer,
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => peer,
    }
}

fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.contains_key(X_FORWARDED_FOR) || headers.contains_key(header::FORWARDED)
}

/// Goes from proxy to proxy for as long as they are ours. Who is not named counts as the proxy
/// that heard them.
fn behind(
    proxies: &TrustedProxies,
    peer: IpAddr,
    from_the_right: impl Iterator<Item = Option<IpAddr>>,
) -> IpAddr {
    let mut last = peer;
    for named in from_the_right {
        let Some(address) = named else { return last };
        last = address;
        if !proxies.contains(address) {
            return last;
        }
    }
    last
}

/// The addresses of `X-Forwarded-For`, the last one first.
fn names(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    let lines = headers.get_all(X_FORWARDED_FOR).into_iter().rev();
    lines.flat_map(|line| {
        let line = line.to_str().unwrap_or_default();
        line.rsplit(',').map(|part| address(part.trim()))
    })
}

/// What the elements of `Forwarded` (RFC 7239) say in `for`, the last one first.
fn elements(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    let lines = headers.get_all(header::FORWARDED).into_iter().rev();
    lines.flat_map(|line| {
        let line = line.to_str().unwrap_or_default();
        let elements = split_unquoted(line, ',').into_iter().rev();
        elements.map(|element| {
            let mut pairs = split_unquoted(element, ';').into_iter();
            let node = pairs.find_map(|pair| {
                let (name, node) = pair.split_once('=')?;
                name.trim().eq_ignore_ascii_case("for").then_some(node)
            })?;
            address(node.trim().trim_matches('"'))
        })
    })
}

/// The parts between `sign`s that stand in no quoted string.
fn split_unquoted(text: &str, sign: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let split = |character: char| {
        let splits = character == sign && !quoted;
        if character == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && character == '\\' && !escaped;
        splits
    };
    text.split(split).collect()
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:4711`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = || text.parse().ok();
    let with_port = || text.parse().ok().map(|address: SocketAddr| address.ip());
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let found: Option<IpAddr> = bare().or_else(with_port).or_else(in_brackets);
    found.map(|address| address.to_canonical())
}

/// The usual mistake in an installation: then everybody behind the proxy is one address, and ten
/// failed log-ins of anybody lock all of them out.
fn tell_of_stranger(peer: IpAddr) {
    static TOLD_ABOUT: Mutex<BTreeSet<IpAddr>> = Mutex::new(BTreeSet::new());
    let mut told = TOLD_ABOUT.lock().unwrap_or_else(PoisonError::into_inner);
    if told.len() < TOLD && told.insert(peer) {
        tracing::warn!(
            peer.address = %peer,
            "a peer that is not in SALA_TRUSTED_PROXIES says for whom it forwards, and is not \
             believed; if it is your proxy, put its address there"
        );
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::config::{Config, Settings};

    fn proxies(text: &str) -> TrustedProxies {
        let pair = ("SALA_TRUSTED_PROXIES".to_owned(), text.to_owned());
        let settings = Settings::from_pairs([pair]).expect("known");
        Config::load(&settings).expect("valid").trusted_proxies
    }

    fn client(trusted: &str, peer: &str, lines: &[(&'static str, &'static str)]) -> String {
        let mut extensions = Extensions::new();
        let peer: SocketAddr = peer.parse().expect("an address");
        extensions.insert(ConnectInfo(peer));
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_static(value));
        }
        client_address(&proxies(trusted), &extensions, &headers).to_string()
    }

    #[test]
    fn the_rightmost_address_that_is_no_proxys_is_the_clients() {
        let trusted = "127.0.0.0/8, ::1, 10.0.0.0/8, fd00::/8";
        for (peer, line, expected) in [
            ("127.0.0.1:1", "198.51.100.9, 192.0.2.1", "192.0.2.1"),
            ("10.0.0.5:1", "6.6.6.6, 192.0.2.1, 10.0.0.9", "192.0.2.1"),
            ("[::ffff:10.0.0.5]:1", "192.0.2.1", "192.0.2.1"),
            ("[fd00::1]:1", "::ffff:192.0.2.1", "192.0.2.1"),
            ("[::1]:1", "2001:db8::1", "2001:db8::1"),
            ("10.0.0.5:1", "192.0.2.1:4711", "192.0.2.1"),
            ("10.0.0.5:1", "[2001:db8::1]:4711", "2001:db8::1"),
            ("10.0.0.5:1", "[2001:db8::1]", "2001:db8::1"),
            ("10.0.0.5:1", "10.0.0.7", "10.0.0.7"),
            ("10.0.0.5:1", "192.0.2.1, nonsense, 10.0.0.7", "10.0.0.7"),
            ("127.0.0.1:1", "nonsense", "127.0.0.1"),
            ("127.0.0.1:1", "", "127.0.0.1"),
        ] {
            let found = client(trusted, peer, &[("x-forwarded-for", line)]);
            assert_eq!(found, expected, "{peer} {line}");
        }
        let lines = [
            ("x-forwarded-for", "6.6.6.6"),
            ("x-forwarded-for", "192.0.2.1"),
        ];
        assert_eq!(client(trusted, "10.0.0.5:1", &lines), "192.0.2.1");
    }

    #[test]
    fn forwarded_is_read_as_its_rfc_writes_it() {
        let trusted = "10.0.0.0/8";
        for (line, expected) in [
            ("for=192.0.2.43", "192.0.2.43"),
            ("For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
            ("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"),
            ("by=203.0.113.43; FOR=192.0.2.60", "192.0.2.60"),
            ("for=6.6.6.6, for=198.51.100.17", "198.51.100.17"),
            ("for=192.0.2.1, for=10.1.1.1", "192.0.2.1"),
            ("for=192.0.2.1;host=\"a, for=6.6.6.6\"", "192.0.2.1"),
            ("for=192.0.2.1;host=\"a\\\", for=6.6.6.6\"", "192.0.2.1"),
            ("for=192.0.2.1, for=unknown", "10.0.0.5"),
            ("for=192.0.2.1, for=_hidden", "10.0.0.5"),
            ("for=192.0.2.1, proto=https", "10.0.0.5"),
        ] {
            let found = client(trusted, "10.0.0.5:1", &[("forwarded", line)]);
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn nobody_else_is_believed_and_no_contradiction() {
        let lie = [("x-forwarded-for", "192.0.2.1")];
        assert_eq!(client("127.0.0.1", "203.0.113.5:1", &lie), "203.0.113.5");
        let lie = [("forwarded", "for=192.0.2.1")];
        assert_eq!(client("10.0.0.0/8", "127.0.0.1:1", &lie), "127.0.0.1");
        let two = [
            ("forwarded", "for=6.6.6.6"),
            ("x-forwarded-for", "192.0.2.1"),
        ];
        assert_eq!(client("10.0.0.0/8", "10.0.0.5:1", &two), "10.0.0.5");
        let agree = [
            ("forwarded", "for=192.0.2.1"),
            ("x-forwarded-for", "192.0.2.1"),
        ];
        assert_eq!(client("10.0.0.0/8", "10.0.0.5:1", &agree), "192.0.2.1");
    }
}
