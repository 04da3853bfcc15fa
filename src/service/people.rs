//! What operators may be called, their addresses, and how many chats they may have.

use super::error::Fault;
use crate::protocol::capacity::Capacity;
use crate::protocol::fault::Reason;
use crate::protocol::text::{is_blank, is_directional, is_invisible};

/// Most characters of a name: LINE shows customers no longer one.
pub(super) const MAX_NAME_CHARS: usize = 20;

/// Most characters of a name that is given by a command, where it is of no use to customers.
pub(super) const LONGEST_NAME_CHARS: usize = 80;

/// Most bytes of an e-mail address.
const EMAIL_BYTES: usize = 254;

/// A name without what surrounds it, if it may be had.
pub(super) fn checked_name(name: &str, most: usize) -> Result<String, Fault> {
    let name = name.trim();
    let refuse = |reason| {
        let sentence = format!(
            "A name has 1 to {most} characters that can be seen, and none that control others."
        );
        Err(Fault::new("name", reason, sentence))
    };
    if is_blank(name) {
        return refuse(Reason::Missing);
    }
    if name.chars().count() > most {
        return refuse(Reason::TooLong);
    }
    if name.contains(|c: char| c.is_control() || is_directional(c)) {
        return refuse(Reason::Unseen);
    }
    Ok(name.to_owned())
}

/// An e-mail address as it is kept, if it is one.
pub(super) fn checked_email(email: &str) -> Result<String, Fault> {
    let email = normal_email(email);
    let shaped = email
        .split_once('@')
        .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'));
    if shaped && email.len() <= EMAIL_BYTES && !email.contains(is_invisible) {
        return Ok(email);
    }
    let sentence = "This is not an e-mail address.";
    Err(Fault::new("email", Reason::Malformed, sentence))
}

/// An e-mail address as it is kept and compared.
pub(super) fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Refuses a number of chats that nobody may have at most.
pub(super) fn checked_capacity(capacity: Capacity) -> Result<Capacity, Fault> {
    let sentence = "An operator has room for 1 to 1,000 chats.";
    let refused = || Fault::new("capacity", Reason::Malformed, sentence);
    capacity
        .is_possible()
        .then_some(capacity)
        .ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_seen_and_not_too_long() {
        let reason = |name: &str| checked_name(name, 20).err().map(|fault| fault.reason);
        assert_eq!(checked_name("  มะลิ ", 20).as_deref(), Ok("มะลิ"));
        assert_eq!(reason(&"ก".repeat(20)), None);
        assert_eq!(reason(&"ก".repeat(21)), Some(Reason::TooLong));
        assert_eq!(reason(" \u{200b} "), Some(Reason::Missing));
        assert_eq!(reason("a\u{202e}b"), Some(Reason::Unseen));
        assert_eq!(reason("a\nb"), Some(Reason::Unseen));
    }

    #[test]
    fn addresses_are_kept_in_lower_case() {
        assert_eq!(
            checked_email(" Nok@Example.com ").as_deref(),
            Ok("nok@example.com")
        );
        for bad in ["", "nok", "@example.com", "nok@", "a@b@c", "a\u{200b}@b"] {
            assert!(checked_email(bad).is_err(), "{bad}");
        }
    }
}
