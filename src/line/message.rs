//! What is sent to customers, as LINE's message objects.
//!
//! Field order is fixed, so the same message is the same bytes at every attempt.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most messages in one call.
pub const MESSAGES_PER_CALL: usize = 5;
/// Most UTF-16 units of a text.
pub const TEXT_MAX_UTF16: usize = 5_000;
/// Longest sender name, in UTF-16 units.
pub const SENDER_NAME_MAX: usize = 20;

/// One outgoing message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingMessage {
    /// What it holds.
    #[serde(flatten)]
    pub body: OutgoingBody,
    /// Whose name the customer sees; the account's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<Sender>,
}

impl OutgoingMessage {
    /// Words, optionally quoting a message of the same chat.
    pub fn text(text: impl Into<String>, quote_token: Option<String>) -> Self {
        Self::from(OutgoingBody::Text {
            text: text.into(),
            quote_token,
        })
    }

    /// The same message under this name and picture, whose address is https. A name that LINE
    /// would refuse is left out.
    #[must_use]
    pub fn with_sender(mut self, name: &str, icon_url: Option<String>) -> Self {
        self.sender = Sender::of(name, icon_url);
        self
    }
}

impl From<OutgoingBody> for OutgoingMessage {
    fn from(body: OutgoingBody) -> Self {
        Self { body, sender: None }
    }
}

/// What an outgoing message holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum OutgoingBody {
    /// Words: 1 to 5,000 UTF-16 units, taken literally.
    Text {
        /// The words.
        text: String,
        /// Quotes the message that this token belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quote_token: Option<String>,
    },
    /// A sticker of LINE's sendable list.
    Sticker {
        /// The sticker's set.
        package_id: String,
        /// The sticker within the set.
        sticker_id: String,
        /// Quotes the message that this token belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quote_token: Option<String>,
    },
    /// A picture: JPEG or PNG.
    Image {
        /// At most 10 MB, https.
        original_content_url: String,
        /// At most 1 MB, https.
        preview_image_url: String,
    },
    /// A film: mp4.
    Video {
        /// At most 200 MB, https.
        original_content_url: String,
        /// A picture of the same aspect ratio, at most 1 MB, https.
        preview_image_url: String,
    },
    /// A sound: mp3 or m4a.
    Audio {
        /// At most 200 MB, https.
        original_content_url: String,
        /// Length in milliseconds.
        duration: u64,
    },
    /// A layout of one's own: LINE has no file message for accounts.
    Flex {
        /// What lists and notifications show: 1 to 1,500 UTF-16 units.
        alt_text: String,
        /// A bubble, at most 30 KB.
        contents: serde_json::Value,
    },
}

/// Whose name and picture the customer sees; one of the two at least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sender {
    /// At most 20 UTF-16 units; the account's where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// A PNG as wide as it is high, at most 1 MB, https; the account's picture where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    icon_url: Option<String>,
}

impl Sender {
    /// A sender that LINE takes, if anything is left of it: a name not empty, without "LINE" in
    /// it, cut to 20 UTF-16 units between two characters.
    pub fn of(name: &str, icon_url: Option<String>) -> Option<Self> {
        let name = cut_to_units(name.trim(), SENDER_NAME_MAX);
        let refused = name.is_empty() || bears_lines_name(name);
        let name = (!refused).then(|| name.to_owned());
        (name.is_some() || icon_url.is_some()).then_some(Self { name, icon_url })
    }

    /// The name.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

/// Whether "LINE" stands in a name, in whatever case or width. LINE refuses such names.
pub fn bears_lines_name(name: &str) -> bool {
    let folded: String = name.nfkc().flat_map(char::to_uppercase).collect();
    folded.contains("LINE")
}

/// The longest beginning of so many UTF-16 units that splits no character: marks stay with the
/// letter that they stand on, and joined emoji together.
fn cut_to_units(text: &str, most: usize) -> &str {
    let mut units = 0;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if !continues(&text[..at], c) {
            end = at;
        }
        units += c.len_utf16();
        if units > most {
            return text[..end].trim_end();
        }
    }
    text
}

/// Whether `c` belongs to the character that the text before it ends with.
fn continues(before: &str, c: char) -> bool {
    let joined = before.ends_with('\u{200d}');
    let on_a_letter = is_combining_mark(c)
        // Variation selectors, the joiner, the keycap, and skin tones.
        || matches!(c, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}')
        // Thai and Lao vowels that are written behind or above.
        || matches!(c, '\u{e33}' | '\u{eb3}');
    // Two of these are a flag; of a row of them every second begins one.
    let is_half = |c: char| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c);
    let halves = before.chars().rev().take_while(|c| is_half(*c)).count();
    joined || on_a_letter || (is_half(c) && halves % 2 == 1)
}

