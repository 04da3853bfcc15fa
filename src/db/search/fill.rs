//! Making the index: the tail becomes segments, small segments become large ones, and texts that
//! were there before the index come into it from the newest to the oldest.

use sqlx::FromRow;
use uuid::Uuid;

use super::index::{merged, segment_id};
use super::{Corpus, SegmentRow};
use crate::db::{Conn, DbError, later, on_db};
use crate::search::fold;
use crate::search::segment::{Entry, Segment};

/// How far an index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct IndexState {
    /// How its texts were folded.
    pub folding: i64,
    /// How often it was changed.
    pub changes: i64,
    /// Below which id its filling began.
    pub fill_from: Option<Uuid>,
    /// Below which id texts are still to come; nothing when all are there.
    pub fill_below: Option<Uuid>,
}

/// A piece of what is still to come, read beside the writer.
#[derive(Debug)]
pub struct Fill {
    /// How often the index was changed when it was read.
    pub changes: i64,
    /// What came of it, if anything in it can be found.
    pub segment: Option<Segment>,
    /// Below which id the rest is.
    pub below: Option<Uuid>,
}

fn segment_of(entries: Vec<Entry>) -> Option<Segment> {
    let findable = entries.into_iter().filter(|entry| !entry.terms.is_empty());
    Segment::of(findable.collect())
}

