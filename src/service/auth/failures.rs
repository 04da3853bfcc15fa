//! Failed log-ins of the last minutes. Only failures count; success neither counts nor forgives.

use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::clock::Moment;
use crate::service::ServiceError;

const WINDOW_MS: i64 = 5 * 60 * 1_000;
const ALLOWED: usize = 10;

/// Accounts and addresses remembered at a time; when full, those whose window is over go first
/// and then those with the fewest failures, so that a flood of names does not free a guesser.
const REMEMBERED: usize = 20_000;

/// Longest part of an e-mail address that is remembered; longer ones can never be right.
const EMAIL_CHARS: usize = 254;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Account(String),
    Address(IpAddr),
    Device(String),
}

/// What has used its tries up just now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Locked {
    Account,
    Address,
    Device,
}

impl Locked {
    /// For logs and audit.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Address => "address",
            Self::Device => "device",
        }
    }
}

/// Who tries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trier<'a> {
    /// Whose account, as it is compared.
    pub(super) email: &'a str,
    /// From where.
    pub(super) client: &'a IpAddr,
    /// The mark of a device on which this account was signed in before.
    pub(super) device: Option<&'a str>,
}

/// Counts failures by account, by address, and by known device.
#[derive(Default)]
pub(super) struct Failures {
    /// The moments of the failures, oldest first. A std mutex: held for a look-up only.
    recent: Mutex<HashMap<Key, VecDeque<Moment>>>,
}

impl Failures {
    /// Refuses when the account or the address has used its tries up. A known device has tries
    /// of its own: strangers and neighbours cannot lock it out.
    pub(super) fn check(&self, who: Trier<'_>, now: Moment) -> Result<(), ServiceError> {
        let mut recent = self.lock();
        let judged = match device_key(who) {
            Some(device) => vec![device],
            None => common_keys(who).into(),
        };
        let waits = judged.into_iter().filter_map(|key| {
            let moments = recent.get_mut(&key)?;
            forget_old(moments, now);
            if moments.len() < ALLOWED {
                return None;
            }
            moments
                .front()
                .map(|first| first.plus_ms(WINDOW_MS).since(now))
        });
        match waits.max() {
            None => Ok(()),
            Some(wait) => Err(ServiceError::RateLimited {
                retry_after_ms: wait.max(1).unsigned_abs(),
            }),
        }
    }

    /// Remembers a failure; says what that has locked.
    pub(super) fn add(&self, who: Trier<'_>, now: Moment) -> Vec<Locked> {
        let mut recent = self.lock();
        if recent.len() >= REMEMBERED {
            make_room(&mut recent, now);
        }
        let mut locked = Vec::new();
        for key in common_keys(who).into_iter().chain(device_key(who)) {
            let lock = key.lock();
            let moments = recent.entry(key).or_default();
            forget_old(moments, now);
            moments.push_back(now);
            if moments.len() == ALLOWED {
                locked.push(lock);
            }
            if moments.len() > ALLOWED {
                moments.pop_front();
            }
        }
        locked
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, VecDeque<Moment>>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Key {
    fn lock(&self) -> Locked {
        match self {
            Self::Account(_) => Locked::Account,
            Self::Address(_) => Locked::Address,
            Self::Device(_) => Locked::Device,
        }
    }
}

fn common_keys(who: Trier<'_>) -> [Key; 2] {
    let account = who.email.chars().take(EMAIL_CHARS).collect();
    [Key::Account(account), Key::Address(network(*who.client))]
}

fn device_key(who: Trier<'_>) -> Option<Key> {
    who.device.map(|device| Key::Device(device.to_owned()))
}

/// A household has one IPv4 address, but 2^64 IPv6 addresses.
fn network(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => {
            let upper = address.to_bits() & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from_bits(upper))
        }
        address @ IpAddr::V4(_) => address,
    }
}

fn forget_old(moments: &mut VecDeque<Moment>, now: Moment) {
    while moments
        .front()
        .is_some_and(|first| now.since(*first) >= WINDOW_MS)
    {
        moments.pop_front();
    }
}

fn make_room(recent: &mut HashMap<Key, VecDeque<Moment>>, now: Moment) {
    recent.retain(|_, moments| {
        forget_old(moments, now);
        !moments.is_empty()
    });
    for fewest in 1..ALLOWED {
        if recent.len() < REMEMBERED {
            return;
        }
        recent.retain(|_, moments| moments.len() > fewest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn who<'a>(email: &'a str, client: &'a IpAddr) -> Trier<'a> {
        Trier {
            email,
            client,
            device: None,
        }
    }

    fn fail(failures: &Failures, times: usize, email: &str, client: &str) {
        let client = client.parse().expect("an address");
        for at in 0..times {
            let at = Moment(i64::try_from(at).expect("small"));
            failures.add(who(email, &client), at);
        }
    }

    fn is_let_in(failures: &Failures, email: &str, client: &str) -> bool {
        let client = client.parse().expect("an address");
        failures.check(who(email, &client), Moment(10)).is_ok()
    }

    #[test]
    fn the_eleventh_try_waits_until_the_first_failure_is_five_minutes_old() {
        let failures = Failures::default();
        fail(&failures, 9, "a", "127.0.0.1");
        let me = who("a", &HERE);
        assert!(failures.check(me, Moment(10)).is_ok());
        let locked = failures.add(me, Moment(9));
        assert_eq!(locked, [Locked::Account, Locked::Address]);
        let refused = failures.check(me, Moment(10)).expect_err("ten failures");
        assert_eq!(refused.retry_after_ms(), Some(299_990));
        assert!(failures.check(me, Moment(WINDOW_MS - 1)).is_err());
        assert!(failures.check(me, Moment(WINDOW_MS)).is_ok());
    }

    #[test]
    fn account_and_address_count_apart() {
        let failures = Failures::default();
        fail(&failures, 10, "a", "192.0.2.1");
        assert!(
            !is_let_in(&failures, "a", "127.0.0.1"),
            "the account from elsewhere"
        );
        assert!(is_let_in(&failures, "b", "127.0.0.1"));
        assert!(
            !is_let_in(&failures, "b", "192.0.2.1"),
            "the address, other account"
        );
    }

    #[test]
    fn a_device_that_was_let_in_before_has_tries_of_its_own() {
        let failures = Failures::default();
        fail(&failures, 10, "a", "127.0.0.1");
        let mine = Trier {
            device: Some("mine"),
            ..who("a", &HERE)
        };
        for _ in 0..9 {
            assert!(failures.check(mine, Moment(10)).is_ok());
            assert!(failures.add(mine, Moment(10)).is_empty());
        }
        assert_eq!(failures.add(mine, Moment(10)), [Locked::Device]);
        assert!(failures.check(mine, Moment(10)).is_err());
    }

    #[test]
    fn neighbours_in_an_ipv6_network_are_one_address() {
        let failures = Failures::default();
        fail(&failures, 10, "a", "2001:db8::1");
        assert!(!is_let_in(&failures, "b", "2001:db8::ffff:1"));
        assert!(is_let_in(&failures, "b", "2001:db8:0:1::1"));
    }

    #[test]
    fn a_flood_of_names_stays_bounded_and_frees_no_guesser() {
        let failures = Failures::default();
        fail(&failures, 10, "victim", "192.0.2.1");
        for n in 0..2 * REMEMBERED {
            failures.add(who(&format!("name {n}"), &HERE), Moment(10));
        }
        assert!(failures.lock().len() <= REMEMBERED + 1);
        assert!(!is_let_in(&failures, "victim", "127.0.0.1"));
    }
}
