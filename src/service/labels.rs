//! Short words that people give to things: titles, tags, our own names for customers.

use unicode_normalization::UnicodeNormalization as _;

use super::error::Fault;
use crate::protocol::fault::Reason;
use crate::protocol::message::utf16_len;
use crate::protocol::text::{is_blank, is_directional};

/// A label composed (NFC), without what surrounds it or only turns the direction of others; of
/// `most` UTF-16 units.
///
/// # Errors
/// [`Fault`] of this field.
pub(super) fn label(field: &'static str, label: &str, most: usize) -> Result<String, Fault> {
    let label: String = label.nfc().filter(|c| !is_directional(*c)).collect();
    let label = label.trim();
    let (reason, sentence) = if is_blank(label) {
        (Reason::Missing, format!("The field {field} is empty."))
    } else if label.contains(char::is_control) {
        let sentence = format!("The field {field} is one line, without control characters.");
        (Reason::Unseen, sentence)
    } else if utf16_len(label) > most {
        let sentence = format!("The field {field} has at most {most} UTF-16 units.");
        (Reason::TooLong, sentence)
    } else {
        return Ok(label.to_owned());
    };
    Err(Fault::new(field, reason, sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_seen_composed_and_bounded() {
        let reason = |text: &str| label("name", text, 30).err().map(|fault| fault.reason);
        assert_eq!(
            label("name", " e\u{301}te\u{301} ", 30).as_deref(),
            Ok("été")
        );
        assert_eq!(label("name", "a\u{202e}b\u{2069}", 30).as_deref(), Ok("ab"));
        assert_eq!(reason(&"ก".repeat(30)), None);
        assert_eq!(reason(&"😀".repeat(16)), Some(Reason::TooLong));
        assert_eq!(reason("\u{202e}\u{200b} "), Some(Reason::Missing));
        assert_eq!(reason("a\tb"), Some(Reason::Unseen));
    }
}
