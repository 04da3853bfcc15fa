//! What customers send.

use serde::Deserialize;

use crate::line::card::Card;

/// A message and what LINE gives with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// LINE's id: digits, larger than a double can hold.
    pub id: String,
    /// Lets an answer quote this message.
    pub quote_token: Option<String>,
    /// The message that this one quotes.
    pub quoted_message_id: Option<String>,
    /// Marks this message and all before it as read.
    pub mark_as_read_token: Option<String>,
    /// What it holds.
    pub content: MessageContent,
}

/// What a message holds.
#[derive(Clone, Debug, PartialEq)]
pub enum MessageContent {
    /// Words.
    Text {
        /// The words; LINE emoji stand in it as `(name)`, mentions as `@name`.
        text: String,
        /// LINE emoji in the text, by UTF-16 position.
        emojis: Vec<Emoji>,
        /// Mentions in the text, by UTF-16 position.
        mentions: Vec<Mention>,
    },
    /// A picture.
    Image(Media),
    /// A film.
    Video(Media),
    /// A sound.
    Audio(Media),
    /// Any other file.
    File {
        /// The customer's name for it: never trust it.
        file_name: String,
        /// Size in bytes, as LINE says.
        file_size: u64,
    },
    /// A place.
    Location(Location),
    /// A sticker.
    Sticker(Sticker),
    /// A card that somebody sent through a LIFF app, as what it says.
    Card {
        /// Which way of making cards.
        form: CardForm,
        /// Its words.
        card: Card,
    },
    /// A type that this version does not know, or a known one that could not be read.
    Unsupported {
        /// LINE's name of the type; empty where even that is missing.
        type_name: String,
    },
}

/// LINE's ways of making cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardForm {
    /// Laid out freely.
    Flex,
    /// Buttons, confirm, carousel.
    Template,
    /// A picture with areas that can be pressed.
    Imagemap,
}

/// A picture, film or sound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// Who serves the bytes.
    pub provider: ContentProvider,
    /// Length in milliseconds of a film or sound, when LINE tells.
    pub duration_ms: Option<i64>,
    /// The album that a picture belongs to.
    pub image_set: Option<ImageSet>,
}

/// Who serves the bytes of a picture, film or sound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ContentProvider {
    /// LINE's content endpoint.
    #[default]
    Line,
    /// A stranger's server: never fetch from it.
    External {
        /// The original.
        original_url: Option<String>,
        /// The preview.
        preview_url: Option<String>,
    },
    /// A value that this version does not know.
    Unknown,
}

/// An album: pictures sent together, arriving in any order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ImageSet {
    /// The album.
    pub id: String,
    /// Place in the album from 1; missing from old Android.
    pub index: Option<u32>,
    /// How many pictures the album has; missing from old Android.
    pub total: Option<u32>,
}

/// A LINE emoji in a text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Emoji {
    /// First UTF-16 unit.
    pub index: u32,
    /// UTF-16 units.
    pub length: u32,
    /// The emoji's set.
    pub product_id: String,
    /// The emoji within the set.
    pub emoji_id: String,
}

/// A mention in a text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mention {
    /// `user`, `all`, or something newer.
    #[serde(rename = "type")]
    pub target: String,
    /// First UTF-16 unit.
    pub index: u32,
    /// UTF-16 units.
    pub length: u32,
    /// The person, when LINE tells.
    pub user_id: Option<String>,
    /// Whether the account itself is meant.
    #[serde(default)]
    pub is_self: bool,
}

/// A place.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// What the customer called it.
    pub title: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// A sticker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sticker {
    /// The sticker's set.
    pub package_id: String,
    /// The sticker within the set.
    pub sticker_id: String,
    /// `STATIC`, `ANIMATION` and so on; more may come.
    pub sticker_resource_type: String,
    /// Words for the sticker, chosen at random by LINE.
    pub keywords: Vec<String>,
    /// What the customer wrote on a message sticker.
    pub text: Option<String>,
}
