//! Who sends: the server's own key, and the word that is signed with it for each push service
//! (RFC 8292).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::SecretKey;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;

/// For how long a signed word holds: half of what Apple takes.
const HOLDS_S: i64 = 12 * 60 * 60;

/// The server's key.
#[derive(Clone)]
pub struct VapidKey {
    key: SecretKey,
    public: String,
}

impl std::fmt::Debug for VapidKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VapidKey(…)")
    }
}

/// These bytes are no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these 32 bytes are no key of P-256")]
pub struct VapidError;

impl VapidKey {
    /// Of these bytes.
    ///
    /// # Errors
    /// For zero, and for what is as large as the curve's order: one of 2³² random ones at most.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VapidError> {
        // Fewer bytes would be taken for a key that begins with zeros.
        let bytes: &[u8; 32] = bytes.try_into().map_err(|_| VapidError)?;
        let key = SecretKey::from_slice(bytes).map_err(|_| VapidError)?;
        let public = URL_SAFE_NO_PAD.encode(key.public_key().to_sec1_bytes());
        Ok(Self { key, public })
    }

    /// Of a text as [`VapidKey::to_text`] makes it.
    ///
    /// # Errors
    /// For what is none.
    pub fn parse(text: &str) -> Result<Self, VapidError> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| VapidError)?;
        Self::from_bytes(&bytes)
    }

    /// The secret half, for keeping it.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key.to_bytes())
    }

    /// The public half, as browsers take it: 65 bytes in base64url.
    pub fn public(&self) -> &str {
        &self.public
    }

    /// The value of `Authorization` for a push service of this origin. `contact` is whom it may turn
    /// to, an address of `https:` or `mailto:`; `now_s` are seconds since 1970.
    pub fn authorization(&self, origin: &str, contact: &str, now_s: i64) -> String {
        let encoded = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let head = encoded(json!({ "typ": "JWT", "alg": "ES256" }));
        let claims = json!({ "aud": origin, "exp": now_s + HOLDS_S, "sub": contact });
        let word = format!("{head}.{}", encoded(claims));
        let signature: Signature = SigningKey::from(&self.key).sign(word.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        format!("vapid t={word}.{signature}, k={}", self.public)
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier;

    use super::*;

    #[test]
    fn a_key_is_the_same_after_it_was_kept() {
        let key = VapidKey::from_bytes(&[7; 32]).expect("a key");
        let again = VapidKey::parse(&key.to_text()).expect("a key");
        assert_eq!(again.public(), key.public());
        let point = URL_SAFE_NO_PAD.decode(key.public()).expect("base64url");
        assert_eq!((point.len(), point[0]), (65, 4));
        for wrong in [&[0; 32][..], &[255; 32], &[7; 31]] {
            assert_eq!(VapidKey::from_bytes(wrong).err(), Some(VapidError));
        }
        assert!(!format!("{key:?}").contains(&key.to_text()));
    }

    #[test]
    fn the_word_is_for_one_service_for_half_a_day_and_signed_by_the_key() {
        let key = VapidKey::from_bytes(&[7; 32]).expect("a key");
        let (origin, us) = ("https://push.example", "https://chat.example");
        let value = key.authorization(origin, us, 1_000);
        let (word, public) = value
            .strip_prefix("vapid t=")
            .and_then(|rest| rest.split_once(", k="))
            .expect("of this form");
        assert_eq!(public, key.public());
        let (signed, signature) = word.rsplit_once('.').expect("signed");
        let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
        let claims: serde_json::Value =
            serde_json::from_slice(&decoded(signed.split_once('.').expect("two parts").1))
                .expect("JSON");
        assert_eq!(claims, json!({ "aud": origin, "exp": 44_200, "sub": us }));
        let point = VerifyingKey::from_sec1_bytes(&decoded(public)).expect("a point");
        let signature = Signature::from_slice(&decoded(signature)).expect("64 bytes");
        point.verify(signed.as_bytes(), &signature).expect("ours");
    }
}
