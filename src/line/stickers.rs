//! The stickers that LINE lets accounts send.
//!
//! `stickers.json` is LINE's public list of them (Messaging API, list of available stickers): ids
//! and titles, no pictures. Any other sticker LINE refuses.

use std::sync::LazyLock;

use serde::Deserialize;

/// A package of stickers, whose ids follow one another.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Package {
    /// LINE's id of it.
    pub package_id: String,
    /// LINE's English name for it.
    pub title: String,
    /// The id of its first sticker.
    pub first: u64,
    /// The id of its last.
    pub last: u64,
    /// Whether its stickers move.
    pub animated: bool,
}

impl Package {
    /// The ids of its stickers, in LINE's order.
    pub fn sticker_ids(&self) -> impl Iterator<Item = String> + use<> {
        (self.first..=self.last).map(|id| id.to_string())
    }

    /// Whether one of its stickers has this id.
    pub fn has(&self, sticker_id: &str) -> bool {
        let known = sticker_id.parse().ok();
        // `parse` also takes `+1988` and `01988`, which are no ids.
        known.is_some_and(|id: u64| {
            (self.first..=self.last).contains(&id) && id.to_string() == sticker_id
        })
    }
}

#[derive(Deserialize)]
struct List {
    packages: Vec<Package>,
}

/// The packages that accounts may send of, in LINE's order.
pub fn packages() -> &'static [Package] {
    static PACKAGES: LazyLock<Vec<Package>> = LazyLock::new(|| {
        let list = serde_json::from_str(include_str!("stickers.json"));
        list.map_or_else(|_| Vec::new(), |list: List| list.packages)
    });
    &PACKAGES
}

/// Whether an account may send this sticker.
pub fn is_sendable(package_id: &str, sticker_id: &str) -> bool {
    let package = packages().iter().find(|it| it.package_id == package_id);
    package.is_some_and(|package| package.has(sticker_id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_whole() {
        assert_eq!(packages().len(), 15);
        let stickers: usize = packages().iter().map(|it| it.sticker_ids().count()).sum();
        assert_eq!(stickers, 456);
        assert!(packages().iter().all(|it| it.first <= it.last));
    }

    #[test]
    fn a_sticker_belongs_to_its_package_alone() {
        assert!(is_sendable("446", "1988"));
        assert!(is_sendable("446", "2027"));
        assert!(is_sendable("11539", "52114149"));
        for (package, sticker) in [
            ("446", "1987"),
            ("446", "2028"),
            ("446", "10855"),
            ("789", "1988"),
            ("1", "1"),
            ("", ""),
            ("446", ""),
            ("446", "+1988"),
            ("446", "01988"),
            ("446", " 1988"),
            ("446", "99999999999999999999999"),
        ] {
            assert!(!is_sendable(package, sticker), "{package}/{sticker}");
        }
    }
}