/// An answer that spends a reply token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReplyRequest {
    /// The event's token; usable once.
    pub reply_token: String,
    /// One to five messages.
    pub messages: Vec<OutgoingMessage>,
}

impl ReplyRequest {
    /// The body to send: the same bytes for the same request.
    pub fn to_body(&self) -> Bytes {
        to_bytes(self)
    }
}

/// A message that costs quota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PushRequest {
    /// User, group or room.
    pub to: String,
    /// One to five messages.
    pub messages: Vec<OutgoingMessage>,
}

impl PushRequest {
    /// The body to send: the same bytes for the same request.
    pub fn to_body(&self) -> Bytes {
        to_bytes(self)
    }
}

fn to_bytes(request: &impl Serialize) -> Bytes {
    serde_json::to_vec(request)
        .expect("texts and numbers are always JSON")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_line_objects() {
        let messages = vec![
            OutgoingMessage::text("สวัสดี {name}", Some("q1".to_owned()))
                .with_sender("มะลิ", Some("https://a.example/0".to_owned())),
            OutgoingBody::Sticker {
                package_id: "446".to_owned(),
                sticker_id: "1988".to_owned(),
                quote_token: None,
            }
            .into(),
            OutgoingBody::Image {
                original_content_url: "https://a.example/1".to_owned(),
                preview_image_url: "https://a.example/2".to_owned(),
            }
            .into(),
            OutgoingBody::Audio {
                original_content_url: "https://a.example/3".to_owned(),
                duration: 1500,
            }
            .into(),
        ];
        let body = PushRequest {
            to: "U1".to_owned(),
            messages,
        }
        .to_body();
        assert_eq!(
            std::str::from_utf8(&body).expect("UTF-8"),
            concat!(
                r#"{"to":"U1","messages":[{"type":"text","text":"สวัสดี {name}","quoteToken":"q1","#,
                r#""sender":{"name":"มะลิ","iconUrl":"https://a.example/0"}},{"type":"sticker","packageId":"446","stickerId":"1988"},"#,
                r#"{"type":"image","originalContentUrl":"https://a.example/1","#,
                r#""previewImageUrl":"https://a.example/2"},"#,
                r#"{"type":"audio","originalContentUrl":"https://a.example/3","duration":1500}]}"#,
            )
        );
    }

    #[test]
    fn a_stored_message_serialises_to_the_same_bytes() {
        let message = OutgoingMessage::text("hi", None).with_sender("Mali", None);
        let stored = serde_json::to_string(&message).expect("serialises");
        let read: OutgoingMessage = serde_json::from_str(&stored).expect("reads");
        assert_eq!(read, message);
        assert_eq!(serde_json::to_string(&read).expect("serialises"), stored);
    }

    #[test]
    fn sender_names_that_line_refuses_are_left_out() {
        for refused in ["  ", "Caroline", "ＬＩＮＥ Shop", "สมชาย line"] {
            assert_eq!(Sender::of(refused, None), None, "{refused}");
        }
        let long = Sender::of(&"ก".repeat(30), None).expect("cut to size");
        let name = long.name().expect("a name");
        assert_eq!(name.chars().count(), SENDER_NAME_MAX);
    }

    #[test]
    fn a_picture_stands_without_a_name_that_line_refuses() {
        let icon = "https://a.example/1".to_owned();
        let message = OutgoingMessage::text("hi", None).with_sender("Caroline", Some(icon));
        let sender = serde_json::to_value(message.sender).expect("serialises");
        assert_eq!(
            sender,
            serde_json::json!({ "iconUrl": "https://a.example/1" })
        );
    }

    #[test]
    fn names_are_cut_between_characters() {
        let named = |name: &str| Sender::of(name, None)?.name().map(str::to_owned);
        // Two units each.
        assert_eq!(named(&"🍎".repeat(11)), Some("🍎".repeat(10)));
        let a = "a".repeat(19);
        assert_eq!(named(&format!("{a}🍎")), Some(a.clone()));
        // A letter with its vowel and tone, of which the last would not fit.
        assert_eq!(named(&format!("{}ที่", "ก".repeat(18))), Some("ก".repeat(18)));
        assert_eq!(
            named(&format!("{}นำ", "ก".repeat(19))),
            Some("ก".repeat(19))
        );
        // A family, a flag, a skin tone.
        for whole in ["👨‍👩‍👧", "🇹🇭", "👍🏽"] {
            let cut = named(&format!("{}{whole}", "a".repeat(17)));
            assert_eq!(cut, Some("a".repeat(17)), "{whole}");
        }
        assert_eq!(
            named(&format!("{}🇹🇭🇯🇵", "a".repeat(14))),
            Some(format!("{}🇹🇭", "a".repeat(14)))
        );
        // No blank is left at the end.
        assert_eq!(
            named(&format!("{} Suda", "a".repeat(19))),
            Some("a".repeat(19))
        );
    }
}
