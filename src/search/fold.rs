//! What counts as the same: Unicode's NFKC without regard to case and width. Marks stay, and so do
//! U+0E33 and U+0EB3, which NFKC would take apart: `า` is not in `ำ`.

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Grows by one whenever this folds some text in another way than before, and whenever something is
/// found by more than before.
const OURS: u8 = 2;

/// Says how texts are folded, Unicode's versions included. An index that was made under another one
/// is made anew: what was put into it could not be found in it again.
pub fn version() -> i64 {
    let (forms, ..) = unicode_normalization::UNICODE_VERSION;
    let (cases, ..) = char::UNICODE_VERSION;
    (i64::from(OURS) << 16) | ((i64::from(forms) & 0xff) << 8) | i64::from(cases)
}

const SARA_AM: char = '\u{e33}';
const LAO_AM: char = '\u{eb3}';

/// A folded character.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Its byte in the folded text.
    at: usize,
    /// What it was made of, in UTF-16 units of the text as shown.
    start: usize,
    end: usize,
}

/// A folded text that remembers where each character came from.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    places: Vec<Place>,
}

impl Folded {
    /// Of a text.
    pub fn of(text: &str) -> Self {
        let mut folded = Self::default();
        let mut start = 0;
        for cluster in clusters(text) {
            let end = start + cluster.encode_utf16().count();
            fold_cluster(cluster, |c| folded.push(c, start, end));
            start = end;
        }
        folded
    }

    /// As it is compared.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What a stretch of the folded text was made of, in UTF-16 units of the text as shown.
    pub fn source(&self, found: Range<usize>) -> Range<usize> {
        let first = self.places.partition_point(|place| place.at < found.start);
        let behind = self.places.partition_point(|place| place.at < found.end);
        let places = self.places.get(first..behind).unwrap_or_default();
        let start = places.iter().map(|place| place.start).min();
        let end = places.iter().map(|place| place.end).max();
        start.unwrap_or_default()..end.unwrap_or_default()
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        let (mut c, mut start) = (c, start);
        // Written in two characters it is the same vowel.
        if let Some(whole) = whole_vowel(self.text.chars().next_back(), c) {
            self.text.pop();
            start = self.places.pop().map_or(start, |place| place.start);
            c = whole;
        }
        let at = self.text.len();
        self.text.push(c);
        self.places.push(Place { at, start, end });
    }
}

/// A text as it is compared.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for cluster in clusters(text) {
        fold_cluster(cluster, |c| {
            let whole = whole_vowel(folded.chars().next_back(), c);
            if whole.is_some() {
                folded.pop();
            }
            folded.push(whole.unwrap_or(c));
        });
    }
    folded
}

fn whole_vowel(before: Option<char>, c: char) -> Option<char> {
    match (before?, c) {
        ('\u{e4d}', '\u{e32}') => Some(SARA_AM),
        ('\u{ecd}', '\u{eb2}') => Some(LAO_AM),
        _ => None,
    }
}

/// The parts of a text that can be folded each by itself, in order.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let behind = rest[first.len_utf8()..]
            .char_indices()
            .find(|(_, c)| begins_cluster(*c));
        let end = behind.map_or(rest.len(), |(at, _)| first.len_utf8() + at);
        let (cluster, later) = rest.split_at(end);
        rest = later;
        Some(cluster)
    })
}

/// Whether nothing before a character changes what becomes of it.
fn begins_cluster(c: char) -> bool {
    if c.is_ascii() {
        return true;
    }
    let mut first = None;
    decompose_compatible(c, |part| {
        first.get_or_insert(part);
    });
    let first = first.unwrap_or(c);
    canonical_combining_class(first) == 0
        && matches!(is_nfc_quick(std::iter::once(first)), IsNormalized::Yes)
}

fn fold_cluster(cluster: &str, mut push: impl FnMut(char)) {
    if let [byte] = cluster.as_bytes() {
        return push(char::from(byte.to_ascii_lowercase()));
    }
    for part in cluster.split_inclusive([SARA_AM, LAO_AM]) {
        let whole = part
            .chars()
            .next_back()
            .filter(|c| matches!(*c, SARA_AM | LAO_AM));
        let before = &part[..part.len() - whole.map_or(0, char::len_utf8)];
        let once: String = before.nfkc().flat_map(lower).collect();
        once.nfkc().for_each(&mut push);
        whole.into_iter().for_each(&mut push);
    }
}

/// Unicode's case folding: `ß` is `ss`, and `ς` is `σ`.
fn lower(c: char) -> impl Iterator<Item = char> {
    // Its capital is that of `i`, which is another letter.
    let dotless = (c == 'ı').then_some(c);
    let cased = dotless.is_none().then_some(c).into_iter();
    let cased = cased
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase);
    dotless.into_iter().chain(cased)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_and_width_count_for_nothing() {
        for (one, other) in [
            ("ＳＡＬＡ　１２", "sala 12"),
            ("ｶﾞﾗｽ", "ガラス"),
            ("㌔", "キロ"),
            ("STRASSE", "straße"),
            ("ΟΔΟΣ", "οδος"),
            ("e\u{301}", "É"),
            ("ﬁn", "FIN"),
            ("한", "\u{1112}\u{1161}\u{11ab}"),
            ("น\u{e4d}า", "นำ"),
            ("İ", "i\u{307}"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn marks_count() {
        let words = [
            "ขาว",
            "ข่าว",
            "ข้าว",
            "วิทยุ",
            "วิทย์",
            "か",
            "が",
            "e",
            "é",
            "ı",
            "i",
        ];
        for (at, one) in words.iter().enumerate() {
            for other in &words[at + 1..] {
                assert_ne!(fold(one), fold(other));
            }
        }
        assert!(!fold("ส้มตำ").contains('า'));
        assert!(!fold("ນ້ຳ").contains('າ'));
        assert!(fold("น้ำ").contains("น้ำ"));
    }

    #[test]
    fn a_stretch_knows_what_it_was_made_of() {
        let folded = Folded::of("🍎ｶﾞﾗｽ5㌔ß");
        assert_eq!(folded.text(), "🍎ガラス5キロss");
        let source = |words: &str| {
            let at = folded.text().find(words).expect("it is there");
            folded.source(at..at + words.len())
        };
        assert_eq!(source("🍎"), 0..2);
        assert_eq!(source("ガ"), 2..4);
        assert_eq!(source("ラス"), 4..6);
        assert_eq!(source("ロ"), 7..8);
        assert_eq!(source("s"), 8..9);
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,12}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            let folded = Folded::of(&text);
            prop_assert_eq!(folded.text(), once);
        }

        #[test]
        fn every_part_of_a_folded_text_stays_as_it_is(text in "\\PC{0,12}", from in 0..12_usize, length in 1..12_usize) {
            let folded = fold(&text);
            let part: String = folded.chars().skip(from).take(length).collect();
            prop_assert_eq!(fold(&part), part);
        }
    }

    #[test]
    fn every_character_is_stable() {
        for c in '\0'..=char::MAX {
            let once = fold(&c.to_string());
            assert_eq!(fold(&once), once, "{c:?}");
        }
    }
}
