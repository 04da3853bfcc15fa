//! One line of a conversation, and what an operator may send.

use serde::{Deserialize, Serialize};

pub use super::event_line::{EventLine, EventName};
use super::{ClientId, MediaId, MessageId, OperatorId, Timestamp};

/// Most UTF-16 units of a text that LINE takes (LINE's reference, text message).
pub const TEXT_MAX_UTF16: usize = 5_000;

/// The largest customer's file that is kept: LINE's own bound for films and sounds.
pub const MEDIA_LARGEST: u64 = 200 * 1024 * 1024;

/// Which way a line goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the customer.
    In,
    /// To the customer.
    Out,
    /// Among operators only.
    Note,
    /// What happened, said by the system.
    System,
}

/// What a line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// Words.
    Text,
    /// One of LINE's stickers.
    Sticker,
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A sound.
    Audio,
    /// Any other file.
    File,
    /// A place.
    Location,
    /// LINE's free layout.
    Flex,
    /// LINE's buttons, confirm, carousel.
    Template,
    /// Something that Sala does not know; its raw JSON is kept.
    Unsupported,
    /// Something that happened.
    Event,
}

/// How far a line has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum MessageStatus {
    /// From the customer, or stored for the team only.
    Received,
    /// Stored, on its way to LINE.
    Queued,
    /// LINE accepted it. Nothing says that the customer has it.
    Sent,
    /// LINE refused it, or it never left.
    Failed,
    /// Nobody can tell whether LINE took it.
    Unconfirmed,
    /// The customer took it back; a tombstone.
    Unsent,
}

impl MessageStatus {
    /// Whether an operator may ask for another attempt.
    pub fn may_retry(self) -> bool {
        matches!(self, Self::Failed | Self::Unconfirmed)
    }
}

/// One of LINE's stickers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sticker {
    /// LINE's package id.
    pub package_id: String,
    /// LINE's sticker id.
    pub sticker_id: String,
    /// Words that describe it, for when the picture cannot be had.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
}

/// Whether a media file can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum MediaState {
    /// Being fetched from LINE.
    Pending,
    /// Stored here.
    Ready,
    /// Could not be fetched.
    Failed,
    /// LINE no longer has it.
    Gone,
    /// On a stranger's server; shown as a link, never fetched.
    External,
}

/// An image, video, sound or file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// `/media/{id}`, or the stranger's address when external.
    pub url: String,
    /// MIME type; empty until fetched.
    pub content_type: String,
    /// Bytes; 0 until fetched, unless LINE said.
    pub size: u64,
    /// The customer's file name, for showing only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Length of a sound or film, where LINE said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// Whether it can be opened.
    pub state: MediaState,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Degrees come from JSON, which has no NaN, so equality is total.
impl Eq for Location {}

/// What kind of sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum SenderType {
    /// Someone on LINE.
    Customer,
    /// Someone of the team.
    Operator,
    /// A program.
    Bot,
    /// Sala itself.
    System,
}

/// Who a line is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// What kind.
    #[serde(rename = "type")]
    pub kind: SenderType,
    /// LINE's user id or the operator's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// To show.
    pub name: String,
}

/// One line of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// The key that the sending client gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// Which way it goes.
    pub direction: Direction,
    /// What it holds.
    pub kind: MessageKind,
    /// Words; on events a plain English sentence for programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// On stickers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sticker: Option<Sticker>,
    /// On images, videos, sounds and files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<Media>,
    /// On locations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// On events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<EventLine>,
    /// The line that this one quotes, when we have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote_message_id: Option<MessageId>,
    /// Who it is from.
    pub sender: Sender,
    /// How far it has come.
    pub status: MessageStatus,
    /// Why it failed, in LINE's words, or why nobody can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// When the customer last changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// LINE's time for the customer's, ours for the rest.
    pub created_at: Timestamp,
    /// Where it stands among others, where that is not at `created_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed_at: Option<Timestamp>,
    /// The conversation's `rev` at the line's last change.
    pub rev: i64,
}

/// What display order is by.
pub type OrderKey = (Timestamp, Timestamp, MessageId);

impl Message {
    /// Where the line stands among others: by its place, then by its time, then by id (ids grow
    /// with arrival).
    pub fn order_key(&self) -> OrderKey {
        (self.place(), self.created_at, self.id)
    }

