//! `SALA_TRUSTED_PROXIES`: whose word about a client's address counts.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use super::{ConfigError, Name, Settings};

/// Bits of an IPv4 address, when it is written as an IPv6 address.
const MAPPED_BITS: u8 = 96;

/// The networks whose `X-Forwarded-For` and `Forwarded` are believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedProxies {
    networks: Vec<Network>,
}

/// The addresses that begin with the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
    /// IPv4 as IPv4-mapped IPv6, so that the two ways to write one address are the same.
    bits: u128,
    prefix: u8,
}

impl Default for TrustedProxies {
    /// This machine.
    fn default() -> Self {
        Self {
            networks: vec![
                Network::new(Ipv4Addr::new(127, 0, 0, 0).into(), 8),
                Network::new(Ipv6Addr::LOCALHOST.into(), 128),
            ],
        }
    }
}

impl TrustedProxies {
    pub(super) fn load(settings: &Settings) -> Result<Self, ConfigError> {
        let Some(text) = settings.get(Name::TrustedProxies) else {
            return Ok(Self::default());
        };
        let networks = text
            .split(|sign: char| sign == ',' || sign.is_whitespace())
            .filter(|part| !part.is_empty())
            .map(|part| {
                part.parse()
                    .map_err(|why| Name::TrustedProxies.invalid(format!("{part}: {why}")))
            })
            .collect::<Result<Vec<Network>, _>>()?;
        if networks.is_empty() {
            return Err(Name::TrustedProxies.invalid("names no network"));
        }
        Ok(Self { networks })
    }

    /// Whether this address belongs to a proxy of ours.
    pub fn contains(&self, address: IpAddr) -> bool {
        let bits = bits(address);
        self.networks.iter().any(|network| network.contains(bits))
    }

    /// Whether only proxies on this very machine are believed.
    pub fn is_this_machine_only(&self) -> bool {
        let here = Self::default();
        self.networks
            .iter()
            .all(|own| here.networks.iter().any(|all| all.holds(own)))
    }
}

impl Network {
    /// `prefix` counts as it is written for this kind of address, and fits it.
    fn new(address: IpAddr, prefix: u8) -> Self {
        let prefix = match address {
            IpAddr::V4(_) => prefix + MAPPED_BITS,
            IpAddr::V6(_) => prefix,
        };
        Self {
            bits: bits(address),
            prefix,
        }
    }

    fn contains(&self, bits: u128) -> bool {
        (bits ^ self.bits) & self.mask() == 0
    }

    fn holds(&self, other: &Self) -> bool {
        self.prefix <= other.prefix && self.contains(other.bits)
    }

    fn mask(&self) -> u128 {
        let free = 128 - u32::from(self.prefix);
        u128::MAX.checked_shl(free).unwrap_or(0)
    }
}

fn bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

impl FromStr for Network {
    /// Why not, as the end of a sentence.
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "write networks as 10.0.0.0/8, 192.0.2.7 or fd00::/8, with commas";
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| FORM)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(prefix) => prefix.parse().map_err(|_| FORM)?,
            None => most,
        };
        if prefix > most {
            return Err("an IPv4 network has at most 32 bits, an IPv6 network 128");
        }
        let network = Self::new(address, prefix);
        if prefix == 0 {
            return Err("that is everybody, and anybody may write what they like");
        }
        if network.bits & !network.mask() != 0 {
            return Err("the address has bits behind the network's; write its first address");
        }
        Ok(network)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<TrustedProxies, ConfigError> {
        let mut settings = Settings::default();
        settings.set(Name::TrustedProxies, text);
        TrustedProxies::load(&settings)
    }

    #[test]
    fn networks_hold_their_addresses_however_these_are_written() {
        let proxies =
            load("10.1.0.0/16, 192.0.2.7 fd00::/8,::ffff:198.51.100.0/120").expect("valid");
        for (address, expected) in [
            ("10.1.255.255", true),
            ("10.2.0.0", false),
            ("::ffff:10.1.2.3", true),
            ("192.0.2.7", true),
            ("192.0.2.8", false),
            ("fdff::1", true),
            ("fe00::1", false),
            ("198.51.100.9", true),
            ("127.0.0.1", false),
        ] {
            let address = address.parse().expect("an address");
            assert_eq!(proxies.contains(address), expected, "{address}");
        }
    }

    #[test]
    fn without_the_setting_this_machine_is_believed_and_nobody_else() {
        let proxies = TrustedProxies::load(&Settings::default()).expect("valid");
        for (address, expected) in [
            ("127.0.0.1", true),
            ("127.9.9.9", true),
            ("::1", true),
            ("::ffff:127.0.0.1", true),
            ("10.0.0.1", false),
            ("::", false),
        ] {
            let address = address.parse().expect("an address");
            assert_eq!(proxies.contains(address), expected, "{address}");
        }
        assert!(proxies.is_this_machine_only());
        assert!(load("127.0.0.1").expect("valid").is_this_machine_only());
        assert!(
            !load("::1, 10.0.0.0/8")
                .expect("valid")
                .is_this_machine_only()
        );
    }

    #[test]
    fn what_is_no_network_is_refused_by_name() {
        for bad in [
            "10.0.0.0/33",
            "10.0.0.5/8",
            "0.0.0.0/0",
            "::/0",
            "10.0.0.0/",
            "proxy.example.com",
            "*",
            ",",
        ] {
            let error = load(bad).expect_err(bad).to_string();
            assert!(error.contains("SALA_TRUSTED_PROXIES"), "{error}");
        }
    }
}
