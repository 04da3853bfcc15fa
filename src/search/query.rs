//! What somebody looks for: words that must all be there, and phrases in quotation marks.

use super::Words;
use super::fold::fold;

/// Most UTF-16 units of a query.
pub const QUERY_MAX: usize = 1_000;

/// Why a query is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryFault {
    /// It has more than [`QUERY_MAX`] UTF-16 units.
    TooLong,
    /// Nothing is left of it but spaces and quotation marks.
    Empty,
}

/// Words and phrases, folded; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Reads what was typed. Where a word could begin, a `"` begins a phrase, which ends with the
    /// next one or with the query; within it `""` stands for one. Anywhere else it is a character.
    ///
    /// # Errors
    /// [`QueryFault`].
    pub fn parse(typed: &str) -> Result<Self, QueryFault> {
        if typed.encode_utf16().count() > QUERY_MAX {
            return Err(QueryFault::TooLong);
        }
        let mut words = Vec::new();
        let mut rest = typed.trim_start();
        while let Some(first) = rest.chars().next() {
            let (word, behind) = if is_quote(first) {
                phrase(&rest[first.len_utf8()..])
            } else {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            };
            let word = fold(&word);
            if !word.is_empty() && !words.contains(&word) {
                words.push(word);
            }
            rest = behind.trim_start();
        }
        if words.is_empty() {
            return Err(QueryFault::Empty);
        }
        Ok(Self { words })
    }

    /// What must be there, folded, in the order in which it was typed.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether all words are there.
    pub fn finds(&self, words: &Words) -> bool {
        let folded: Vec<String> = words.0.iter().map(|text| fold(text)).collect();
        self.words
            .iter()
            .all(|word| folded.iter().any(|text| text.contains(word)))
    }
}

/// Also as input methods for full width write it.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '＂')
}

/// The phrase that begins here, and what follows it.
fn phrase(text: &str) -> (String, &str) {
    let mut words = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if !is_quote(c) {
            words.push(c);
            continue;
        }
        let after = rest.clone().next();
        if !after.is_some_and(is_quote) {
            return (words, rest.as_str());
        }
        rest.next();
        words.push(c);
    }
    (words, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(typed: &str) -> Vec<String> {
        Query::parse(typed).expect("a query").words
    }

    #[test]
    fn words_are_parted_by_spaces_and_phrases_are_not() {
        assert_eq!(words("  ผ้าไหม　Blue\n5\" "), ["ผ้าไหม", "blue", "5\""]);
        assert_eq!(words("\"two words\" x"), ["two words", "x"]);
        assert_eq!(words("\"open end"), ["open end"]);
        assert_eq!(words("\"say \"\"hi\"\"\""), ["say \"hi\""]);
        assert_eq!(words("＂入荷 未定＂"), ["入荷 未定"]);
        assert_eq!(words("ค ค a A"), ["ค", "a"]);
        assert_eq!(words("\" \""), [" "]);
    }

    #[test]
    fn nothing_and_too_much_are_no_query() {
        for typed in ["", "   ", "\"", "\"\" \"\"", "　\"\""] {
            assert_eq!(Query::parse(typed), Err(QueryFault::Empty), "{typed:?}");
        }
        assert!(Query::parse(&"ก".repeat(QUERY_MAX)).is_ok());
        assert_eq!(Query::parse(&"ก".repeat(5_000)), Err(QueryFault::TooLong));
        assert_eq!(Query::parse(&"🍎".repeat(501)), Err(QueryFault::TooLong));
    }

    #[test]
    fn every_word_must_be_there_in_any_of_the_texts() {
        let query = Query::parse("quick 入荷").expect("a query");
        let texts = |texts: &[&str]| Words(texts.iter().map(|text| (*text).to_owned()).collect());
        assert!(query.finds(&texts(&["A Quick look: 入荷"])));
        assert!(query.finds(&texts(&["QUICK", "入荷.pdf"])));
        assert!(!query.finds(&texts(&["quick"])));
        assert!(!query.finds(&texts(&["quick 入 荷"])));
        assert!(!query.finds(&texts(&["quick 入", "荷"])));
    }
}
