//! Words that conversations are marked with.

use serde::{Deserialize, Serialize};

use super::TagId;

/// Most UTF-16 units of a tag's name.
pub const TAG_NAME_MAX_UTF16: usize = 30;

/// Most tags of one conversation.
pub const TAGS_MAX: usize = 50;

/// What a tag looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sqlx::Type))]
#[cfg_attr(feature = "ssr", sqlx(type_name = "text", rename_all = "snake_case"))]
#[serde(rename_all = "snake_case")]
pub enum TagColor {
    /// Amber to the eye.
    Gold,
    /// Blue.
    Blue,
    /// Between green and blue.
    Teal,
    /// Violet.
    Plum,
    /// Pink.
    Rose,
    /// Reddish brown.
    Clay,
}

impl TagColor {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Gold,
        Self::Blue,
        Self::Teal,
        Self::Plum,
        Self::Rose,
        Self::Clay,
    ];

    /// Its name on the wire and in style sheets.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gold => "gold",
            Self::Blue => "blue",
            Self::Teal => "teal",
            Self::Plum => "plum",
            Self::Rose => "rose",
            Self::Clay => "clay",
        }
    }

    /// The colour of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|color| color.name() == name)
    }
}

/// A word on a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Which.
    pub id: TagId,
    /// The word.
    pub name: String,
    /// What it looks like.
    pub color: TagColor,
}

/// A tag, and how much it is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedTag {
    /// Which.
    pub id: TagId,
    /// The word.
    pub name: String,
    /// What it looks like.
    pub color: TagColor,
    /// How many conversations have it.
    pub used: u32,
}
