//! How server functions put JSON on the wire: as Leptos's own codec does, byte for byte.
//!
//! It reads from text and not from bytes, as first paint and frames are read: one copy of the code
//! that reads each type is in the browser's binary, and not two.

use leptos::server_fn::codec::Post;
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::{DeserializeOwned, Error};

#[cfg(feature = "ssr")]
use crate::protocol::text::{NO_NUL, has_nul};

/// JSON as text.
pub struct JsonText;

/// Arguments and answers as JSON in the body of a `POST`.
pub type Json = Post<JsonText>;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonText {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonText {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        let text = std::str::from_utf8(&bytes).map_err(serde_json::Error::custom)?;
        #[cfg(feature = "ssr")]
        if has_nul(text) {
            return Err(serde_json::Error::custom(NO_NUL));
        }
        serde_json::from_str(text)
    }
}
