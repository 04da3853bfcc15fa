//! Everything that must stay secret: the key, encryption at rest, signed and random tokens.
//!
//! The one place that asks for randomness.

mod key_file;
pub mod private;
mod token;

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

pub use key_file::{KeyFileError, KeySource};
pub use token::{TokenPayload, TokenRefusal};

/// Fewest characters of `SALA_SECRET_KEY`.
pub const MIN_KEY_CHARS: usize = 32;

/// First byte of everything encrypted: which method made it.
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 12;

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

/// The keys that are derived from `SALA_SECRET_KEY`, one for each use.
pub struct Keys {
    /// For what is encrypted at rest.
    cipher: ChaCha20Poly1305,
    /// For signing tokens.
    signing: [u8; 32],
    /// For names that only holders of the key can guess.
    naming: [u8; 32],
}

/// Something encrypted cannot be read: another key, another place, or damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot be decrypted with this SALA_SECRET_KEY")]
pub struct DecryptError;

impl Keys {
    /// Derives the keys from the configured one.
    pub fn derive(key: &Secret) -> Self {
        let encryption = hmac(
            key.expose().as_bytes(),
            b"sala encryption at rest, version 1",
        );
        Self {
            cipher: ChaCha20Poly1305::new(&encryption.into()),
            signing: hmac(key.expose().as_bytes(), b"sala signed tokens, version 1"),
            naming: hmac(key.expose().as_bytes(), b"sala names, version 1"),
        }
    }

    /// A name that is the same for all who have the key and name the same `thing`, and no other.
    pub fn name(&self, thing: &str) -> String {
        URL_SAFE_NO_PAD.encode(&hmac(&self.naming, thing.as_bytes())[..16])
    }

    /// Encrypts `plain`; it can only be read again with the same `place`.
    ///
    /// # Panics
    /// Never: a text in memory is far below the cipher's limit of 256 GiB.
    pub fn encrypt(&self, place: &str, plain: &str) -> Vec<u8> {
        let nonce = random_bytes::<NONCE_BYTES>();
        let payload = Payload {
            msg: plain.as_bytes(),
            aad: place.as_bytes(),
        };
        let sealed = self
            .cipher
            .encrypt(&Nonce::from(nonce), payload)
            .expect("a text in memory is far below the cipher's limit of 256 GiB");
        let mut bytes = Vec::with_capacity(1 + NONCE_BYTES + sealed.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        bytes
    }

    /// Reads what [`Keys::encrypt`] made.
    ///
    /// # Errors
    /// [`DecryptError`] for another key, another `place`, or damaged bytes.
    pub fn decrypt(&self, place: &str, bytes: &[u8]) -> Result<Secret, DecryptError> {
        let (&version, rest) = bytes.split_first().ok_or(DecryptError)?;
        let (nonce, sealed) = rest
            .split_first_chunk::<NONCE_BYTES>()
            .filter(|_| version == VERSION)
            .ok_or(DecryptError)?;
        let payload = Payload {
            msg: sealed,
            aad: place.as_bytes(),
        };
        let plain = self
            .cipher
            .decrypt(&Nonce::from(*nonce), payload)
            .map_err(|_| DecryptError)?;
        String::from_utf8(plain)
            .map(Secret)
            .map_err(|_| DecryptError)
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
fn random_bytes<const N: usize>() -> [u8; N] {
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

    pub(super) fn keys(text: &str) -> Keys {
        Keys::derive(&Secret::new(text))
    }

    #[test]
    fn what_is_encrypted_comes_back_only_with_the_same_key_and_place() {
        let ours = keys("0123456789abcdef0123456789abcdef");
        let sealed = ours.encrypt("channel.secret", "hush");
        assert_eq!(
            ours.decrypt("channel.secret", &sealed).map(|s| s.0),
            Ok("hush".to_owned())
        );
        assert_eq!(ours.decrypt("channel.token", &sealed), Err(DecryptError));
        assert_eq!(
            keys("another").decrypt("channel.secret", &sealed),
            Err(DecryptError)
        );
        assert_ne!(
            ours.encrypt("channel.secret", "hush"),
            sealed,
            "each has its own nonce"
        );
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let ours = keys("0123456789abcdef0123456789abcdef");
        let sealed = ours.encrypt("place", "hush");
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(
                ours.decrypt("place", &damaged),
                Err(DecryptError),
                "byte {at}"
            );
            assert_eq!(
                ours.decrypt("place", &sealed[..at]),
                Err(DecryptError),
                "cut at {at}"
            );
        }
    }

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
