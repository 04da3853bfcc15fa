//! What a push says: as much as a service worker needs to show it and to open the right chat. Names
//! may be long, pushes not.

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::protocol::Room;
use crate::protocol::preferences::Language;
use crate::push::PLAIN_MAX;

/// The most bytes of what is sealed.
pub const PAYLOAD_MAX: usize = PLAIN_MAX;

/// The longest name and the longest words that are shown, in bytes: together with a room of the
/// longest they stay below [`PAYLOAD_MAX`], also where JSON writes a character as six.
const NAME_BYTES: usize = 120;
const TEXT_BYTES: usize = 360;

/// What a device shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<Room>,
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'static str>,
}

impl Notice {
    /// Of this kind, in the language that its reader chose.
    pub fn new(kind: &'static str, language: Option<Language>) -> Self {
        Self {
            kind,
            room: None,
            name: String::new(),
            text: None,
            lang: language.map(Language::tag),
        }
    }

    /// About this chat.
    #[must_use]
    pub fn about(mut self, room: Room) -> Self {
        self.room = Some(room);
        self
    }

    /// With the name of whoever wrote.
    #[must_use]
    pub fn from(mut self, name: &str) -> Self {
        cut(name, NAME_BYTES).clone_into(&mut self.name);
        self
    }

    /// With the words themselves.
    #[must_use]
    pub fn saying(mut self, text: Option<&str>) -> Self {
        self.text = text.map(|text| cut(text, TEXT_BYTES).to_owned());
        self
    }

    /// As bytes; without the words where these were too many.
    pub fn to_bytes(&self) -> Vec<u8> {
        let written = |notice: &Self| serde_json::to_vec(notice).unwrap_or_default();
        let whole = written(self);
        if whole.len() <= PAYLOAD_MAX {
            return whole;
        }
        written(&Self {
            text: None,
            ..self.clone()
        })
    }
}

/// The beginning of a text, of at most so many bytes and of whole characters as readers see them.
fn cut(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let ends = text
        .grapheme_indices(true)
        .map(|(at, part)| at + part.len());
    let end = ends.take_while(|end| *end <= most).last().unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_cut_at_a_whole_character() {
        assert_eq!(cut("Mali", 120), "Mali");
        assert_eq!(cut("กำ", 5), "");
        assert_eq!(cut("กำกำ", 6), "กำ");
        assert_eq!(cut("👩‍👩‍👧a", 18), "👩‍👩‍👧");
        assert_eq!(cut("👩‍👩‍👧a", 17), "");
    }

    proptest! {
        #[test]
        fn whatever_customers_are_called_and_write_a_push_takes_it(
            name in "\\PC{0,400}|[\\x00-\\x1f\"\\\\]{0,400}|[👩‍👩‍👧ก็]{0,300}",
            text in "\\PC{0,900}|[\\x00-\\x1f\"\\\\]{0,900}",
            id in "[0-9a-f]{32}",
        ) {
            let room: Room = format!("conversation:{}:U{id}", "c".repeat(20)).parse().expect("a room");
            let notice = Notice::new("waiting", Some(Language::TraditionalChinese))
                .about(room)
                .from(&name)
                .saying(Some(&text));
            let bytes = notice.to_bytes();
            prop_assert!(bytes.len() <= PAYLOAD_MAX, "{}", bytes.len());
            let read: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
            prop_assert!(name.starts_with(read["name"].as_str().unwrap_or_default()));
        }
    }
}
