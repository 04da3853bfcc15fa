//! Where a query's words stand in a text as it is shown, and the part of the text around them.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Words;
use super::fold::Folded;
use super::query::Query;

/// UTF-16 units before the first mark that a snippet begins with, about.
const BEFORE: usize = 40;
/// UTF-16 units of a snippet, about; more where the first mark is longer.
const LENGTH: usize = 160;

/// A part of a text and what of it is marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// As it stands in the text.
    pub text: String,
    /// In UTF-16 units of `text`, in order, apart from each other.
    pub marks: Vec<Range<usize>>,
}

/// The part of the texts in which the first of the query's words stands. `None` when one of the
/// words is in none of them.
pub fn snippet(words: &Words, query: &Query) -> Option<Snippet> {
    if !query.finds(words) {
        return None;
    }
    let mut first = None;
    for text in &words.0 {
        let marks = marks(text, query);
        if !marks.is_empty() {
            first = Some((text, marks));
            break;
        }
    }
    let (text, marks) = first?;
    Some(cut(text, &marks))
}

/// All places of the query's words, in UTF-16 units, in order, apart from each other. No mark parts
/// what is seen as one character.
pub fn marks(text: &str, query: &Query) -> Vec<Range<usize>> {
    let folded = Folded::of(text);
    let mut found: Vec<Range<usize>> = query
        .words()
        .iter()
        .flat_map(|word| places(folded.text(), word))
        .map(|place| folded.source(place))
        .collect();
    if found.is_empty() {
        return found;
    }
    let edges = edges(text);
    for mark in &mut found {
        *mark = edge_before(&edges, mark.start)..edge_behind(&edges, mark.end);
    }
    found.sort_by_key(|mark| (mark.start, mark.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for mark in found {
        match apart.last_mut() {
            Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
            _ => apart.push(mark),
        }
    }
    apart
}

/// Where a word stands in a text, also where it lies over itself.
fn places<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let step = word.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + text.get(from..)?.find(word)?;
        from = at + step;
        Some(at..at + word.len())
    })
}

/// Where what is seen as one character begins, and the end, in UTF-16 units.
fn edges(text: &str) -> Vec<usize> {
    let mut at = 0;
    let mut edges = vec![0];
    for seen in text.graphemes(true) {
        at += seen.encode_utf16().count();
        edges.push(at);
    }
    edges
}

fn edge_before(edges: &[usize], at: usize) -> usize {
    let behind = edges.partition_point(|edge| *edge <= at);
    edges.get(behind.wrapping_sub(1)).copied().unwrap_or(0)
}

fn edge_behind(edges: &[usize], at: usize) -> usize {
    let first = edges.partition_point(|edge| *edge < at);
    edges.get(first).or(edges.last()).copied().unwrap_or(0)
}

/// The part of a text around its first mark.
fn cut(text: &str, marks: &[Range<usize>]) -> Snippet {
    let edges = edges(text);
    let length = edges.last().copied().unwrap_or(0);
    let first = marks.first().cloned().unwrap_or(0..0);
    let (start, end) = if length <= LENGTH {
        (0, length)
    } else {
        let start = first.start.saturating_sub(BEFORE).min(length - LENGTH);
        let end = (start + LENGTH).max(first.end);
        (edge_behind(&edges, start), edge_before(&edges, end))
    };
    let within = |mark: &&Range<usize>| mark.start >= start && mark.end <= end;
    Snippet {
        text: utf16_slice(text, start..end).to_owned(),
        marks: marks
            .iter()
            .filter(within)
            .map(|mark| mark.start - start..mark.end - start)
            .collect(),
    }
}

/// A part of a text, whose ends are between characters.
fn utf16_slice(text: &str, part: Range<usize>) -> &str {
    let byte_at = |unit: usize| {
        let mut units = 0;
        let mut at = text.char_indices();
        let found = at.find(|(_, c)| {
            let is_there = units >= unit;
            units += c.len_utf16();
            is_there
        });
        found.map_or(text.len(), |(at, _)| at)
    };
    text.get(byte_at(part.start)..byte_at(part.end))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fold::fold;
    use super::*;

    fn marked<'a>(text: &'a str, typed: &str) -> Vec<&'a str> {
        let query = Query::parse(typed).expect("a query");
        let marks = marks(text, &query);
        marks
            .into_iter()
            .map(|mark| utf16_slice(text, mark))
            .collect()
    }

    #[test]
    fn marks_stand_on_the_text_as_it_is_shown() {
        assert_eq!(marked("ขอ ส้มตำ ค่ะ", "ส้มตำ"), ["ส้มตำ"]);
        assert_eq!(marked("ｶﾞﾗｽの入荷", "ガラ"), ["ｶﾞﾗ"]);
        assert_eq!(marked("5㌔です", "ロ"), ["㌔"]);
        assert_eq!(marked("Die Straße", "ss"), ["ß"]);
        assert_eq!(marked("🍎🍎 apple", "🍎"), ["🍎🍎"]);
        assert_eq!(marked("👩‍👩‍👧!", "👩"), ["👩‍👩‍👧"]);
        assert_eq!(marked("ก้าว", "ก"), ["ก้"]);
        assert_eq!(marked("e\u{301}te", "é"), ["e\u{301}"]);
        assert_eq!(marked("aaa", "aa"), ["aaa"]);
        assert_eq!(marked("ส้มตำ", "า"), [""; 0]);
        assert_eq!(marked("Blue and blue", "BLUE nd"), ["Blue", "nd", "blue"]);
    }

    #[test]
    fn a_snippet_is_the_text_around_the_first_word() {
        let long = format!("{} needle {}", "ผ้าไหม ".repeat(60), "สีฟ้า ".repeat(60));
        let query = Query::parse("needle").expect("a query");
        let found = snippet(&Words(vec![long.clone()]), &query).expect("found");
        assert!(long.contains(&found.text));
        assert!(found.text.encode_utf16().count() <= LENGTH);
        let mark = found.marks[0].clone();
        assert_eq!(utf16_slice(&found.text, mark), "needle");
        let short = snippet(&Words(vec!["a needle".to_owned()]), &query).expect("found");
        assert_eq!((short.text.as_str(), short.marks.len()), ("a needle", 1));
        assert_eq!(short.marks[0], 2..8);
        assert_eq!(snippet(&Words(vec!["need le".to_owned()]), &query), None);
    }

    proptest! {
        #[test]
        fn folding_what_is_marked_gives_the_query(
            text in "([a-zßé]|[ก-๛]|[ｦ-ﾟ]|[あ-ん]|[가-각]|🍎|👩‍👧|🏽|\u{301}|\u{3099}| ){1,24}",
            from in 0..24_usize, length in 1..8_usize,
        ) {
            let folded = fold(&text);
            let part: String = folded.chars().skip(from).take(length).collect();
            prop_assume!(!part.is_empty());
            let query = Query::parse(&format!("\"{part}\"")).expect("a query");
            let marks = marks(&text, &query);
            prop_assert!(!marks.is_empty());
            let edges = edges(&text);
            for mark in marks {
                prop_assert!(edges.contains(&mark.start) && edges.contains(&mark.end));
                prop_assert!(fold(utf16_slice(&text, mark)).contains(&part));
            }
            let found = snippet(&Words(vec![text.clone()]), &query).expect("found");
            prop_assert!(text.contains(&found.text));
        }
    }
}
