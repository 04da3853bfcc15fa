//! A segment: the index of up to some thousands of texts, which stand in it in the order of their
//! ids. Behind the lists of their terms stand the ids themselves with their times, 64 to a list.

use uuid::Uuid;

use super::Damaged;
use super::blocks::{Block, Packer};
use super::postings::{List, read_number, write_number};
use super::terms::{PLACES, Span, Term};

/// Ids of one list.
const IDS: usize = 64;

/// A text that is to be found.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Whose: a message's or contact's.
    pub id: Uuid,
    /// When it was written, in Unix milliseconds.
    pub at: i64,
    /// In order, each once.
    pub terms: Vec<Term>,
}

/// An id and its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whose text it is.
    pub id: Uuid,
    /// When it was written, in Unix milliseconds.
    pub at: i64,
}

/// Blocks and what they are about.
#[derive(Clone, Debug)]
pub struct Segment {
    /// In order.
    pub blocks: Vec<Block>,
    /// Every text, in the order of the ids.
    pub places: Vec<Place>,
}

impl Segment {
    /// Of some texts. `None` of none.
    pub fn of(mut entries: Vec<Entry>) -> Option<Self> {
        entries.sort_by_key(|entry| entry.id);
        let mut pairs: Vec<(Term, u32)> = Vec::new();
        let mut places = Vec::with_capacity(entries.len());
        for (at, entry) in (0_u32..).zip(entries) {
            pairs.extend(entry.terms.iter().map(|term| (*term, at)));
            places.push(Place {
                id: entry.id,
                at: entry.at,
            });
        }
        pairs.sort_unstable();
        Self::packed(&pairs, places)
    }

    /// Of several segments.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn merged(segments: &[Vec<Block>]) -> Result<Option<Self>, Damaged> {
        let mut all: Vec<(Place, usize, usize)> = Vec::new();
        let mut olds = Vec::with_capacity(segments.len());
        for (segment, blocks) in segments.iter().enumerate() {
            let places = places(blocks)?;
            olds.push(vec![0_u32; places.len()]);
            all.extend((0..).zip(places).map(|(at, place)| (place, segment, at)));
        }
        all.sort_by_key(|(place, segment, _)| (place.id, *segment));
        for (new, (_, segment, at)) in (0_u32..).zip(&all) {
            olds[*segment][*at] = new;
        }
        let mut pairs = Vec::new();
        for (blocks, news) in segments.iter().zip(&olds) {
            for block in blocks {
                for (term, list) in block.lists_within((0, PLACES - 1))? {
                    for place in list.places()? {
                        let new = news.get(place as usize).ok_or(Damaged)?;
                        pairs.push((term, *new));
                    }
                }
            }
        }
        pairs.sort_unstable();
        let places = all.into_iter().map(|(place, ..)| place).collect();
        Ok(Self::packed(&pairs, places))
    }

    fn packed(pairs: &[(Term, u32)], places: Vec<Place>) -> Option<Self> {
        if places.is_empty() {
            return None;
        }
        let mut packer = Packer::default();
        let mut list = Vec::new();
        for one in pairs.chunk_by(|one, next| one.0 == next.0) {
            list.clear();
            list.extend(one.iter().map(|(_, place)| *place));
            if let Some((term, _)) = one.first() {
                packer.add(*term, &List::of(&list, places.len()));
            }
        }
        for (number, some) in (PLACES..).zip(places.chunks(IDS)) {
            packer.add(number, &List::Other(written(some)));
        }
        Some(Self {
            blocks: packer.finish(),
            places,
        })
    }
}

