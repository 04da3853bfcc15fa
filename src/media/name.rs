//! A file's name as people may read it and systems may keep it.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The most bytes: what every file system keeps, with room for a number behind it.
const BYTES: usize = 240;
/// The most bytes of what stands behind the last dot, and is kept when a name is cut.
const END_BYTES: usize = 16;

/// The name without folders, without what cannot be seen or turns its direction, composed, and of
/// a length that can be kept; `None` when nothing is left. `is_hidden` says what is left out.
pub fn clean(name: &str, is_hidden: impl Fn(char) -> bool) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = last
        .nfc()
        .filter(|c| !c.is_control() && !is_hidden(*c))
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let trimmed = seen.trim().trim_end_matches(['.', ' ']);
    (!trimmed.is_empty()).then(|| cut(trimmed))
}

/// The name with another end, where it has none of `ends`; the first of them is the one it gets.
pub fn with_end(name: &str, ends: &[&str]) -> String {
    let (stem, end) = split(name);
    let is_right = ends.iter().any(|right| end.eq_ignore_ascii_case(right));
    match ends.first() {
        Some(right) if !is_right => cut(&format!("{stem}.{right}")),
        _ => name.to_owned(),
    }
}

/// What stands before the last dot and behind it; behind it stands nothing where that is no end.
fn split(name: &str) -> (&str, &str) {
    match name.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() && end.len() <= END_BYTES && !end.contains(' ') => {
            (stem, end)
        }
        _ => (name, ""),
    }
}

fn cut(name: &str) -> String {
    if name.len() <= BYTES {
        return name.to_owned();
    }
    let (stem, end) = split(name);
    let room = BYTES - if end.is_empty() { 0 } else { end.len() + 1 };
    let mut length = stem.floor_char_boundary(room);
    // What belongs to the character before goes with it.
    while length > 0 && belongs(&stem[..length], &stem[length..]) {
        length = stem.floor_char_boundary(length - 1);
    }
    let stem = stem[..length].trim_end();
    if end.is_empty() {
        stem.to_owned()
    } else {
        format!("{stem}.{end}")
    }
}

/// Whether what comes next is part of the character that comes before.
fn belongs(before: &str, next: &str) -> bool {
    const JOINER: char = '\u{200d}';
    let joins = |c: char| {
        is_combining_mark(c)
            || matches!(c, JOINER | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
    };
    next.chars().next().is_some_and(joins) || before.ends_with(JOINER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(name: &str) -> Option<String> {
        clean(name, |c| matches!(c, '\u{202e}' | '\u{2066}'..='\u{2069}'))
    }

    #[test]
    fn folders_and_what_nobody_sees_are_left_out() {
        for (name, left) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\mali\\ใบเสร็จ.pdf", "ใบเสร็จ.pdf"),
            ("bill\u{202e}fdp.exe", "billfdp.exe"),
            ("a\r\nb\0c.txt", "abc.txt"),
            ("  two  words .txt. ", "two  words .txt"),
            ("カ\u{3099}.txt", "ガ.txt"),
            (".profile", ".profile"),
        ] {
            assert_eq!(cleaned(name).as_deref(), Some(left), "{name:?}");
        }
        for nothing in ["", "/", "..", "a/", "\u{202e}", " . "] {
            assert_eq!(cleaned(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_end_and_whole_characters() {
        for part in ["a", "ก็", "が", "👩‍👩‍👧", "é", "👍🏽"] {
            let name = format!("{}.docx", part.repeat(300));
            let cut = cleaned(&name).expect("a name");
            assert!(cut.len() <= BYTES, "{cut}");
            assert!(cut.len() > BYTES - 30, "{cut}");
            let stem = cut.strip_suffix(".docx").expect("its end");
            assert_eq!(stem.replace(part, ""), "", "{cut}");
        }
        let endless = cleaned(&format!("a.{}", "b".repeat(300))).expect("a name");
        assert_eq!(endless.len(), BYTES);
    }

    #[test]
    fn an_end_that_lies_is_replaced() {
        let jpeg = &["jpg", "jpeg"];
        assert_eq!(with_end("a.webp", jpeg), "a.jpg");
        assert_eq!(with_end("a.JPEG", jpeg), "a.JPEG");
        assert_eq!(with_end("a", jpeg), "a.jpg");
        assert_eq!(with_end("v1.2 final", jpeg), "v1.2 final.jpg");
    }
}
