//! Failed log-ins of the last minutes. Only failures count; success neither counts nor forgives.

use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::protocol::Timestamp;
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
}

/// Counts failures by account and by address.
#[derive(Default)]
pub(super) struct Failures {
    /// The moments of the failures, oldest first. A std mutex: held for a look-up only.
    recent: Mutex<HashMap<Key, VecDeque<Timestamp>>>,
}

impl Failures {
    /// Refuses when the account or the address has used its tries up.
    pub(super) fn check(
        &self,
        email: &str,
        client: &IpAddr,
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        let mut recent = self.lock();
        let waits = keys(email, client).into_iter().filter_map(|key| {
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

    /// Remembers a failure.
    pub(super) fn add(&self, email: &str, client: &IpAddr, now: Timestamp) {
        let mut recent = self.lock();
        if recent.len() >= REMEMBERED {
            make_room(&mut recent, now);
        }
        for key in keys(email, client) {
            let moments = recent.entry(key).or_default();
            moments.push_back(now);
            if moments.len() > ALLOWED {
                moments.pop_front();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, VecDeque<Timestamp>>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn keys(email: &str, client: &IpAddr) -> [Key; 2] {
    let account = email.chars().take(EMAIL_CHARS).collect();
    [Key::Account(account), Key::Address(network(*client))]
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

fn forget_old(moments: &mut VecDeque<Timestamp>, now: Timestamp) {
    while moments
        .front()
        .is_some_and(|first| now.since(*first) >= WINDOW_MS)
    {
        moments.pop_front();
    }
}

fn make_room(recent: &mut HashMap<Key, VecDeque<Timestamp>>, now: Timestamp) {
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

    fn fail(failures: &Failures, times: usize, email: &str, client: &str) {
        for at in 0..times {
            let at = Timestamp(i64::try_from(at).expect("small"));
            failures.add(email, &client.parse().expect("an address"), at);
        }
    }

    #[test]
    fn the_eleventh_try_waits_until_the_first_failure_is_five_minutes_old() {
        let failures = Failures::default();
        fail(&failures, 9, "a", "127.0.0.1");
        assert!(failures.check("a", &HERE, Timestamp(10)).is_ok());
        failures.add("a", &HERE, Timestamp(9));
        let refused = failures
            .check("a", &HERE, Timestamp(10))
            .expect_err("ten failures");
        assert_eq!(refused.retry_after_ms(), Some(299_990));
        assert!(
            failures
                .check("a", &HERE, Timestamp(WINDOW_MS - 1))
                .is_err()
        );
        assert!(failures.check("a", &HERE, Timestamp(WINDOW_MS)).is_ok());
    }

    #[test]
    fn account_and_address_count_apart() {
        let failures = Failures::default();
        fail(&failures, 10, "a", "192.0.2.1");
        assert!(
            failures.check("a", &HERE, Timestamp(10)).is_err(),
            "the account from elsewhere"
        );
        assert!(failures.check("b", &HERE, Timestamp(10)).is_ok());
        let there = "192.0.2.1".parse().expect("an address");
        assert!(
            failures.check("b", &there, Timestamp(10)).is_err(),
            "the address, other account"
        );
    }

    #[test]
    fn neighbours_in_an_ipv6_network_are_one_address() {
        let failures = Failures::default();
        fail(&failures, 10, "a", "2001:db8::1");
        let check =
            |client: &str| failures.check("b", &client.parse().expect("an address"), Timestamp(10));
        assert!(check("2001:db8::ffff:1").is_err());
        assert!(check("2001:db8:0:1::1").is_ok());
    }

    #[test]
    fn a_flood_of_names_stays_bounded_and_frees_no_guesser() {
        let failures = Failures::default();
        fail(&failures, 10, "victim", "192.0.2.1");
        for n in 0..2 * REMEMBERED {
            failures.add(&format!("name {n}"), &HERE, Timestamp(10));
        }
        assert!(failures.lock().len() <= REMEMBERED + 1);
        assert!(failures.check("victim", &HERE, Timestamp(10)).is_err());
    }
}
