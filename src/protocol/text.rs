//! What can be seen of a text, and which way it runs: rules that server and browser share.

use std::borrow::Cow;

/// Whether a character shows nothing by itself: white space, control characters, what Unicode
/// calls default-ignorable (zero-width signs, the soft hyphen, direction controls, variation
/// selectors, tags), and letters that are blank by design (Hangul fillers, empty Braille, a note
/// without a head).
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            u32::from(c),
            0xad | 0x34f
                | 0x61c
                | 0x115f..=0x1160
                | 0x17b4..=0x17b5
                | 0x180b..=0x180f
                | 0x200b..=0x200f
                | 0x202a..=0x202e
                | 0x2060..=0x206f
                | 0x2800
                | 0x3164
                | 0xfe00..=0xfe0f
                | 0xfeff
                | 0xffa0
                | 0xfff0..=0xfffb
                | 0x1_bca0..=0x1_bca3
                | 0x1_d159
                | 0x1_d173..=0x1_d17a
                | 0xe_0000..=0xe_0fff
        )
}

/// Whether nothing of the text can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_invisible)
}

/// A text of which something can be seen.
pub fn visible(text: Option<String>) -> Option<String> {
    text.filter(|text| !is_blank(text))
}

/// Whether a character does nothing but turn the direction of others.
pub fn is_directional(c: char) -> bool {
    matches!(
        u32::from(c),
        0x61c | 0x200e..=0x200f | 0x202a..=0x202e | 0x2066..=0x2069
    )
}

/// Whether a character is written from right to left, or makes others be.
fn turns(c: char) -> bool {
    is_directional(c)
        || matches!(
            u32::from(c),
            0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefe | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff
        )
}

/// Somebody's words as a part of a sentence of ours: whatever their direction, what stands beside
/// them keeps its place. Words that run from left to right are left as they are.
pub fn isolated(words: &str) -> Cow<'_, str> {
    if !words.chars().any(turns) {
        return Cow::Borrowed(words);
    }
    let mut apart = String::with_capacity(words.len() + 6);
    apart.push('\u{2068}');
    apart.extend(words.chars().filter(|c| !is_directional(*c)));
    apart.push('\u{2069}');
    Cow::Owned(apart)
}

/// Said to programs that send U+0000.
#[cfg(feature = "ssr")]
pub const NO_NUL: &str = "Text may not hold the character U+0000; leave it out.";

/// Whether a JSON text has the character U+0000 in any of its strings. Not every database can
/// store it.
#[cfg(feature = "ssr")]
pub fn has_nul(json: &str) -> bool {
    fn holds(value: &serde_json::Value) -> bool {
        use serde_json::Value;
        match value {
            Value::String(text) => text.contains('\0'),
            Value::Array(all) => all.iter().any(holds),
            Value::Object(all) => all
                .iter()
                .any(|(name, value)| name.contains('\0') || holds(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }
    // In JSON it can only be written so; most texts have no such letters and are not read twice.
    json.contains("\\u0000") && serde_json::from_str(json).is_ok_and(|value| holds(&value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_nothing_is_blank() {
        for text in [
            "",
            " \t\r\n",
            "\u{200b}",
            "\u{2060}",
            "\u{feff}",
            "\u{3164}",
            "\u{2800}\u{2800}",
            "\u{200d}",
            "\u{200c}\u{ad}",
            "\u{115f}\u{1160}\u{ffa0}",
            "\u{202e}\u{2066}\u{2069}\u{61c}",
            "\u{fe0f}",
            "\u{e0020}\u{e007f}",
            "\u{a0}\u{3000}\u{1680}\u{2028}",
            "\u{180e}\u{34f}\u{1d159}",
        ] {
            assert!(is_blank(text), "{}", text.escape_unicode());
        }
        for text in [
            "a",
            "ก",
            "👩\u{200d}⚕\u{fe0f}",
            "\u{200b}.\u{200b}",
            "ـ",
            "한",
        ] {
            assert!(!is_blank(text), "{}", text.escape_unicode());
        }
    }

    #[test]
    fn words_that_run_the_other_way_are_set_apart_and_others_are_not_touched() {
        assert!(matches!(isolated("Mali มะลิ 花 🌿"), Cow::Borrowed(_)));
        assert_eq!(isolated("נטע"), "\u{2068}נטע\u{2069}");
        assert_eq!(isolated("علي"), "\u{2068}علي\u{2069}");
        assert_eq!(
            isolated("\u{202e}gpj.\u{2069}exe"),
            "\u{2068}gpj.exe\u{2069}"
        );
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn u0000_is_found_wherever_it_is_and_nothing_else_is_taken_for_it() {
        for json in [
            r#""a\u0000""#,
            r#"{"a":[1,{"b":"\u0000"}]}"#,
            r#"{"\u0000":1}"#,
            r#""\\\u0000""#,
        ] {
            assert!(has_nul(json), "{json}");
        }
        for json in [r#""\\u0000""#, r#""u0000 \u0001""#, "{}", "nonsense"] {
            assert!(!has_nul(json), "{json}");
        }
    }
}
