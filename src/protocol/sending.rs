//! What an operator may send.

use serde::{Deserialize, Serialize};

use super::text::is_blank;
use super::{CannedId, ClientId, MediaId, MessageId, OperatorId};

/// Most UTF-16 units of a text that LINE takes (LINE's reference, text message).
pub const TEXT_MAX_UTF16: usize = 5_000;

/// Most seconds that a message may be held back.
pub const DELAY_MAX_S: u8 = 10;

/// Most colleagues whom one note names.
pub const MENTIONS_MAX: usize = 50;

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
    /// The message that it answers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote_message_id: Option<MessageId>,
    /// How many seconds it waits before it leaves, 1 to [`DELAY_MAX_S`], so that it can be taken
    /// back. Notes leave nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_s: Option<u8>,
    /// The canned reply that its words were made of, which counts the use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canned_id: Option<CannedId>,
    /// The colleagues whom a note names, at most [`MENTIONS_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<OperatorId>,
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
    /// Nothing of it can be seen.
    #[error("the message is empty")]
    Empty,
    /// It holds U+0000.
    #[error("a message may not hold the character U+0000; leave it out")]
    Nul,
    /// `delay_s` is not 1 to [`DELAY_MAX_S`].
    #[error("delay_s is 1 to 10 seconds")]
    Delay,
    /// `canned_id` with something else than words.
    #[error("canned_id goes with text or note")]
    Canned,
    /// `mentions` without a note, or more than [`MENTIONS_MAX`].
    #[error("mentions go with note, 50 at most")]
    Mentions,
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
/// [`ContentError::Empty`], [`ContentError::Nul`] and [`ContentError::TooLong`].
pub fn check_text(text: &str) -> Result<(), ContentError> {
    if is_blank(text) {
        Err(ContentError::Empty)
    } else if text.contains('\0') {
        Err(ContentError::Nul)
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
        if self
            .delay_s
            .is_some_and(|delay| !(1..=DELAY_MAX_S).contains(&delay))
        {
            return Err(ContentError::Delay);
        }
        let outgoing = match (&self.text, &self.sticker, self.media_id, &self.note) {
            (Some(text), None, None, None) => Outgoing::Text(text.clone()),
            (None, Some(sticker), None, None) => Outgoing::Sticker(sticker.clone()),
            (None, None, Some(media), None) => Outgoing::Media(media),
            (None, None, None, Some(note)) => Outgoing::Note(note.clone()),
            _ => return Err(ContentError::NotExactlyOne),
        };
        let is_words = matches!(outgoing, Outgoing::Text(_) | Outgoing::Note(_));
        if self.canned_id.is_some() && !is_words {
            return Err(ContentError::Canned);
        }
        let is_note = matches!(outgoing, Outgoing::Note(_));
        if self.mentions.len() > if is_note { MENTIONS_MAX } else { 0 } {
            return Err(ContentError::Mentions);
        }
        match &outgoing {
            Outgoing::Text(text) | Outgoing::Note(text) => check_text(text)?,
            Outgoing::Sticker(StickerRef {
                package_id,
                sticker_id,
            }) if package_id.contains('\0') || sticker_id.contains('\0') => {
                return Err(ContentError::Nul);
            }
            Outgoing::Sticker(_) | Outgoing::Media(_) => {}
        }
        Ok(outgoing)
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
            delay_s: None,
            canned_id: None,
            mentions: Vec::new(),
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

    #[test]
    fn what_cannot_be_seen_is_empty_and_u0000_is_refused() {
        for text in [
            "\u{200b}",
            "\u{2060}\u{feff}",
            "\u{3164}",
            "\u{2800}",
            "\u{200d}",
            "\0",
        ] {
            assert_eq!(draft(Some(text), None).content(), Err(ContentError::Empty));
            assert_eq!(draft(None, Some(text)).content(), Err(ContentError::Empty));
        }
        assert_eq!(draft(Some("a\0b"), None).content(), Err(ContentError::Nul));
        assert_eq!(draft(None, Some("a\0b")).content(), Err(ContentError::Nul));
        let sticker = SendMessage {
            sticker: Some(StickerRef {
                package_id: "446".to_owned(),
                sticker_id: "19\088".to_owned(),
            }),
            ..draft(None, None)
        };
        assert_eq!(sticker.content(), Err(ContentError::Nul));
    }
}