    /// When the line stands in the thread.
    pub fn place(&self) -> Timestamp {
        self.placed_at.unwrap_or(self.created_at)
    }
}

/// The sticker that an operator sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StickerRef {
    /// LINE's package id.
    pub package_id: String,
    /// LINE's sticker id.
    pub sticker_id: String,
}

/// `send_message` as it arrives: exactly one of the four contents must be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendMessage {
    /// To which conversation.
    pub room: super::Room,
    /// Idempotency key.
    pub client_id: ClientId,
    /// Words to the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A sticker to the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sticker: Option<StickerRef>,
    /// An uploaded file to the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_id: Option<MediaId>,
    /// Words to the team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The line that it answers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote_message_id: Option<MessageId>,
}

/// What an operator sends, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outgoing {
    /// Words to the customer.
    Text(String),
    /// A sticker to the customer.
    Sticker(StickerRef),
    /// An uploaded file to the customer.
    Media(MediaId),
    /// Words to the team.
    Note(String),
}

/// Why a content cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// None or several of the four.
    #[error("send exactly one of text, sticker, media_id and note")]
    NotExactlyOne,
    /// Nothing but white space.
    #[error("the message is empty")]
    Empty,
    /// Over [`TEXT_MAX_UTF16`].
    #[error("a message has at most 5,000 UTF-16 units")]
    TooLong,
}

/// Length of a text as LINE counts it.
pub fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Checks the length of words that are to be sent.
///
/// # Errors
/// [`ContentError::Empty`] and [`ContentError::TooLong`].
pub fn check_text(text: &str) -> Result<(), ContentError> {
    if text.trim().is_empty() {
        Err(ContentError::Empty)
    } else if utf16_len(text) > TEXT_MAX_UTF16 {
        Err(ContentError::TooLong)
    } else {
        Ok(())
    }
}

impl SendMessage {
    /// The one content, checked. The text is taken as it is: nothing is trimmed or escaped.
    ///
    /// # Errors
    /// See [`ContentError`].
    pub fn content(&self) -> Result<Outgoing, ContentError> {
        let outgoing = match (&self.text, &self.sticker, self.media_id, &self.note) {
            (Some(text), None, None, None) => Outgoing::Text(text.clone()),
            (None, Some(sticker), None, None) => Outgoing::Sticker(sticker.clone()),
            (None, None, Some(media), None) => Outgoing::Media(media),
            (None, None, None, Some(note)) => Outgoing::Note(note.clone()),
            _ => return Err(ContentError::NotExactlyOne),
        };
        if let Outgoing::Text(text) | Outgoing::Note(text) = &outgoing {
            check_text(text)?;
        }
        Ok(outgoing)
    }
}

impl Sender {
    /// The sender of a line by an operator.
    pub fn operator(id: OperatorId, name: impl Into<String>) -> Self {
        Self {
            kind: SenderType::Operator,
            id: Some(id.to_string()),
            name: name.into(),
        }
    }

    /// The sender of a system line.
    pub fn system() -> Self {
        Self {
            kind: SenderType::System,
            id: None,
            name: "Sala".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: Option<&str>, note: Option<&str>) -> SendMessage {
        SendMessage {
            room: "conversation:U1".parse().expect("a room"),
            client_id: ClientId::random(),
            text: text.map(str::to_owned),
            sticker: None,
            media_id: None,
            note: note.map(str::to_owned),
            quote_message_id: None,
        }
    }

    #[test]
    fn text_is_counted_in_utf16_units() {
        assert!(draft(Some(&"🍎".repeat(2_500)), None).content().is_ok());
        assert_eq!(
            draft(Some(&"🍎".repeat(2_501)), None).content(),
            Err(ContentError::TooLong)
        );
    }

    #[test]
    fn text_goes_out_as_it_was_written() {
        let text = " 1 < 2 & x\n<b>ครับ</b> ";
        assert_eq!(
            draft(Some(text), None).content(),
            Ok(Outgoing::Text(text.to_owned()))
        );
    }

    #[test]
    fn exactly_one_content_is_needed() {
        assert_eq!(
            draft(None, None).content(),
            Err(ContentError::NotExactlyOne)
        );
        assert_eq!(
            draft(Some("a"), Some("b")).content(),
            Err(ContentError::NotExactlyOne)
        );
        assert_eq!(draft(Some(" \n"), None).content(), Err(ContentError::Empty));
    }
}
