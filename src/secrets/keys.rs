//! The keys that are held: one makes everything new, all read.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};

use super::{HeldKeys, KeyFileError, KeySource, Secret, hmac, random_bytes};

/// First byte of everything encrypted: which method made it.
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 12;

/// How often the key's file is looked at while something cannot be decrypted.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// The keys that are derived from `SALA_SECRET_KEY`, and while it is exchanged from the other one
/// too. The current one encrypts, signs and names; any reads and verifies.
pub struct Keys {
    held: RwLock<Arc<Held>>,
    /// Where they are read again, when `sala rekey` may have exchanged them.
    source: Option<KeySource>,
    looked: Mutex<Option<Instant>>,
}

struct Held {
    current: Derived,
    other: Option<Derived>,
}

/// What is derived from one key, one for each use.
pub(super) struct Derived {
    /// For what is encrypted at rest.
    cipher: ChaCha20Poly1305,
    /// For signing tokens.
    pub(super) signing: [u8; 32],
    /// For names that only holders of the key can guess.
    naming: [u8; 32],
}

/// Something encrypted cannot be read: another key, another place, or damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot be decrypted with this SALA_SECRET_KEY")]
pub struct DecryptError;

impl Keys {
    /// Derives the keys from a single one.
    pub fn derive(key: &Secret) -> Self {
        Self::held(&HeldKeys::one(key.clone()), None)
    }

    /// Derives the keys from those that are held. With a `source` that is a file they are read
    /// again when something cannot be decrypted.
    pub fn held(texts: &HeldKeys, source: Option<KeySource>) -> Self {
        Self {
            held: RwLock::new(Arc::new(Held::derive(texts))),
            source,
            looked: Mutex::default(),
        }
    }

    fn now(&self) -> Arc<Held> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.clone()
    }

    /// Reads the key's file again, if there is one.
    ///
    /// # Errors
    /// When it is gone or holds no key.
    pub fn read_again(&self) -> Result<(), KeyFileError> {
        let Some(source) = &self.source else {
            return Ok(());
        };
        let held = Arc::new(Held::derive(&source.load_existing()?));
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = held;
        Ok(())
    }

    /// Whether it was worth looking into the key's file again, which is rarely done.
    fn looked_again(&self) -> bool {
        if !matches!(self.source, Some(KeySource::File(_))) {
            return false;
        }
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if looked.is_some_and(|at| at.elapsed() < LOOK_AGAIN) {
            return false;
        }
        *looked = Some(Instant::now());
        match self.read_again() {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "the secret key cannot be read again");
                false
            }
        }
    }

    pub(super) fn with_current<T>(&self, sign: impl FnOnce(&Derived) -> T) -> T {
        sign(&self.now().current)
    }

    pub(super) fn with_any<T>(&self, verify: impl FnMut(&Derived) -> Option<T>) -> Option<T> {
        self.now().all().find_map(verify)
    }

    /// A name that is the same for all who have the key and name the same `thing`, and no other.
    pub fn name(&self, thing: &str) -> String {
        self.with_current(|key| key.name(thing))
    }

    /// The names that a thing has under all keys that are held, [`Keys::name`] first.
    pub fn names(&self, thing: &str) -> Vec<String> {
        self.now().all().map(|key| key.name(thing)).collect()
    }

    /// Encrypts `plain` with the current key; it can only be read again with the same `place`.
    pub fn encrypt(&self, place: &str, plain: &str) -> Vec<u8> {
        self.with_current(|key| key.encrypt(place, plain))
    }

    /// Reads what [`Keys::encrypt`] made, with any of the keys.
    ///
    /// # Errors
    /// [`DecryptError`] for another key, another `place`, or damaged bytes.
    pub fn decrypt(&self, place: &str, bytes: &[u8]) -> Result<Secret, DecryptError> {
        let read = || self.with_any(|key| key.decrypt(place, bytes));
        if let Some(plain) = read() {
            return Ok(plain);
        }
        // Even when another thread has just looked: what it found may be what is needed.
        self.looked_again();
        read().ok_or(DecryptError)
    }

    /// Whether the current key alone reads this.
    pub fn is_current(&self, place: &str, bytes: &[u8]) -> bool {
        self.with_current(|key| key.decrypt(place, bytes).is_some())
    }
}

