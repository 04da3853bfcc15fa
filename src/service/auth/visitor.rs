//! Who stands at the door, and the mark that a device gets once it was let in.
//!
//! Failed log-ins lock an account. So that strangers cannot lock its owner out, a device on which
//! the account was signed in before keeps a mark (OWASP's "device cookie") and tries of its own.

use std::net::IpAddr;

use crate::secrets::{Keys, random_token, token_hash};

/// Marks of one device that are looked at.
const MARKS: usize = 20;

/// What a request to sign in shows of its sender.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// From where.
    pub address: IpAddr,
    /// What the browser calls itself, cut short.
    pub user_agent: Option<String>,
    /// The token of the log-in that this device has now, whoever's it is.
    pub session: Option<String>,
    /// The marks that this device has.
    pub devices: Vec<String>,
}

impl Visitor {
    /// Someone who comes without any cookie.
    pub fn from(address: IpAddr) -> Self {
        Self {
            address,
            user_agent: None,
            session: None,
            devices: Vec::new(),
        }
    }
}

/// For a device: the account was signed in here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceMark {
    /// Stands for the account, so that a device can have a mark for each; says nothing about it.
    pub account: String,
    /// The mark itself: `<random>.<signature>`.
    pub mark: String,
}

impl DeviceMark {
    /// The mark among `shown` that was given for this account; none is taken for another's.
    pub(super) fn known(keys: &Keys, email: &str, shown: &[String]) -> Option<Self> {
        // Hashes are compared, so that the time that it takes tells nothing.
        let is_ours = |mark: &&String| {
            mark.split_once('.').is_some_and(|(device, _)| {
                let ours = keys.names(&signed_thing(device, email));
                ours.iter().any(|signature| {
                    token_hash(mark) == token_hash(&format!("{device}.{signature}"))
                })
            })
        };
        let mark = shown.iter().take(MARKS).find(is_ours)?.clone();
        Some(Self {
            account: account(keys, email),
            mark,
        })
    }

    /// The mark that the device goes on with: another, if this one is of a key that is exchanged.
    pub(super) fn renewed(self, keys: &Keys, email: &str) -> Self {
        let current = self.mark.split_once('.').is_some_and(|(device, _)| {
            token_hash(&self.mark) == token_hash(&signed(keys, device, email))
        });
        if current {
            self
        } else {
            Self::new(keys, email)
        }
    }

    /// A mark for a device that had none.
    pub(super) fn new(keys: &Keys, email: &str) -> Self {
        Self {
            account: account(keys, email),
            mark: signed(keys, &random_token(), email),
        }
    }
}

fn account(keys: &Keys, email: &str) -> String {
    let mut name = keys.name(&format!("account of a device: {email}"));
    name.truncate(10);
    name
}

fn signed(keys: &Keys, device: &str, email: &str) -> String {
    let signature = keys.name(&signed_thing(device, email));
    format!("{device}.{signature}")
}

fn signed_thing(device: &str, email: &str) -> String {
    format!("device {device} of {email}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::{HeldKeys, Secret};

    #[test]
    fn a_mark_of_the_old_key_is_known_and_renewed_while_both_are_held() {
        let email = "a@example.com";
        let old = Secret::new("0123456789abcdef0123456789abcdef");
        let mark = DeviceMark::new(&Keys::derive(&old), email);
        let current = Secret::new("fedcba9876543210fedcba9876543210");
        let new = Keys::derive(&current);
        let held = HeldKeys {
            current,
            other: Some(old),
        };
        let both = Keys::held(&held, None);
        let shown = [mark.mark.clone()];
        let known = DeviceMark::known(&both, email, &shown).expect("known");
        assert_eq!(known.mark, mark.mark);
        assert_eq!(DeviceMark::known(&new, email, &shown), None);
        let renewed = known.renewed(&both, email);
        let shown = [renewed.mark.clone()];
        assert_eq!(
            DeviceMark::known(&new, email, &shown),
            Some(renewed.clone())
        );
        assert_eq!(renewed.clone().renewed(&both, email), renewed);
    }

    #[test]
    fn a_mark_is_for_one_account_and_cannot_be_made_up() {
        let keys = Keys::derive(&Secret::new("0123456789abcdef0123456789abcdef"));
        let mark = DeviceMark::new(&keys, "a@example.com");
        let known = |email: &str, mark: &str| DeviceMark::known(&keys, email, &[mark.to_owned()]);
        assert_eq!(known("a@example.com", &mark.mark), Some(mark.clone()));
        assert_eq!(known("b@example.com", &mark.mark), None);
        let other = DeviceMark::new(&keys, "b@example.com");
        assert_ne!(other.account, mark.account);
        let (device, _) = mark.mark.split_once('.').expect("two parts");
        for forged in [
            "",
            ".",
            "x.y",
            device,
            &format!("{device}."),
            &format!("x{}", mark.mark),
        ] {
            assert_eq!(known("a@example.com", forged), None, "{forged}");
        }
    }
}
