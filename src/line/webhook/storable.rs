//! Makes a body storable: no U+0000 and no half surrogate pairs, which neither JSON parsers nor
//! `PostgreSQL` take.

use std::borrow::Cow;

const REPLACEMENT: &str = "\\ufffd";
const ESCAPE_LEN: usize = 6;

/// The body as text in which everything that cannot be stored is U+FFFD. All else stays byte
/// for byte.
pub(super) fn storable(body: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(body);
    let text = if text.contains('\0') {
        text.replace('\0', "\u{fffd}").into()
    } else {
        text
    };
    if !text.contains("\\u") {
        return text;
    }
    Cow::Owned(replace_escapes(&text))
}

fn replace_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        let start = at + found;
        match unit(text, start) {
            None => at = after_escaped(text, start),
            Some(0xd800..=0xdbff)
                if matches!(unit(text, start + ESCAPE_LEN), Some(0xdc00..=0xdfff)) =>
            {
                at = start + 2 * ESCAPE_LEN;
            }
            Some(0 | 0xd800..=0xdfff) => {
                out.push_str(&text[copied..start]);
                out.push_str(REPLACEMENT);
                at = start + ESCAPE_LEN;
                copied = at;
            }
            Some(_) => at = start + ESCAPE_LEN,
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// The UTF-16 unit of a `\uXXXX` that starts at `start`.
fn unit(text: &str, start: usize) -> Option<u16> {
    let digits = text.get(start..start + ESCAPE_LEN)?.strip_prefix("\\u")?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u16::from_str_radix(digits, 16).ok())
        .flatten()
}

/// The place after a backslash and the character that it escapes.
fn after_escaped(text: &str, backslash: usize) -> usize {
    let next = text[backslash + 1..].chars().next();
    backslash + 1 + next.map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> String {
        storable(text.as_bytes()).into_owned()
    }

    #[test]
    fn pairs_and_other_escapes_stay() {
        for same in [
            r#""\ud83c\udf4e""#,
            r#""\u0e2a\/ \\u0000 \\ud800""#,
            r#""plain""#,
            r#""\"#,
        ] {
            assert_eq!(fixed(same), same);
        }
    }

    #[test]
    fn halves_and_nul_become_the_replacement_character() {
        assert_eq!(fixed(r#""a\u0000b""#), r#""a\ufffdb""#);
        assert_eq!(fixed(r#""\ud83d""#), r#""\ufffd""#);
        assert_eq!(fixed(r#""\udf4e\ud83c""#), r#""\ufffd\ufffd""#);
        assert_eq!(fixed(r#""\ud83d\ud83c\udf4e""#), r#""\ufffd\ud83c\udf4e""#);
        assert_eq!(fixed("\"a\0b\\u0041\""), "\"a\u{fffd}b\\u0041\"");
    }

    #[test]
    fn broken_utf8_becomes_the_replacement_character() {
        assert_eq!(storable(b"\"\xff\""), "\"\u{fffd}\"");
    }
}
