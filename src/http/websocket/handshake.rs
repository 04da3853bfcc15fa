//! The opening handshake of RFC 6455 (section 4.2): what a request must say, and what it is
//! answered.

use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{
    ALLOW, CONNECTION, CONTENT_LENGTH, HOST, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION,
    TRANSFER_ENCODING, UPGRADE,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version};
use sha1::{Digest, Sha1};

/// The only version there is.
const VERSION: HeaderValue = HeaderValue::from_static("13");

/// Appended to a client's key; the same in all the world.
const GUID: &[u8] = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// Why a request does not become a WebSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Not `GET`.
    Method,
    /// It does not ask for one.
    NotAsked,
    /// It asks for another version.
    Version,
    /// It asks wrongly; what is wrong with it.
    Malformed(&'static str),
}

/// Reads a request; answers what proves that we did.
///
/// # Errors
/// [`Refusal`].
pub(super) fn accept(
    method: &Method,
    version: Version,
    headers: &HeaderMap,
) -> Result<HeaderValue, Refusal> {
    if method != Method::GET {
        return Err(Refusal::Method);
    }
    only(headers, &HOST).ok_or(Refusal::Malformed("Send one Host."))?;
    if version < Version::HTTP_11 {
        return Err(Refusal::Malformed("WebSockets begin with HTTP/1.1."));
    }
    if !lists(headers, &UPGRADE, "websocket") || !lists(headers, &CONNECTION, "upgrade") {
        return Err(Refusal::NotAsked);
    }
    match headers.get_all(SEC_WEBSOCKET_VERSION).iter().count() {
        0 | 1 if headers.get(SEC_WEBSOCKET_VERSION) == Some(&VERSION) => {}
        0 | 1 => return Err(Refusal::Version),
        _ => return Err(Refusal::Malformed("Send one Sec-WebSocket-Version.")),
    }
    let has_body = headers.contains_key(TRANSFER_ENCODING)
        || headers
            .get(CONTENT_LENGTH)
            .is_some_and(|length| length != "0");
    if has_body {
        return Err(Refusal::Malformed("Send no body."));
    }
    let key = only(headers, &SEC_WEBSOCKET_KEY)
        .filter(|key| is_key(key.as_bytes()))
        .ok_or(Refusal::Malformed(
            "Send one Sec-WebSocket-Key of 16 bytes in base64.",
        ))?;
    Ok(proof(key.as_bytes()))
}

/// The header, if it stands there once and says something.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a HeaderValue> {
    let mut values = headers.get_all(name).into_iter();
    let first = values.next().filter(|value| !value.is_empty())?;
    values.next().is_none().then_some(first)
}

/// Whether one of the header's comma-separated words is this one.
fn lists(headers: &HeaderMap, name: &HeaderName, word: &str) -> bool {
    let values = headers.get_all(name).into_iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|part| part.trim().eq_ignore_ascii_case(word))
}

fn is_key(key: &[u8]) -> bool {
    STANDARD.decode(key).is_ok_and(|bytes| bytes.len() == 16)
}

fn proof(key: &[u8]) -> HeaderValue {
    let digest = Sha1::new().chain_update(key).chain_update(GUID).finalize();
    HeaderValue::from_str(&STANDARD.encode(digest)).expect("base64 is ASCII")
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let upgrade_required = |text: &'static str| {
            let mut response = (StatusCode::UPGRADE_REQUIRED, text).into_response();
            let headers = response.headers_mut();
            headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
            headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
            headers.insert(SEC_WEBSOCKET_VERSION, VERSION);
            response
        };
        match self {
            Self::Method => {
                let text = "WebSockets begin with GET.";
                (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET")], text).into_response()
            }
            Self::NotAsked => upgrade_required("This address is for WebSockets."),
            Self::Version => upgrade_required("Use version 13 of WebSockets."),
            Self::Malformed(text) => (StatusCode::BAD_REQUEST, text).into_response(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proof_is_the_one_of_the_rfc() {
        let proof = proof(b"dGhlIHNhbXBsZSBub25jZQ==");
        assert_eq!(proof, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }
}
