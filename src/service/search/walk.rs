//! The ids of what may fit, from the greatest to the least. The index is looked through from its
//! newest segments on, more of them at a time the fewer have anything.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

use uuid::Uuid;

use crate::db::search::{BlockOf, Corpus, SegmentRow};
use crate::db::{Conn, DbError};
use crate::protocol::Timestamp;
use crate::search::Damaged;
use crate::search::blocks::Block;
use crate::search::postings::{both, either};
use crate::search::query::Query;
use crate::search::segment::{numbered_places, spans_of_places};
use crate::search::terms::{Owner, Span, spans_of};

/// Most segments that are looked through at once.
const MOST: usize = 64;

/// Segments' rows that are read at first, and later.
const FIRST_ROWS: i64 = 8;
const MORE_ROWS: i64 = 256;

/// So few texts of a segment are read rather than looked up once more.
const FEW: usize = 4;

/// What is asked beside the words.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// Whose it is to be, all of them.
    pub(super) owners: Vec<Owner>,
    pub(super) from: Option<Timestamp>,
    pub(super) to: Option<Timestamp>,
}

impl Wanted {
    pub(super) fn is_in_time(&self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at < to)
    }

    fn may_have(&self, segment: &SegmentRow) -> bool {
        self.from.is_none_or(|from| from <= segment.last_at)
            && self.to.is_none_or(|to| segment.first_at < to)
    }
}

/// A walk through what may fit.
pub(super) struct Walk<'a> {
    corpus: Corpus,
    wanted: &'a Wanted,
    /// What a text must have of each, the rarer ones first.
    spans: Vec<Span>,
    before: Uuid,
    /// What was found and not yet given out.
    found: BinaryHeap<Uuid>,
    /// Segments that were not looked through, those of the greatest last ids first.
    segments: VecDeque<SegmentRow>,
    /// The last segment whose row was read, unless that was the last of all.
    read: Option<SegmentRow>,
    is_read: bool,
    /// Segments that are looked through at once.
    group: usize,
}

impl<'a> Walk<'a> {
    /// Begins below an id.
    pub(super) async fn begin(
        conn: &mut Conn<'_>,
        corpus: Corpus,
        wanted: &'a Wanted,
        query: &Query,
        before: Uuid,
    ) -> Result<Self, DbError> {
        Ok(Self {
            corpus,
            wanted,
            spans: spans(wanted, query),
            before,
            // Nobody has looked at what these say, so all may fit.
            found: conn.search_tail(corpus, before).await?.into(),
            segments: VecDeque::new(),
            read: None,
            is_read: false,
            group: 1,
        })
    }

    /// Up to `most` ids that follow; `None` at the end.
    pub(super) async fn next(
        &mut self,
        conn: &mut Conn<'_>,
        most: usize,
    ) -> Result<Option<Vec<Uuid>>, DbError> {
        loop {
            self.read_rows(conn).await?;
            let ids = self.give_out(most);
            if !ids.is_empty() {
                return Ok(Some(ids));
            }
            if self.segments.is_empty() {
                return Ok(None);
            }
            let behind = self.group.min(self.segments.len());
            let some: Vec<SegmentRow> = self.segments.drain(..behind).collect();
            self.group = (self.group * 2).min(MOST);
            self.look(conn, &some).await?;
        }
    }

    /// Reads more segments' rows where none are left, until there are some or no more.
    async fn read_rows(&mut self, conn: &mut Conn<'_>) -> Result<(), DbError> {
        while self.segments.is_empty() && !self.is_read {
            let limit = self.read.map_or(FIRST_ROWS, |_| MORE_ROWS);
            let rows = conn.segments_after(self.corpus, self.read, limit).await?;
            self.read = rows.last().copied();
            self.is_read = self.read.is_none();
            let may_have =
                |row: &SegmentRow| row.first_id < self.before && self.wanted.may_have(row);
            self.segments.extend(rows.into_iter().filter(may_have));
        }
        Ok(())
    }

    /// What was found and stands before all that can still be found.
    fn give_out(&mut self, most: usize) -> Vec<Uuid> {
        let rest = self.segments.front().map(|segment| segment.last_id);
        let mut ids: Vec<Uuid> = Vec::new();
        while ids.len() < most {
            let is_next = |id: &Uuid| rest.is_none_or(|rest| *id >= rest);
            match self.found.peek().copied().filter(is_next) {
                None => break,
                Some(id) => {
                    self.found.pop();
                    // The same text may stand in two segments.
                    if id < self.before {
                        self.before = id;
                        ids.push(id);
                    }
                }
            }
        }
        ids
    }

