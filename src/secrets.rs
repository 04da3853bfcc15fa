//! Everything that must stay secret: the key, encryption at rest, signed and random tokens.
//!
//! The one place that asks for randomness.

mod key_file;
mod keys;
pub mod private;
mod token;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

pub use key_file::{Exchange, HeldKeys, KeyFileError, KeySource};
pub use keys::{DecryptError, Keys};
pub use token::{TokenPayload, TokenRefusal};

/// Fewest characters of `SALA_SECRET_KEY`.
pub const MIN_KEY_CHARS: usize = 32;

/// A text that never shows in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes the text in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A random token of 32 bytes for a cookie or an address, as base64url.
pub fn random_token() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes::<32>())
}

/// A random password that is easy to read out: 20 letters and digits in groups of five.
pub fn random_password() -> String {
    // 32 characters without those that look alike, so that each byte maps without bias.
    const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789x";
    let letters = random_bytes::<20>().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    letters
        .chunks(5)
        .map(String::from_iter)
        .collect::<Vec<_>>()
        .join("-")
}

/// The hash under which a random token is kept. Fast on purpose: the token has 256 random bits.
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Random bytes from a generator fit for keys.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes[..]);
    bytes
}

fn hmac(key: &[u8], data: &[u8]) -> [u8; 32] {
    let mut mac = keyed(key);
    mac.update(data);
    mac.finalize().into_bytes().into()
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show() {
        assert_eq!(format!("{:?}", Secret::new("hush")), "Secret(…)");
    }

    #[test]
    fn random_texts_differ_and_have_the_promised_form() {
        assert_ne!(random_token(), random_token());
        assert_eq!(random_token().len(), 43);
        let password = random_password();
        assert_eq!(password.len(), 23, "{password}");
        assert_ne!(password, random_password());
    }
}
