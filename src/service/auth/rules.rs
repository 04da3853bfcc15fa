//! Which passwords may be chosen.

use crate::protocol::fault::Reason;
use crate::service::error::Fault;

/// Fewest characters of a new password.
pub const MIN_PASSWORD_CHARS: usize = 10;

/// Most bytes of a password; longer ones are wrong without being tried.
pub(super) const MAX_PASSWORD_BYTES: usize = 1_024;

/// The demo's own password, which everybody may know; short, and good for nothing else.
pub const DEMO_PASSWORD: &str = "sala-demo";

/// What guessers try first, of those that are long enough; in lower case, sorted. Of the 20,000
/// and the 30,000 most common passwords of two lists.
const COMMON: &str = include_str!("common_passwords.txt");

/// Refuses what is easily guessed.
pub(super) fn check(password: &str) -> Result<(), Fault> {
    let refuse = |reason, sentence: &str| Err(Fault::new("password", reason, sentence));
    if password.chars().count() < MIN_PASSWORD_CHARS {
        let least = format!(
            "A password has at least {MIN_PASSWORD_CHARS} characters; make this one longer."
        );
        return refuse(Reason::TooShort, &least);
    }
    if password.len() > MAX_PASSWORD_BYTES {
        let sentence = "The password is too long; take one of 100 characters at most.";
        return refuse(Reason::TooLong, sentence);
    }
    if is_common(password) {
        let sentence = "Too many people have this password; choose one of your own.";
        return refuse(Reason::Common, sentence);
    }
    Ok(())
}

fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    COMMON.lines().any(|common| common == lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_passwords_are_refused_and_counted_in_characters() {
        assert!(check("xk2-vq8-w").is_err());
        assert!(check("xk2-vq8-wz").is_ok());
        assert!(check("ปลาทูแม่กลอง").is_ok(), "not in bytes");
        assert!(check("สวัสดีค").is_err(), "not in bytes");
    }

    #[test]
    fn what_many_people_have_is_refused() {
        for common in [
            "1234567890",
            "Password123",
            "qwertyuiop",
            "1q2w3e4r5t",
            "ADMINISTRATOR",
            "password1234",
        ] {
            assert!(check(common).is_err(), "{common}");
        }
        assert!(check("correct horse").is_ok());
    }

    #[test]
    fn the_list_holds_nothing_that_is_too_short_anyway() {
        assert!(COMMON.lines().count() > 2_000);
        for common in COMMON.lines() {
            assert!(common.len() >= MIN_PASSWORD_CHARS, "{common}");
            assert_eq!(common, common.to_lowercase());
        }
    }
}
