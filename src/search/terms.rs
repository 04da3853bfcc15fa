//! What an index holds of a text: for each place the three characters that begin there, and whose
//! text it is, as numbers of 44 bits that are in the order of their first characters.

use uuid::Uuid;

use super::Words;
use super::fold::fold;

/// A number that stands for three characters, or for whose text it is.
pub type Term = u64;

/// Bits of a term.
pub const TERM_BITS: u32 = 44;

/// Bits of the second and of the third character, which are hashed; the first is spelt in 18.
const HASH_BITS: u32 = 13;
const BEHIND_BITS: u32 = 2 * HASH_BITS;

/// Stand where characters do that no text has: first characters from here on say whose text it is.
const RESERVED: u64 = 0x3_fff0;
/// Numbers the places of a segment; see [`super::segment`].
pub const PLACES: Term = 0x3_ffff << BEHIND_BITS;

/// Most terms that are looked up for a word: what they name is read anyway.
const MOST_OF_WORD: usize = 8;

/// Whose text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The conversation's.
    Conversation(Uuid),
    /// The LINE account's.
    Channel(Uuid),
    /// The operator's who wrote it.
    Operator(Uuid),
}

/// A stretch of terms, both ends among them.
pub type Span = (Term, Term);

impl Owner {
    /// Its term.
    pub fn term(self) -> Term {
        let (kind, id) = match self {
            Self::Conversation(id) => (1, id),
            Self::Channel(id) => (2, id),
            Self::Operator(id) => (3, id),
        };
        // The end of an id is random; its beginning is a time.
        let hash = mix(id.as_u64_pair().1) & ((1 << BEHIND_BITS) - 1);
        ((RESERVED + kind) << BEHIND_BITS) | hash
    }
}

/// All terms of texts and of those that they belong to, in order, each once. None where there is
/// nothing to find.
pub fn terms_of(words: &Words, owners: &[Owner]) -> Vec<Term> {
    if words.is_empty() {
        return Vec::new();
    }
    let mut terms: Vec<Term> = owners.iter().map(|owner| owner.term()).collect();
    for text in &words.0 {
        let folded: Vec<char> = fold(text).chars().collect();
        terms.extend((0..folded.len()).map(|at| gram(&folded[at..])));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// What must all be among a text's terms so that it can have this folded word.
pub fn spans_of(word: &str) -> Vec<Span> {
    let word: Vec<char> = word.chars().collect();
    let Some(last) = word.len().checked_sub(3) else {
        let low = gram(&word);
        let free = HASH_BITS * (3 - u32::try_from(word.len()).unwrap_or(0)).min(2);
        return vec![(low, low | ((1 << free) - 1))];
    };
    // Each third, and the last, so that every character is asked for once; then those between them,
    // which ask for what stands across two words that are common, each for itself.
    let thirds: Vec<usize> = (0..last).step_by(3).chain([last]).collect();
    let step = thirds.len().div_ceil(MOST_OF_WORD);
    let between = (0..last).filter(|at| at % 3 != 0);
    let places = thirds.into_iter().step_by(step).chain(between);
    let exact = |at: usize| {
        let term = gram(&word[at..]);
        (term, term)
    };
    places.take(MOST_OF_WORD).map(exact).collect()
}

/// The first three of some characters; fewer at a text's end.
fn gram(chars: &[char]) -> Term {
    let behind = |at: usize| chars.get(at).map_or(0, |c| hash(*c));
    let first = chars.first().map_or(0, |c| spell(*c));
    (first << BEHIND_BITS) | (behind(1) << HASH_BITS) | behind(2)
}

/// The characters of the first four planes are themselves; beyond them are hardly any.
fn spell(c: char) -> u64 {
    let spelt = u64::from(u32::from(c)) & 0x3_ffff;
    if spelt >= RESERVED {
        spelt - 0x100
    } else {
        spelt
    }
}

/// 1 to 8,191.
fn hash(c: char) -> u64 {
    1 + mix(u64::from(u32::from(c))) % ((1 << HASH_BITS) - 1)
}

/// Spreads numbers; the finisher of Steele's, Lea's and Flood's `SplitMix`.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Words {
        Words(vec![text.to_owned()])
    }

    #[test]
    fn terms_are_below_those_of_places() {
        for c in ['a', 'ค', '🍎', '\u{3ffff}', '\u{10ffff}', '\u{fffff}'] {
            let term = gram(&[c, c, c]);
            assert!(term < RESERVED << BEHIND_BITS);
        }
        let owner = Owner::Operator(Uuid::max()).term();
        assert!(owner > RESERVED << BEHIND_BITS && owner < PLACES);
    }

    #[test]
    fn nothing_to_find_has_no_terms() {
        let owner = Owner::Channel(Uuid::nil());
        assert!(terms_of(&words(""), &[owner]).is_empty());
        assert_eq!(terms_of(&words("a"), &[owner]).len(), 2);
    }

    proptest! {
        #[test]
        fn every_part_of_a_text_is_among_its_terms(
            text in "\\PC{1,40}", from in 0..40_usize, length in 1..40_usize,
        ) {
            let terms = terms_of(&words(&text), &[]);
            let part: String = fold(&text).chars().skip(from).take(length).collect();
            prop_assume!(!part.is_empty());
            for (low, high) in spans_of(&part) {
                prop_assert!(terms.iter().any(|term| (low..=high).contains(term)));
            }
        }
    }
}
