//! Sealing a message for one browser: RFC 8291, in one record of `aes128gcm` (RFC 8188).

use aes_gcm::aead::Aead;
use aes_gcm::{Aes128Gcm, KeyInit};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

/// A sealed message has fewer bytes: what Firefox on Android takes.
pub const BODY_MAX: usize = 2_048;

/// The most bytes of a message that is sealed: header, delimiter and mark of the cipher are 103.
pub const PLAIN_MAX: usize = BODY_MAX - 1 - HEADER - MARK - 1;

const SALT: usize = 16;
const POINT: usize = 65;
const HEADER: usize = SALT + 4 + 1 + POINT;
const MARK: usize = 16;

/// The size of a record as the header says it: one record holds all.
const RECORD: u32 = 4_096;

/// What a browser gave with its subscription.
#[derive(Clone)]
pub struct DeviceKeys {
    point: PublicKey,
    auth: [u8; 16],
}

impl std::fmt::Debug for DeviceKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DeviceKeys(…)")
    }
}

/// A message cannot be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It has more bytes than are taken.
    #[error("the message has more than {PLAIN_MAX} bytes")]
    TooLong,
    /// The cipher refused.
    #[error("the message cannot be sealed")]
    Cipher,
}

impl DeviceKeys {
    /// From `p256dh` and `auth`, in base64url with or without padding; nothing for what are none.
    pub fn parse(p256dh: &str, auth: &str) -> Option<Self> {
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
        let point = bytes(p256dh).filter(|point| point.len() == POINT)?;
        Some(Self {
            point: PublicKey::from_sec1_bytes(&point).ok()?,
            auth: bytes(auth)?.try_into().ok()?,
        })
    }
}

/// Seals `plain` for a browser; `ephemeral` is a key of this message alone, `salt` random.
///
/// # Errors
/// [`SealError::TooLong`] over [`PLAIN_MAX`] bytes.
pub fn seal(
    keys: &DeviceKeys,
    plain: &[u8],
    ephemeral: &SecretKey,
    salt: [u8; SALT],
) -> Result<Vec<u8>, SealError> {
    if plain.len() > PLAIN_MAX {
        return Err(SealError::TooLong);
    }
    let ours = ephemeral.public_key().to_sec1_bytes();
    let theirs = keys.point.to_sec1_bytes();
    let shared = ephemeral.diffie_hellman(&keys.point);
    let info = [&b"WebPush: info\0"[..], &theirs, &ours].concat();
    let input: [u8; 32] = derived(&keys.auth, shared.raw_secret_bytes(), &info)?;
    let key: [u8; 16] = derived(&salt, &input, b"Content-Encoding: aes128gcm\0")?;
    let nonce: [u8; 12] = derived(&salt, &input, b"Content-Encoding: nonce\0")?;
    // 2 says that this record is the last.
    let record = [plain, &[2]].concat();
    let sealed = Aes128Gcm::new(&key.into())
        .encrypt(&nonce.into(), record.as_slice())
        .map_err(|_| SealError::Cipher)?;
    let length = [u8::try_from(POINT).unwrap_or(u8::MAX)];
    Ok([&salt[..], &RECORD.to_be_bytes(), &length, &ours, &sealed].concat())
}

fn derived<const N: usize>(salt: &[u8], input: &[u8], info: &[u8]) -> Result<[u8; N], SealError> {
    let mut bytes = [0; N];
    let key = Hkdf::<Sha256>::new(Some(salt), input);
    key.expand(info, &mut bytes)
        .map_err(|_| SealError::Cipher)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        let bytes = URL_SAFE_NO_PAD.decode(text).expect("base64url");
        bytes.try_into().expect("of this length")
    }

    const P256DH: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx\
         aOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

    /// RFC 8291, section 5 and appendix A.
    #[test]
    fn the_example_of_the_rfc_comes_out() {
        let keys = DeviceKeys::parse(P256DH, AUTH).expect("keys");
        let ours: [u8; 32] = bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        let ours = SecretKey::from_slice(&ours).expect("a key");
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw");
        let plain = b"When I grow up, I want to be a watermelon";
        let sealed = seal(&keys, plain, &ours, salt).expect("sealed");
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml\
             mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT\
             pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(URL_SAFE_NO_PAD.encode(sealed), expected);
    }

    #[test]
    fn what_are_no_keys_is_refused() {
        let short = &P256DH[..40];
        let off_the_curve = format!("B{}", "A".repeat(86));
        for (p256dh, auth) in [
            ("", AUTH),
            (short, AUTH),
            (off_the_curve.as_str(), AUTH),
            (P256DH, ""),
            (P256DH, "AAAA"),
            (P256DH, "not base64!"),
        ] {
            assert!(DeviceKeys::parse(p256dh, auth).is_none(), "{p256dh} {auth}");
        }
        assert!(DeviceKeys::parse(&format!("{P256DH}="), &format!("{AUTH}==")).is_some());
    }

    proptest! {
        #[test]
        fn a_sealed_message_is_smaller_than_services_take(
            plain in prop::collection::vec(any::<u8>(), 0..=PLAIN_MAX + 2),
            key in 1u8..=254,
            salt in any::<[u8; 16]>(),
        ) {
            let keys = DeviceKeys::parse(P256DH, AUTH).expect("keys");
            let ours = SecretKey::from_slice(&[key; 32]).expect("a key");
            match seal(&keys, &plain, &ours, salt) {
                Ok(sealed) => prop_assert!(sealed.len() < BODY_MAX && plain.len() <= PLAIN_MAX),
                Err(error) => {
                    prop_assert_eq!(error, SealError::TooLong);
                    prop_assert!(plain.len() > PLAIN_MAX);
                }
            }
        }
    }
}
