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
                token_hash(mark) == token_hash(&signed(keys, device, email))
            })
        };
        let mark = shown.iter().take(MARKS).find(is_ours)?.clone();
        Some(Self {
            account: account(keys, email),
            mark,
        })
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
    let signature = keys.name(&format!("device {device} of {email}"));
    format!("{device}.{signature}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::Secret;

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
