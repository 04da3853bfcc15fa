//! What LINE says of a message beyond what every message has. Browsers read the parts that they show.

use serde::{Deserialize, Serialize};

/// LINE's details of a message; each only where LINE gave it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineDetails {
    /// LINE emoji in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emojis: Vec<LineEmoji>,
    /// Mentions in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<LineMention>,
    /// The album that a picture belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_set: Option<LineImageSet>,
    /// What a card says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<LineCard>,
    /// LINE's id of a quoted message that is not here.
    #[cfg(feature = "ssr")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quoted_message_id: Option<String>,
    /// The kind of a sticker, such as `ANIMATION`.
    #[cfg(feature = "ssr")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sticker_type: Option<String>,
    /// What came with an event, by LINE's names: a postback's `params`, a beacon's `hwid` and so
    /// on.
    #[cfg(feature = "ssr")]
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub params: std::collections::BTreeMap<String, String>,
}

impl LineDetails {
    /// Whether LINE gave none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A LINE emoji in a text, by UTF-16 position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineEmoji {
    /// First UTF-16 unit.
    pub index: u32,
    /// UTF-16 units.
    pub length: u32,
    /// The emoji's set.
    pub product_id: String,
    /// The emoji within the set.
    pub emoji_id: String,
}

/// A mention in a text, by UTF-16 position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineMention {
    /// `user`, `all`, or something newer.
    #[cfg(feature = "ssr")]
    #[serde(rename = "type")]
    pub target: String,
    /// First UTF-16 unit.
    pub index: u32,
    /// UTF-16 units.
    pub length: u32,
    /// The person, when LINE tells.
    #[cfg(feature = "ssr")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Whether this account is meant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_self: bool,
}

/// The words of a card, beside those that LINE shows in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineCard {
    /// Its texts from top to bottom.
    pub lines: Vec<String>,
    /// What stands on its buttons.
    pub buttons: Vec<String>,
}

/// An album: pictures that were sent together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineImageSet {
    /// The album.
    pub id: String,
    /// Place in the album from 1, when LINE tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u32>,
    /// How many pictures the album has, when LINE tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
}
