//! Files that calls carry in their JSON.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::GeneralPurpose;
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};

use super::refuse;
use crate::api::ApiError;
use crate::protocol::account::NewPicture;
use crate::protocol::fault::Reason;
use crate::service::error::Fault;

/// RFC 4648, section 4; whether it is padded to its end is all the same.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// One's own picture as a call names it: a file's bytes in base64, or nothing at all for none.
///
/// # Errors
/// `validation_error` for anything else.
pub(crate) fn picture(said: &str) -> Result<NewPicture, ApiError> {
    if said.is_empty() {
        return Ok(NewPicture::None);
    }
    BASE64.decode(said).map(NewPicture::File).map_err(|_| {
        let sentence = "Send the picture's file in base64.";
        refuse(Fault::new("picture", Reason::Malformed, sentence))
    })
}
