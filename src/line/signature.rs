//! The signature that LINE puts on every webhook: base64 of HMAC-SHA256 over the raw body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Name of the header that carries the signature.
pub const SIGNATURE_HEADER: &str = "x-line-signature";

/// The signature of `body` as LINE would send it.
pub fn sign(secret: &str, body: &[u8]) -> String {
    STANDARD.encode(keyed(secret, body).finalize().into_bytes())
}

/// Whether `header` is the signature of exactly these bytes. The decoded bytes are compared in
/// constant time.
pub fn verify(secret: &str, body: &[u8], header: &str) -> bool {
    STANDARD
        .decode(header)
        .is_ok_and(|claimed| keyed(secret, body).verify_slice(&claimed).is_ok())
}

fn keyed(secret: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(body);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const VECTORS: [(&str, &str, &str); 2] = [
        (
            "channel_secret",
            "bodybodybodybody",
            "/gg9a+LvFevTH1sd7XCQycD7tsWclCsInj7MhBHxN7k=",
        ),
        (
            "SECRET",
            "{}",
            "3q8QXTAGaey18yL8FWTqdVlbMr6hcuNvM4tefa0o9nA=",
        ),
    ];

    #[test]
    fn known_vectors_sign_and_verify() {
        for (secret, body, signature) in VECTORS {
            assert_eq!(sign(secret, body.as_bytes()), signature);
            assert!(verify(secret, body.as_bytes(), signature));
        }
    }

    #[test]
    fn only_the_raw_bytes_count() {
        let body = br#"{ "text" : "\u0e2a\/" }"#;
        let same_value = "{\"text\":\"ส/\"}".as_bytes();
        let signature = sign("secret", body);
        assert!(verify("secret", body, &signature));
        assert!(!verify("secret", same_value, &signature));
    }

    #[test]
    fn anything_else_is_refused() {
        let (secret, body, signature) = VECTORS[0];
        let body = body.as_bytes();
        assert!(!verify("other", body, signature));
        assert!(!verify(secret, b"other", signature));
        assert!(!verify(secret, body, ""));
        assert!(!verify(secret, body, "not base64 at all"));
        assert!(!verify(secret, body, &signature[..40]));
        assert!(!verify(secret, body, &STANDARD.encode([0_u8; 64])));
    }
}
