//! Lists of terms, packed: a block holds those of terms that follow each other, about a page of
//! the database full.

use std::collections::BTreeMap;

use super::Damaged;
use super::postings::{List, read_number, write_number};
use super::terms::Term;

/// Bytes of a block: a page of SQLite's holds one, a page of PostgreSQL's two. No list is longer
/// than 2 KiB.
const BLOCK_BYTES: usize = 4_000;

/// Some terms and their lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The first term.
    pub term: Term,
    /// The lists.
    pub body: Vec<u8>,
}

/// Packs lists into blocks.
#[derive(Debug, Default)]
pub struct Packer {
    full: Vec<Block>,
    open: Option<Block>,
    /// The last term of the open block.
    last: Term,
}

impl Packer {
    /// Adds the list of a term that is greater than those before it.
    pub fn add(&mut self, term: Term, list: &List) {
        let bytes = list.bytes();
        let is_full = |open: &mut Block| open.body.len() + bytes.len() + 12 > BLOCK_BYTES;
        self.full.extend(self.open.take_if(is_full));
        let open = self.open.get_or_insert_with(|| {
            self.last = term;
            Block {
                term,
                body: Vec::with_capacity(BLOCK_BYTES),
            }
        });
        write_number(&mut open.body, term - self.last);
        let kind = match list {
            List::Distances(_) => 0,
            List::Bits(_) => 1,
            List::Other(_) => 2,
        };
        write_number(&mut open.body, ((bytes.len() as u64) << 2) | kind);
        open.body.extend_from_slice(bytes);
        self.last = term;
    }

    /// All blocks.
    pub fn finish(self) -> Vec<Block> {
        let mut blocks = self.full;
        blocks.extend(self.open);
        blocks
    }
}

impl Block {
    /// The lists, in order.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn lists(&self) -> Result<Vec<(Term, List)>, Damaged> {
        self.lists_within((Term::MIN, Term::MAX))
    }

    /// The lists of terms within a stretch, in order.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn lists_within(&self, (low, high): (Term, Term)) -> Result<Vec<(Term, List)>, Damaged> {
        let mut found = Vec::new();
        let mut rest = self.body.as_slice();
        let mut term = self.term;
        while !rest.is_empty() {
            let step = read_number(&mut rest)?;
            term = term.checked_add(step).ok_or(Damaged)?;
            if term > high {
                break;
            }
            let head = read_number(&mut rest)?;
            let length = usize::try_from(head >> 2).map_err(|_| Damaged)?;
            let (bytes, behind) = rest.split_at_checked(length).ok_or(Damaged)?;
            rest = behind;
            if term >= low {
                let list = match head & 3 {
                    0 => List::Distances(bytes.to_vec()),
                    1 => List::Bits(bytes.to_vec()),
                    2 => List::Other(bytes.to_vec()),
                    _ => return Err(Damaged),
                };
                found.push((term, list));
            }
        }
        Ok(found)
    }

    /// The block with other lists for some terms, in several where it becomes too long for one;
    /// none when nothing is left in it.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn with(&self, changed: BTreeMap<Term, Option<List>>) -> Result<Vec<Self>, Damaged> {
        let mut lists: BTreeMap<Term, List> = self.lists()?.into_iter().collect();
        for (term, list) in changed {
            match list {
                Some(list) => drop(lists.insert(term, list)),
                None => drop(lists.remove(&term)),
            }
        }
        let mut packer = Packer::default();
        for (term, list) in &lists {
            packer.add(*term, list);
        }
        Ok(packer.finish())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn packed(lists: &BTreeMap<Term, List>) -> Vec<Block> {
        let mut packer = Packer::default();
        for (term, list) in lists {
            packer.add(*term, list);
        }
        packer.finish()
    }

    fn unpacked(blocks: &[Block]) -> BTreeMap<Term, List> {
        let lists = blocks
            .iter()
            .flat_map(|block| block.lists().expect("whole"));
        lists.collect()
    }

    #[test]
    fn a_block_that_is_cut_off_is_noticed() {
        let lists = BTreeMap::from([(7, List::of(&[1, 2, 3], 100))]);
        let mut block = packed(&lists).remove(0);
        block.body.pop();
        assert_eq!(block.lists(), Err(Damaged));
    }

    #[test]
    fn the_end_of_the_last_list_leaves_no_block() {
        let block = packed(&BTreeMap::from([(7, List::of(&[1], 9))])).remove(0);
        let gone = block.with(BTreeMap::from([(7, None)]));
        assert_eq!(gone, Ok(Vec::new()));
    }

    proptest! {
        #[test]
        fn lists_come_back_and_change(
            lists in prop::collection::btree_map(0..1_u64 << 44, prop::collection::vec(any::<u8>(), 0..600), 1..60),
            changes in prop::collection::btree_map(0..1_u64 << 44, any::<bool>(), 0..10),
        ) {
            let mut lists: BTreeMap<Term, List> =
                lists.into_iter().map(|(term, bytes)| (term, List::Other(bytes))).collect();
            let mut blocks = packed(&lists);
            prop_assert!(blocks.iter().all(|block| block.body.len() <= BLOCK_BYTES));
            prop_assert_eq!(&unpacked(&blocks), &lists);
            let (some, _) = lists.first_key_value().map(|(term, list)| (*term, list.clone())).expect("one");
            let block = blocks.remove(0);
            let end = blocks.first().map_or(1 << 44, |next| next.term);
            let mut changed: BTreeMap<Term, Option<List>> = changes
                .into_iter()
                .filter(|(term, _)| (block.term..end).contains(term))
                .map(|(term, stays)| (term, stays.then(|| List::Other(vec![9; 700]))))
                .collect();
            changed.insert(some, None);
            for (term, list) in &changed {
                match list {
                    Some(list) => drop(lists.insert(*term, list.clone())),
                    None => drop(lists.remove(term)),
                }
            }
            let mut after = block.with(changed).expect("whole");
            after.extend(blocks);
            prop_assert_eq!(unpacked(&after), lists);
        }
    }
}
