//! What a customer sees of a text, and when.

use crate::protocol::automatic::Translations;
use crate::protocol::preferences::Language;

/// What a customer of one language gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen<'a> {
    /// The text in their language.
    Own(&'a str),
    /// There is none: that of another language.
    Instead(Language, &'a str),
    /// There is none at all.
    Nothing,
}

impl<'a> Seen<'a> {
    /// The text, and in which language it is.
    pub(super) fn text(self, own: Language) -> Option<(Language, &'a str)> {
        match self {
            Self::Own(text) => Some((own, text)),
            Self::Instead(language, text) => Some((language, text)),
            Self::Nothing => None,
        }
    }
}

/// As the server chooses it when it writes.
pub(super) fn seen(texts: &Translations, language: Language) -> Seen<'_> {
    match texts.for_customer(Some(language.tag())) {
        Some((found, text)) if found == language => Seen::Own(text),
        Some((other, text)) => Seen::Instead(other, text),
        None => Seen::Nothing,
    }
}

/// The minute of a day at which the customer's last message is read.
const BEGINS: u32 = 14 * 60 + 40;

/// The time on the phone's clock so many minutes later.
pub(super) fn clock(later: u32) -> String {
    let minute = BEGINS.saturating_add(later);
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_sees_their_language_else_the_first_that_has_a_text() {
        let texts = Translations {
            en: Some("Hello".to_owned()),
            ja: Some("やあ".to_owned()),
            ..Translations::default()
        };
        for (language, found) in [
            (Language::Japanese, Seen::Own("やあ")),
            (Language::English, Seen::Own("Hello")),
            (Language::Thai, Seen::Instead(Language::English, "Hello")),
        ] {
            assert_eq!(seen(&texts, language), found);
        }
        let empty = Translations::default();
        let none = seen(&empty, Language::Thai);
        assert_eq!((none, none.text(Language::Thai)), (Seen::Nothing, None));
        let text = seen(&texts, Language::Thai).text(Language::Thai);
        assert_eq!(text, Some((Language::English, "Hello")));
    }

    #[test]
    fn the_clock_goes_on_past_midnight() {
        assert_eq!(
            [0, 2, 20, 24 * 60].map(clock),
            ["14:40", "14:42", "15:00", "14:40"]
        );
        assert_eq!(clock(10 * 60), "00:40");
        assert_eq!(clock(u32::MAX).len(), 5);
    }
}
