//! Words by which a customer asks for a person while a bot answers (`hand_over`).

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::protocol::team_settings::HandOver;
use crate::search::fold::Folded;

/// What a button carries that asks for a person.
pub(super) const BUTTON: &str = "handover";

/// Whether a text asks for a person, by one of these keywords.
pub(super) fn asked_by(rule: &HandOver, text: &str) -> bool {
    let text = Folded::of(text.trim());
    let words: Vec<&str> = text.text().unicode_words().collect();
    let all = rule.keywords.all();
    let mut all = all.flatten();
    all.any(|keyword| asks(keyword, text.text(), &words))
}

/// Whether a folded text, of these words, asks for a person by this keyword.
fn asks(keyword: &str, text: &str, words: &[&str]) -> bool {
    let keyword = Folded::of(keyword.trim());
    let keyword = keyword.text();
    if keyword.chars().any(is_written_without_spaces) {
        return begins(text, keyword);
    }
    let wanted: Vec<&str> = keyword.unicode_words().collect();
    let many = wanted.len();
    many > 0 && words.windows(many).any(|some| some == wanted)
}

/// Whether a text begins with another one, and not in the middle of a character.
fn begins(text: &str, beginning: &str) -> bool {
    let mut cursor = GraphemeCursor::new(beginning.len(), text.len(), true);
    text.starts_with(beginning) && cursor.is_boundary(text, 0).unwrap_or(false)
}

/// Whether a keyword can be found at all.
pub(super) fn is_findable(keyword: &str) -> bool {
    let keyword = Folded::of(keyword.trim());
    keyword.text().chars().any(is_written_without_spaces)
        || keyword.text().unicode_words().next().is_some()
}

/// Whether a character is of a script whose words stand side by side: of Thai, Lao, Burmese, Khmer,
/// Chinese and Japanese.
fn is_written_without_spaces(c: char) -> bool {
    matches!(
        u32::from(c),
        0xe00..=0xeff
            | 0x1000..=0x109f
            | 0x1780..=0x17ff
            | 0x3005..=0x3007
            | 0x3041..=0x30ff
            | 0x3400..=0x9fff
            | 0xf900..=0xfaff
            | 0x2_0000..=0x3_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::team_settings::Keywords;

    fn rule() -> HandOver {
        let list = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        HandOver {
            keywords: Keywords {
                th: list(&["แอดมิน", "คุยกับคน"]),
                en: list(&["admin", "real person"]),
                ja: list(&["担当者", "オペレーター"]),
                zh_tw: list(&["真人"]),
            },
        }
    }

    #[test]
    fn a_keyword_is_a_whole_word_and_not_a_part_of_an_ordinary_one() {
        let rule = rule();
        for (text, asks) in [
            ("Admin", true),
            ("may I have the ADMIN, please?", true),
            ("ａｄｍｉｎ", true),
            ("the administration", false),
            ("sysadmin", false),
            ("badminton", false),
            ("a real  person!", true),
            ("a really personal thing", false),
            ("person real", false),
            ("แอดมิน", true),
            (" แอดมินอยู่ไหมคะ", true),
            ("ขอคุยกับแอดมิน", false),
            ("คุยกับคน", true),
            // Another syllable: the vowel belongs to the last character.
            ("คุยกับคนี้", false),
            ("担当者をお願いします", true),
            ("前の担当者は親切でした", false),
            ("ｵﾍﾟﾚｰﾀｰ", true),
            ("真人客服", true),
            ("不是真人", false),
            ("", false),
        ] {
            assert_eq!(asked_by(&rule, text), asks, "{text}");
        }
    }

    #[test]
    fn what_has_no_word_cannot_be_found() {
        for (keyword, can) in [("?", false), (" … ", false), ("人", true), ("7", true)] {
            assert_eq!(is_findable(keyword), can, "{keyword}");
        }
    }
}
