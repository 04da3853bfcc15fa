//! Stickers to choose from.

use serde::{Deserialize, Serialize};

/// A package of stickers that accounts may send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StickerPackage {
    /// LINE's id of it.
    pub package_id: String,
    /// LINE's English name for it.
    pub title: String,
    /// Whether its stickers move.
    pub animated: bool,
    /// LINE's ids of its stickers, in LINE's order.
    pub sticker_ids: Vec<String>,
}
