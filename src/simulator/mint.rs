//! Ids, tokens and the time, in LINE's forms.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ULID_LEN: usize = 26;
const ULID_RANDOM_BITS: u32 = 80;

/// Now, in Unix milliseconds.
pub(super) fn now() -> i64 {
    crate::clock::now().0
}

/// Now, in RFC 3339.
pub(super) fn now_rfc3339() -> String {
    crate::clock::now().to_string()
}

/// A user (`U`), group (`C`) or room (`R`) id.
pub(super) fn chat_id(kind: char) -> String {
    format!("{kind}{:032x}", rand::random::<u128>())
}

/// Whether this has the form of a user, group or room id.
pub(super) fn is_chat_id(id: &str) -> bool {
    let digits = id.strip_prefix(['U', 'C', 'R']).unwrap_or_default();
    digits.len() == 32
        && digits
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether this has the form of a user id.
pub(super) fn is_user_id(id: &str) -> bool {
    id.starts_with('U') && is_chat_id(id)
}

/// A webhook event id.
pub(super) fn ulid(at: i64) -> String {
    let time = u128::try_from(at).unwrap_or_default() & 0xffff_ffff_ffff;
    let random = rand::random::<u128>() >> (u128::BITS - ULID_RANDOM_BITS);
    let value = (time << ULID_RANDOM_BITS) | random;
    (0..ULID_LEN)
        .rev()
        .map(|place| value >> (5 * place) & 31)
        .map(|digit| char::from(CROCKFORD[usize::try_from(digit).unwrap_or_default()]))
        .collect()
}

/// A reply token.
pub(super) fn reply_token() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// A quote or read token.
pub(super) fn long_token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// An `x-line-request-id`.
pub(super) fn request_id() -> String {
    Uuid::new_v4().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_lines_forms() {
        assert!(is_chat_id(&chat_id('U')));
        assert!(!is_chat_id("U123"));
        assert!(is_user_id(&chat_id('U')));
        assert!(!is_user_id(&chat_id('C')));
        assert!(!is_chat_id(&"é".repeat(17)));
        let id = ulid(1_700_000_000_000);
        assert_eq!(id.len(), ULID_LEN);
        assert!(id.starts_with("01HF7YAT00"), "{id}");
        assert_ne!(id, ulid(1_700_000_000_000));
    }
}