impl Conn<'_> {
    /// How far an index is; nothing where none was begun.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn index_state(&mut self, corpus: Corpus) -> Result<Option<IndexState>, DbError> {
        const SQL: &str = "SELECT folding, changes, fill_from, fill_below FROM search_state \
             WHERE corpus = $1";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL).bind(corpus.number()).fetch_optional(c).await?
        }))
    }

    /// Begins an index, or one in place of what was made under another folding and of which no
    /// segment is left: all texts that are there now are to come into it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_index(&mut self, corpus: Corpus) -> Result<(), DbError> {
        const BEGIN: &str = "INSERT INTO search_state (corpus, folding, changes, next_segment) \
             VALUES ($1, $2, 0, 0) ON CONFLICT (corpus) DO UPDATE SET \
             folding = excluded.folding, changes = search_state.changes + 1 \
             WHERE search_state.folding <> excluded.folding";
        const FROM: &str = "UPDATE search_state SET fill_from = $2, fill_below = $2 \
             WHERE corpus = $1";
        let begun = on_db!(self, c => {
            sqlx::query(BEGIN)
                .bind(corpus.number())
                .bind(fold::version())
                .execute(c)
                .await?
                .rows_affected()
        });
        if begun == 0 {
            return Ok(());
        }
        // First the tail: what comes meanwhile stays in it.
        self.empty_tail(corpus).await?;
        let newest = self.ids_below(corpus, Uuid::max(), 1).await?.pop();
        let below = newest.map(|id| Uuid::from_u128(id.as_u128().saturating_add(1)));
        later!(self, FROM, [corpus.number(), below]);
        Ok(())
    }

    /// Up to `limit` ids below one, the greatest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ids_below(
        &mut self,
        corpus: Corpus,
        below: Uuid,
        limit: i64,
    ) -> Result<Vec<Uuid>, DbError> {
        const CONTACTS: &str = "SELECT id FROM contacts WHERE id < $1 ORDER BY id DESC LIMIT $2";
        const MESSAGES: &str = "SELECT id FROM messages WHERE id < $1 ORDER BY id DESC LIMIT $2";
        let sql = match corpus {
            Corpus::Contacts => CONTACTS,
            Corpus::Messages => MESSAGES,
        };
        Ok(on_db!(self, c => sqlx::query_scalar(sql).bind(below).bind(limit).fetch_all(c).await?))
    }

    /// The first id of all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn first_findable(&mut self, corpus: Corpus) -> Result<Option<Uuid>, DbError> {
        const CONTACTS: &str = "SELECT id FROM contacts WHERE id > $1 ORDER BY id LIMIT 1";
        const MESSAGES: &str = "SELECT id FROM messages WHERE id > $1 ORDER BY id LIMIT 1";
        let sql = match corpus {
            Corpus::Contacts => CONTACTS,
            Corpus::Messages => MESSAGES,
        };
        Ok(on_db!(self, c => {
            sqlx::query_scalar(sql).bind(Uuid::nil()).fetch_optional(c).await?
        }))
    }

    /// Keeps others from the index until this change ends, and answers a number for a new segment.
    /// `None` when it was changed more often than `changes`, where that is asked.
    async fn take_index(
        &mut self,
        corpus: Corpus,
        changes: Option<i64>,
    ) -> Result<Option<i64>, DbError> {
        const SQL: &str = "UPDATE search_state SET changes = changes + 1, \
             next_segment = next_segment + 1 \
             WHERE corpus = $1 AND changes = COALESCE($2, changes) RETURNING next_segment";
        loop {
            let number: Option<i64> = on_db!(self, c => {
                sqlx::query_scalar(SQL)
                    .bind(corpus.number())
                    .bind(changes)
                    .fetch_optional(c)
                    .await?
            });
            match number {
                Some(number) if self.has_blocks(segment_id(corpus, number)).await? => {}
                number => return Ok(number),
            }
        }
    }

    /// Makes a segment of the first of the tail, at most `limit`; answers how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn flush_tail(&mut self, corpus: Corpus, limit: i64) -> Result<usize, DbError> {
        let Some(number) = self.take_index(corpus, None).await? else {
            return Ok(0);
        };
        let ids = self.take_tail(corpus, limit).await?;
        let found = self.findables(corpus, &ids).await?;
        let entries = found.iter().map(super::Findable::entry).collect();
        if let Some(segment) = segment_of(entries) {
            self.insert_segment(corpus, number, 0, segment).await?;
        }
        Ok(ids.len())
    }

    /// Reads the next piece of what is still to come: at most `limit` texts. `None` when all are
    /// there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_fill(&mut self, corpus: Corpus, limit: i64) -> Result<Option<Fill>, DbError> {
        let Some(state) = self.index_state(corpus).await? else {
            return Ok(None);
        };
        let Some(below) = state.fill_below else {
            return Ok(None);
        };
        let ids = self.ids_below(corpus, below, limit).await?;
        let found = self.findables(corpus, &ids).await?;
        let entries = found.iter().map(super::Findable::entry).collect();
        Ok(Some(Fill {
            changes: state.changes,
            segment: segment_of(entries),
            below: ids.last().copied(),
        }))
    }

    /// Puts a piece in, of segments that were merged so often. False when the index was changed
    /// since it was read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_fill(
        &mut self,
        corpus: Corpus,
        level: i64,
        fill: Fill,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE search_state SET fill_below = $2 WHERE corpus = $1";
        let Some(number) = self.take_index(corpus, Some(fill.changes)).await? else {
            return Ok(false);
        };
        if let Some(segment) = fill.segment {
            self.insert_segment(corpus, number, level, segment).await?;
        }
        later!(self, SQL, [corpus.number(), fill.below]);
        Ok(true)
    }

    /// Reads segments as one.
    ///
    /// # Errors
    /// When the database fails or one of them is damaged.
    pub async fn read_merged(
        &mut self,
        segments: &[SegmentRow],
    ) -> Result<Option<Segment>, DbError> {
        let mut all = Vec::with_capacity(segments.len());
        for segment in segments {
            all.push(self.segment_blocks(segment.id).await?);
        }
        merged(&all)
    }

    /// Puts one segment in place of several that it was merged of. False when the index was
    /// changed since they were read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_merged(
        &mut self,
        corpus: Corpus,
        changes: i64,
        of: &[SegmentRow],
        one: Option<Segment>,
    ) -> Result<bool, DbError> {
        let Some(number) = self.take_index(corpus, Some(changes)).await? else {
            return Ok(false);
        };
        let level = of.iter().map(|segment| segment.level).max().unwrap_or(0);
        for segment in of {
            self.delete_segment(corpus, *segment).await?;
        }
        if let Some(one) = one {
            self.insert_segment(corpus, number, level + 1, one).await?;
        }
        Ok(true)
    }

    /// Removes a segment whose texts are put into the index anew.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_segment(
        &mut self,
        corpus: Corpus,
        segment: SegmentRow,
    ) -> Result<(), DbError> {
        self.delete_segment(corpus, segment).await
    }
}
