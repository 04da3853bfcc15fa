//! What an upload answers.

use serde::{Deserialize, Serialize};

use super::MediaId;
use super::message::MessageKind;

/// A file that has come, and waits for a message that uses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    /// For `send_message`.
    pub media_id: MediaId,
    /// Image, video, audio or file, by its bytes.
    pub kind: MessageKind,
    /// MIME type, as LINE's clients will get it.
    pub content_type: String,
    /// Bytes, as they will get them.
    pub size: u64,
    /// Its name without what nobody should see.
    pub name: String,
    /// Pixels across, of pictures and films.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Length of a film or sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// Where operators see it.
    pub url: String,
    /// Where operators see a small picture of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview_url: Option<String>,
    /// It moved, and only its first picture goes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first_picture_only: bool,
}