/// Where the ids at these places of a segment stand, in order, each stretch once.
pub fn spans_of_places(at: &[u32]) -> Vec<Span> {
    let mut spans: Vec<Span> = at
        .iter()
        .map(|place| PLACES + Term::from(*place) / IDS as Term)
        .map(|term| (term, term))
        .collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// All ids of a segment.
pub const ALL_PLACES: Span = (PLACES, (1 << super::terms::TERM_BITS) - 1);

/// The ids in these blocks, each with its place in the segment.
///
/// # Errors
/// [`Damaged`].
pub fn numbered_places(blocks: &[Block]) -> Result<Vec<(u32, Place)>, Damaged> {
    let mut found = Vec::new();
    for block in blocks {
        for (term, list) in block.lists_within(ALL_PLACES)? {
            let List::Other(bytes) = list else {
                return Err(Damaged);
            };
            let first = (term - PLACES) * IDS as Term;
            let first = u32::try_from(first).map_err(|_| Damaged)?;
            found.extend((first..).zip(read(&bytes)?));
        }
    }
    Ok(found)
}

fn places(blocks: &[Block]) -> Result<Vec<Place>, Damaged> {
    let numbered = numbered_places(blocks)?;
    let is_whole = (0_u32..)
        .zip(&numbered)
        .all(|(at, (number, _))| at == *number);
    let places = numbered.into_iter().map(|(_, place)| place);
    is_whole.then(|| places.collect()).ok_or(Damaged)
}

fn written(places: &[Place]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(places.len() * 19);
    for place in places {
        bytes.extend_from_slice(place.id.as_bytes());
        let later = place.at.wrapping_sub(made_at(place.id));
        // Small numbers of either sign in few bytes.
        write_number(&mut bytes, ((later << 1) ^ (later >> 63)).cast_unsigned());
    }
    bytes
}

fn read(bytes: &[u8]) -> Result<Vec<Place>, Damaged> {
    let mut rest = bytes;
    let mut places = Vec::with_capacity(IDS);
    while !rest.is_empty() {
        let (id, behind) = rest.split_first_chunk::<16>().ok_or(Damaged)?;
        rest = behind;
        let id = Uuid::from_bytes(*id);
        let later = read_number(&mut rest)?;
        let later = (later >> 1).cast_signed() ^ -((later & 1).cast_signed());
        places.push(Place {
            id,
            at: made_at(id).wrapping_add(later),
        });
    }
    Ok(places)
}

/// The time with which an id begins (RFC 9562, version 7), in Unix milliseconds.
pub fn made_at(id: Uuid) -> i64 {
    (id.as_u64_pair().0 >> 16).cast_signed()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn entries() -> impl Strategy<Value = Vec<Entry>> {
        let terms = prop::collection::btree_set(0..400_u64, 1..12);
        let one = (any::<u128>(), any::<i64>(), terms);
        prop::collection::vec(one, 1..200).prop_map(|all| {
            let entry = |(id, at, terms): (u128, i64, BTreeSet<u64>)| Entry {
                id: Uuid::from_u128(id),
                at,
                terms: terms.into_iter().collect(),
            };
            all.into_iter().map(entry).collect()
        })
    }

    /// What a segment says of itself: ids, times and terms.
    fn said(blocks: &[Block]) -> Vec<(Uuid, i64, BTreeSet<Term>)> {
        let places = places(blocks).expect("whole");
        let mut said: Vec<_> = places
            .iter()
            .map(|place| (place.id, place.at, BTreeSet::new()))
            .collect();
        for block in blocks {
            for (term, list) in block.lists_within((0, PLACES - 1)).expect("whole") {
                for at in list.places().expect("whole") {
                    said[at as usize].2.insert(term);
                }
            }
        }
        said
    }

    fn wanted(mut entries: Vec<Entry>) -> Vec<(Uuid, i64, BTreeSet<Term>)> {
        entries.sort_by_key(|entry| entry.id);
        let one = |entry: Entry| (entry.id, entry.at, entry.terms.into_iter().collect());
        entries.into_iter().map(one).collect()
    }

    proptest! {
        #[test]
        fn a_segment_says_what_it_was_made_of(entries in entries()) {
            let segment = Segment::of(entries.clone()).expect("some");
            prop_assert_eq!(said(&segment.blocks), wanted(entries));
        }

        #[test]
        fn a_place_is_found_by_its_number(entries in entries(), at in 0..200_u32) {
            let segment = Segment::of(entries).expect("some");
            prop_assume!((at as usize) < segment.places.len());
            let (low, high) = spans_of_places(&[at])[0];
            let near: Vec<Block> = segment
                .blocks
                .into_iter()
                .filter(|block| !block.lists_within((low, high)).expect("whole").is_empty())
                .collect();
            let found = numbered_places(&near).expect("whole");
            prop_assert!(found.contains(&(at, segment.places[at as usize])));
        }

        #[test]
        fn segments_merge_into_one_of_all_their_texts(one in entries(), other in entries()) {
            let blocks = |entries: &[Entry]| Segment::of(entries.to_vec()).expect("some").blocks;
            let merged = Segment::merged(&[blocks(&one), blocks(&other)]).expect("whole");
            let all: Vec<Entry> = one.into_iter().chain(other).collect();
            prop_assert_eq!(said(&merged.expect("some").blocks), wanted(all));
        }
    }
}
