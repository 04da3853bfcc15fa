//! Where a push may go: https at a public address. What a browser says is not believed: a
//! subscription that led into our own network would have the server call there.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;

/// The longest address that is kept, in bytes.
const LONGEST: usize = 2_048;

/// Which addresses are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Public ones.
    Public,
    /// This machine's own as well, by http too: for the demo and for tests.
    AndThisMachine,
}

/// An address of a push service, checked.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint(Url);

impl fmt::Debug for Endpoint {
    /// Whoever knows the whole of it can reach the device.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({}/…)", self.origin())
    }
}

/// This is no address for a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a push goes to an https address that is not of a private network")]
pub struct EndpointError;

impl Endpoint {
    /// The address, if a push may go there.
    ///
    /// # Errors
    /// [`EndpointError`] for all others.
    pub fn parse(text: &str, reach: Reach) -> Result<Self, EndpointError> {
        let url = Url::parse(text).map_err(|_| EndpointError)?;
        let is_plain =
            text.len() <= LONGEST && url.username().is_empty() && url.password().is_none();
        let is_here = is_this_machine(&url);
        let is_allowed = match (reach, is_here) {
            (Reach::AndThisMachine, true) => matches!(url.scheme(), "http" | "https"),
            _ => url.scheme() == "https" && is_public(&url),
        };
        if is_plain && is_allowed {
            Ok(Self(url))
        } else {
            Err(EndpointError)
        }
    }

    /// As browsers write it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// Whether it is of this machine.
    pub(super) fn is_this_machine(&self) -> bool {
        is_this_machine(&self.0)
    }

    pub(super) fn url(&self) -> Url {
        self.0.clone()
    }
}

fn ip_of(url: &Url) -> Option<IpAddr> {
    let host = url.host_str()?;
    host.trim_matches(['[', ']']).parse().ok()
}

fn is_this_machine(url: &Url) -> bool {
    url.host_str() == Some("localhost") || ip_of(url).is_some_and(|ip| ip.is_loopback())
}

/// By its name alone; where a name leads is looked at when it is asked for.
fn is_public(url: &Url) -> bool {
    let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
        return false;
    };
    if let Some(ip) = ip_of(url) {
        return is_public_ip(ip);
    }
    let host = host.trim_end_matches('.');
    let private = [
        ".local",
        ".localhost",
        ".internal",
        ".invalid",
        ".test",
        ".home.arpa",
    ];
    host.contains('.') && !private.iter().any(|end| host.ends_with(end))
}

/// Whether an address is one of the internet, and of no network of somebody's own.
pub(super) fn is_public_ip(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    // Of IANA's list of special addresses what `std` has no word for: this network, carriers' own,
    // protocols, benchmarks, and what is kept for later.
    let is_special = a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
        || a >= 240;
    !(is_special
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation())
}

/// The internet is `2000::/3`; of that, what is another network in disguise is left out.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    let is_global = a & 0xe000 == 0x2000;
    let is_disguised = a == 0x2002 || (a == 0x2001 && (b < 0x200 || b == 0xdb8));
    is_global && !is_disguised
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str, reach: Reach) -> bool {
        Endpoint::parse(text, reach).is_ok()
    }

    #[test]
    fn pushes_go_to_the_internet_and_not_into_our_network() {
        for public in [
            "https://fcm.googleapis.com/fcm/send/abc",
            "https://updates.push.services.mozilla.com/wpush/v2/abc",
            "https://web.push.apple.com/abc",
            "https://8.8.8.8/x",
            "https://[2606:4700::1]/x",
        ] {
            assert!(taken(public, Reach::Public), "{public}");
        }
        for private in [
            "http://push.example.com/x",
            "https://localhost/x",
            "https://push.local/x",
            "https://push/x",
            "https://127.0.0.1/x",
            "https://2130706433/x",
            "https://0x7f.1/x",
            "https://10.1.2.3/x",
            "https://172.16.0.1/x",
            "https://192.168.0.1/x",
            "https://169.254.169.254/latest",
            "https://100.64.0.1/x",
            "https://0.0.0.0/x",
            "https://224.0.0.1/x",
            "https://[::1]/x",
            "https://[::ffff:10.0.0.1]/x",
            "https://[fd00::1]/x",
            "https://[fe80::1]/x",
            "https://[2002:0a00:0001::1]/x",
            "https://user:word@push.example.com/x",
            "ftp://push.example.com/x",
            "file:///etc/passwd",
            "push.example.com",
            "",
        ] {
            assert!(!taken(private, Reach::Public), "{private}");
        }
        assert!(!taken(
            &format!("https://a.example/{}", "x".repeat(2_048)),
            Reach::Public
        ));
    }

    #[test]
    fn the_demo_may_push_to_this_machine() {
        for here in [
            "http://127.0.0.1:9/x",
            "https://localhost/x",
            "http://[::1]:9/x",
        ] {
            assert!(taken(here, Reach::AndThisMachine), "{here}");
        }
        for not in [
            "http://10.0.0.1/x",
            "https://10.0.0.1/x",
            "http://push.example.com/x",
        ] {
            assert!(!taken(not, Reach::AndThisMachine), "{not}");
        }
    }

    #[test]
    fn a_log_does_not_tell_how_to_reach_a_device() {
        let endpoint = Endpoint::parse("https://push.example.com/hush", Reach::Public);
        let shown = format!("{:?}", endpoint.expect("taken"));
        assert_eq!(shown, "Endpoint(https://push.example.com/…)");
    }
}
