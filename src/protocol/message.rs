//! One message of a conversation.

use serde::{Deserialize, Serialize};

pub use super::event_line::{EventLine, EventName};
use super::line_details::LineDetails;
use super::{ClientId, MessageId, OperatorId, OperatorRef, Timestamp};

pub use super::sending::{
    ContentError, Outgoing, SendMessage, StickerRef, TEXT_MAX_UTF16, check_text, utf16_len,
};

/// The largest customer's file that is kept: LINE's own bound for films and sounds.
pub const MEDIA_LARGEST: u64 = 200 * 1024 * 1024;

/// Which way a message goes.
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

/// What a message holds.
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

/// How far a message has come.
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
    /// We took it back before it left; nobody is shown it.
    Cancelled,
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

impl From<StickerRef> for Sticker {
    fn from(sticker: StickerRef) -> Self {
        Self {
            package_id: sticker.package_id,
            sticker_id: sticker.sticker_id,
            keywords: Vec::new(),
        }
    }
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
    /// Length of a sound or film, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// Where a small picture of it is, of pictures and films that operators sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview_url: Option<String>,
    /// Pixels across, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Pixels down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
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

/// Who a message is from.
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

/// One message of a conversation.
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
    /// The message that this one quotes, when we have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote_message_id: Option<MessageId>,
    /// It quotes a message that we never had.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub quotes_unknown: bool,
    /// LINE lets an answer quote this one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub quotable: bool,
    /// What else LINE says of it.
    #[serde(default, skip_serializing_if = "LineDetails::is_empty")]
    pub line: LineDetails,
    /// The colleagues whom a note names, as they were called then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<OperatorRef>,
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
    /// The conversation's `rev` at the message's last change.
    pub rev: i64,
}

/// What LINE sent of a message, word by word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawEvent {
    /// LINE's JSON of the event, but for characters that cannot be stored.
    pub json: String,
}

/// What display order is by.
pub type OrderKey = (Timestamp, Timestamp, MessageId);

impl Message {
    /// Where the message stands among others: by its place, then by its time, then by id (ids grow
    /// with arrival).
    pub fn order_key(&self) -> OrderKey {
        (self.place(), self.created_at, self.id)
    }

    /// When the message stands in the thread.
    pub fn place(&self) -> Timestamp {
        self.placed_at.unwrap_or(self.created_at)
    }
}

impl Sender {
    /// The sender of a message by an operator.
    pub fn operator(id: OperatorId, name: impl Into<String>) -> Self {
        Self {
            kind: SenderType::Operator,
            id: Some(id.to_string()),
            name: name.into(),
        }
    }

    /// The sender of what nobody wrote.
    pub fn bot() -> Self {
        Self {
            kind: SenderType::Bot,
            id: None,
            name: "Sala".to_owned(),
        }
    }

    /// The sender of a system message.
    pub fn system() -> Self {
        Self {
            kind: SenderType::System,
            id: None,
            name: "Sala".to_owned(),
        }
    }
}