    /// Looks segments through.
    async fn look(&mut self, conn: &mut Conn<'_>, segments: &[SegmentRow]) -> Result<(), DbError> {
        // Which texts of each segment have all that was looked up so far.
        let mut fit: BTreeMap<i64, Option<Vec<u32>>> =
            segments.iter().map(|segment| (segment.id, None)).collect();
        for span in &self.spans {
            let is_open = |fit: &Option<Vec<u32>>| fit.as_ref().is_none_or(|fit| fit.len() > FEW);
            let asked: Vec<(i64, Span)> = fit
                .iter()
                .filter(|(_, fit)| is_open(fit))
                .map(|(segment, _)| (*segment, *span))
                .collect();
            if asked.is_empty() {
                break;
            }
            let mut blocks = by_segment(conn.blocks_within(&asked).await?);
            for (segment, _) in asked {
                let blocks = blocks.remove(&segment).unwrap_or_default();
                let has = places_within(&blocks, *span).map_err(damaged)?;
                let before = fit.remove(&segment).flatten();
                let left = match before {
                    Some(before) => both(&before, &has),
                    None => has,
                };
                if !left.is_empty() {
                    fit.insert(segment, Some(left));
                }
            }
        }
        self.take_ids(conn, fit).await
    }

    /// Notes the ids at these places of segments.
    async fn take_ids(
        &mut self,
        conn: &mut Conn<'_>,
        fit: BTreeMap<i64, Option<Vec<u32>>>,
    ) -> Result<(), DbError> {
        let mut asked = Vec::new();
        for (segment, places) in &fit {
            let spans = spans_of_places(places.as_deref().unwrap_or_default());
            asked.extend(spans.into_iter().map(|span| (*segment, span)));
        }
        if asked.is_empty() {
            return Ok(());
        }
        let blocks = by_segment(conn.blocks_within(&asked).await?);
        for (segment, blocks) in blocks {
            let places = fit.get(&segment).and_then(Option::as_deref);
            let places = places.unwrap_or_default();
            for (number, place) in numbered_places(&blocks).map_err(damaged)? {
                let fits = places.binary_search(&number).is_ok()
                    && place.id < self.before
                    && self.wanted.is_in_time(Timestamp(place.at));
                if fits {
                    self.found.push(place.id);
                }
            }
        }
        Ok(())
    }
}

/// What a text must have: first whose it is, then long words, since they are rare.
fn spans(wanted: &Wanted, query: &Query) -> Vec<Span> {
    let owners = wanted.owners.iter().map(|owner| owner.term());
    let mut spans: Vec<Span> = owners.map(|term| (term, term)).collect();
    let mut words: Vec<Span> = query
        .words()
        .iter()
        .flat_map(|word| spans_of(word))
        .collect();
    words.sort_by_key(|(low, high)| high - low);
    let mut seen = BTreeSet::new();
    words.retain(|span| seen.insert(*span));
    spans.extend(words);
    spans
}

/// The blocks of each segment, each once.
fn by_segment(blocks: Vec<BlockOf>) -> BTreeMap<i64, Vec<Block>> {
    let mut sorted: BTreeMap<i64, Vec<Block>> = BTreeMap::new();
    for BlockOf { segment, block } in blocks {
        let of_it = sorted.entry(segment).or_default();
        if of_it.last().is_none_or(|last| last.term != block.term) {
            of_it.push(block);
        }
    }
    sorted
}

/// The places of texts that have any term of a stretch.
fn places_within(blocks: &[Block], span: Span) -> Result<Vec<u32>, Damaged> {
    let mut lists = Vec::new();
    for block in blocks {
        for (_, list) in block.lists_within(span)? {
            lists.push(list.places()?);
        }
    }
    if lists.len() == 1 {
        return Ok(lists.pop().unwrap_or_default());
    }
    Ok(either(lists))
}

fn damaged(_: Damaged) -> DbError {
    DbError::Row {
        table: "search_blocks",
        why: "it is not of the form of a block".to_owned(),
    }
}
