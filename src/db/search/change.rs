//! A text changes or goes: its terms change in the blocks of its segment, in the same change.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::{Corpus, SegmentRow, damaged};
use crate::db::{Conn, DbError, on_db};
use crate::search::blocks::{Block, Packer};
use crate::search::postings::List;
use crate::search::segment::{ALL_PLACES, numbered_places};
use crate::search::terms::Term;

/// What something was found by before it changes.
#[derive(Clone, Debug)]
pub struct Standing {
    corpus: Corpus,
    id: Uuid,
    /// In order, each once.
    terms: Vec<Term>,
}

/// What becomes of one text's terms.
struct Changed {
    gone: BTreeSet<Term>,
    come: BTreeSet<Term>,
}

impl Conn<'_> {
    /// What something is found by, to be asked before it changes and given to [`Conn::reword`]
    /// afterwards.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing(&mut self, corpus: Corpus, id: Uuid) -> Result<Standing, DbError> {
        let found = self.findables(corpus, &[id]).await?;
        let terms = found.first().map(|found| found.entry().terms);
        Ok(Standing {
            corpus,
            id,
            terms: terms.unwrap_or_default(),
        })
    }

    /// Lets something be found by what it says now, and by nothing else.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reword(&mut self, before: Standing) -> Result<(), DbError> {
        let after = self.standing(before.corpus, before.id).await?;
        if before.terms == after.terms || self.hold_in_tail(before.corpus, before.id).await? {
            return Ok(());
        }
        let Some(waits_below) = self.hold_index(before.corpus).await? else {
            return Ok(());
        };
        let old: BTreeSet<Term> = before.terms.into_iter().collect();
        let new: BTreeSet<Term> = after.terms.into_iter().collect();
        let changed = Changed {
            gone: old.difference(&new).copied().collect(),
            come: new.difference(&old).copied().collect(),
        };
        let mut stands = false;
        for segment in self.segments_around(before.corpus, before.id).await? {
            stands |= self.change_segment(&segment, before.id, &changed).await?;
        }
        let comes_by_itself = waits_below.is_some_and(|below| before.id < below);
        if !stands && !comes_by_itself && !new.is_empty() {
            self.add_to_tail(before.corpus, before.id).await?;
        }
        Ok(())
    }

    /// Counts a change and keeps others from the index until this one ends; answers below which id
    /// texts are still to come. `None` where there is no index yet.
    async fn hold_index(&mut self, corpus: Corpus) -> Result<Option<Option<Uuid>>, DbError> {
        const SQL: &str = "UPDATE search_state SET changes = changes + 1 WHERE corpus = $1 \
             RETURNING fill_below";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(corpus.number()).fetch_optional(c).await?
        }))
    }

    /// Changes the terms of a text in a segment. False when the segment does not have it.
    async fn change_segment(
        &mut self,
        segment: &SegmentRow,
        id: Uuid,
        changed: &Changed,
    ) -> Result<bool, DbError> {
        let blocks = self.blocks_within(&[(segment.id, ALL_PLACES)]).await?;
        let blocks: Vec<Block> = blocks.into_iter().map(|block| block.block).collect();
        let places = numbered_places(&blocks).map_err(damaged)?;
        let found = places.binary_search_by_key(&id, |(_, place)| place.id);
        let Some((at, _)) = found.ok().and_then(|found| places.get(found)) else {
            return Ok(false);
        };
        let spans: Vec<_> = changed
            .gone
            .union(&changed.come)
            .map(|term| (segment.id, (*term, *term)))
            .collect();
        let blocks = self.blocks_within(&spans).await?;
        let blocks = blocks
            .into_iter()
            .map(|block| (block.block.term, block.block));
        let blocks: BTreeMap<Term, Block> = blocks.collect();
        let texts = usize::try_from(segment.size).unwrap_or(usize::MAX);
        for rewritten in rewrite(&blocks, *at, texts, changed)? {
            if let Some(old) = rewritten.old {
                self.delete_block(segment.id, old).await?;
            }
            for block in rewritten.new {
                self.insert_block(segment.id, block).await?;
            }
        }
        Ok(true)
    }
}

/// Blocks in place of one.
struct Rewritten {
    /// The first term of what they replace, if anything.
    old: Option<Term>,
    new: Vec<Block>,
}

/// The blocks with the text at this place in other lists than before.
fn rewrite(
    blocks: &BTreeMap<Term, Block>,
    at: u32,
    texts: usize,
    changed: &Changed,
) -> Result<Vec<Rewritten>, DbError> {
    let home = |term: Term| blocks.range(..=term).next_back().map(|(first, _)| *first);
    let mut of_block: BTreeMap<Option<Term>, Vec<(Term, bool)>> = BTreeMap::new();
    let gone = changed.gone.iter().map(|term| (*term, false));
    for (term, comes) in gone.chain(changed.come.iter().map(|term| (*term, true))) {
        of_block.entry(home(term)).or_default().push((term, comes));
    }
    let mut rewritten = Vec::new();
    for (old, terms) in of_block {
        let block = old.and_then(|old| blocks.get(&old));
        let mut lists = match block {
            Some(block) => block.lists().map_err(damaged)?.into_iter().collect(),
            None => BTreeMap::new(),
        };
        for (term, comes) in terms {
            let list: Option<List> = lists.remove(&term);
            let places = list.as_ref().map(List::places).transpose();
            let mut places = places.map_err(damaged)?.unwrap_or_default();
            places.retain(|place| *place != at);
            if comes {
                let behind = places.partition_point(|place| *place < at);
                places.insert(behind, at);
            }
            if !places.is_empty() {
                lists.insert(term, List::of(&places, texts));
            }
        }
        let mut packer = Packer::default();
        for (term, list) in &lists {
            packer.add(*term, list);
        }
        rewritten.push(Rewritten {
            old,
            new: packer.finish(),
        });
    }
    Ok(rewritten)
}
