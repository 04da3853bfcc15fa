//! Short-lived signed tokens: who, by which log-in, until when.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac;
use uuid::Uuid;

use super::{Keys, hmac, keyed};
use crate::protocol::Timestamp;

/// First byte of a token: its form and purpose (the socket and `Authorization: Bearer`).
const FORM: u8 = 1;
const PAYLOAD_BYTES: usize = 1 + 16 + 16 + 8;

/// What a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenPayload {
    /// The operator.
    pub operator: Uuid,
    /// The log-in that it came from; the token dies with it.
    pub login: Uuid,
    /// When it ceases to be accepted.
    pub expires_at: Timestamp,
}

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    /// There is none.
    #[error("a token is missing")]
    Missing,
    /// Not ours, or revoked.
    #[error("the token is not valid")]
    Invalid,
    /// Ours, and too old.
    #[error("the token has expired")]
    Expired,
}

impl Keys {
    /// A token that says `payload`.
    pub fn sign_token(&self, payload: &TokenPayload) -> String {
        let mut bytes = Vec::with_capacity(PAYLOAD_BYTES + 32);
        bytes.push(FORM);
        bytes.extend_from_slice(payload.operator.as_bytes());
        bytes.extend_from_slice(payload.login.as_bytes());
        bytes.extend_from_slice(&payload.expires_at.0.to_be_bytes());
        let tag = self.with_current(|key| hmac(&key.signing, &bytes));
        bytes.extend_from_slice(&tag);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What a token says, if it is ours and `now` is before its end.
    ///
    /// # Errors
    /// [`TokenRefusal`]; its cases are the contract's.
    pub fn read_token(&self, token: &str, now: Timestamp) -> Result<TokenPayload, TokenRefusal> {
        if token.is_empty() {
            return Err(TokenRefusal::Missing);
        }
        let bytes = URL_SAFE_NO_PAD
            .decode(token)
            .map_err(|_| TokenRefusal::Invalid)?;
        let (payload, tag) = bytes
            .split_first_chunk::<PAYLOAD_BYTES>()
            .ok_or(TokenRefusal::Invalid)?;
        self.with_any(|key| {
            let mut mac = keyed(&key.signing);
            mac.update(payload);
            // Compares in constant time.
            mac.verify_slice(tag).ok()
        })
        .ok_or(TokenRefusal::Invalid)?;
        let payload = parse(payload).ok_or(TokenRefusal::Invalid)?;
        if payload.expires_at <= now {
            Err(TokenRefusal::Expired)
        } else {
            Ok(payload)
        }
    }
}

fn parse(bytes: &[u8; PAYLOAD_BYTES]) -> Option<TokenPayload> {
    let (&form, rest) = bytes.split_first()?;
    let (operator, rest) = rest.split_first_chunk::<16>()?;
    let (login, rest) = rest.split_first_chunk::<16>()?;
    let expires = rest.first_chunk::<8>()?;
    (form == FORM).then_some(TokenPayload {
        operator: Uuid::from_bytes(*operator),
        login: Uuid::from_bytes(*login),
        expires_at: Timestamp(i64::from_be_bytes(*expires)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::{HeldKeys, Secret};

    fn keys(text: &str) -> Keys {
        Keys::derive(&Secret::new(text))
    }

    fn payload() -> TokenPayload {
        TokenPayload {
            operator: Uuid::from_u128(1),
            login: Uuid::from_u128(2),
            expires_at: Timestamp(1_000),
        }
    }

    #[test]
    fn a_token_says_what_was_signed_until_it_expires() {
        let token = keys("ours").sign_token(&payload());
        assert_eq!(
            keys("ours").read_token(&token, Timestamp(999)),
            Ok(payload())
        );
        assert_eq!(
            keys("ours").read_token(&token, Timestamp(1_000)),
            Err(TokenRefusal::Expired)
        );
    }

    #[test]
    fn a_token_of_the_other_key_is_accepted_while_both_are_held() {
        let held = HeldKeys {
            current: Secret::new("new"),
            other: Some(Secret::new("old")),
        };
        let both = Keys::held(&held, None);
        let token = keys("old").sign_token(&payload());
        assert_eq!(both.read_token(&token, Timestamp(0)), Ok(payload()));
        let token = both.sign_token(&payload());
        assert_eq!(keys("new").read_token(&token, Timestamp(0)), Ok(payload()));
        let refused = keys("old").read_token(&token, Timestamp(0));
        assert_eq!(refused, Err(TokenRefusal::Invalid));
    }

    #[test]
    fn foreign_changed_and_broken_tokens_are_invalid() {
        let token = keys("ours").sign_token(&payload());
        let read = |token: &str| keys("ours").read_token(token, Timestamp(0));
        assert_eq!(
            keys("theirs").read_token(&token, Timestamp(0)),
            Err(TokenRefusal::Invalid)
        );
        assert_eq!(read(""), Err(TokenRefusal::Missing));
        assert_eq!(read("ท"), Err(TokenRefusal::Invalid));
        assert_eq!(read(&token[..40]), Err(TokenRefusal::Invalid));
        let mut changed = URL_SAFE_NO_PAD.decode(&token).expect("our own token");
        changed[40] ^= 1;
        assert_eq!(
            read(&URL_SAFE_NO_PAD.encode(changed)),
            Err(TokenRefusal::Invalid)
        );
    }
}