impl Held {
    fn derive(texts: &HeldKeys) -> Self {
        Self {
            current: Derived::from(&texts.current),
            other: texts.other.as_ref().map(Derived::from),
        }
    }

    fn all(&self) -> impl Iterator<Item = &Derived> {
        std::iter::once(&self.current).chain(&self.other)
    }
}

impl From<&Secret> for Derived {
    fn from(key: &Secret) -> Self {
        let derived = |purpose: &[u8]| hmac(key.expose().as_bytes(), purpose);
        Self {
            cipher: ChaCha20Poly1305::new(&derived(b"sala encryption at rest, version 1").into()),
            signing: derived(b"sala signed tokens, version 1"),
            naming: derived(b"sala names, version 1"),
        }
    }
}

impl Derived {
    fn name(&self, thing: &str) -> String {
        URL_SAFE_NO_PAD.encode(&hmac(&self.naming, thing.as_bytes())[..16])
    }

    fn encrypt(&self, place: &str, plain: &str) -> Vec<u8> {
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

    fn decrypt(&self, place: &str, bytes: &[u8]) -> Option<Secret> {
        let (&version, rest) = bytes.split_first()?;
        let (nonce, sealed) = rest
            .split_first_chunk::<NONCE_BYTES>()
            .filter(|_| version == VERSION)?;
        let payload = Payload {
            msg: sealed,
            aad: place.as_bytes(),
        };
        let plain = self.cipher.decrypt(&Nonce::from(*nonce), payload).ok()?;
        String::from_utf8(plain).ok().map(Secret::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "0123456789abcdef0123456789abcdef";
    const NEW: &str = "fedcba9876543210fedcba9876543210";

    fn both(current: &str, other: &str) -> Keys {
        let texts = HeldKeys {
            current: Secret::new(current),
            other: Some(Secret::new(other)),
        };
        Keys::held(&texts, None)
    }

    fn keys(text: &str) -> Keys {
        Keys::derive(&Secret::new(text))
    }

    #[test]
    fn what_is_encrypted_comes_back_only_with_the_same_key_and_place() {
        let ours = keys("0123456789abcdef0123456789abcdef");
        let sealed = ours.encrypt("channel.secret", "hush");
        assert_eq!(
            ours.decrypt("channel.secret", &sealed)
                .map(|s| s.expose().to_owned()),
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
    fn while_keys_are_exchanged_each_reads_and_the_current_one_writes() {
        let (old, new) = (keys(OLD), keys(NEW));
        let (before, after) = (both(OLD, NEW), both(NEW, OLD));
        for (writer, reader) in [
            (&old, &before),
            (&before, &after),
            (&after, &before),
            (&new, &after),
        ] {
            let sealed = writer.encrypt("place", "hush");
            let read = reader.decrypt("place", &sealed);
            assert_eq!(read.map(|s| s.expose().to_owned()), Ok("hush".to_owned()));
            // Whoever listens under all its names hears whoever speaks under its first.
            assert!(reader.names("nodes").contains(&writer.name("nodes")));
        }
        let sealed = after.encrypt("place", "hush");
        assert!(after.is_current("place", &sealed) && !before.is_current("place", &sealed));
        assert_eq!(old.decrypt("place", &sealed), Err(DecryptError));
    }

    #[test]
    fn a_key_that_was_exchanged_in_its_file_is_found_when_it_is_needed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let source = KeySource::File(folder.path().join("secret.key"));
        let texts = source.load_or_create().expect("made");
        let running = Keys::held(&texts, Some(source.clone()));
        let exchange = source.exchange().expect("exchanged").expect("a file");
        let new = Keys::derive(&exchange.held().current);
        let sealed = new.encrypt("place", "hush");
        assert!(running.decrypt("place", &sealed).is_ok());
        let old = Keys::derive(&texts.current).encrypt("place", "hush");
        assert!(running.decrypt("place", &old).is_ok());
    }
}
