//! Segments and their blocks.

use sqlx::FromRow;
use uuid::Uuid;

use super::{Corpus, damaged};
use crate::db::{Conn, DbError, later, on_db};
use crate::protocol::Timestamp;
use crate::search::blocks::Block;
use crate::search::segment::Segment;
use crate::search::terms::{Span, TERM_BITS, Term};

/// What a segment is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct SegmentRow {
    /// The upper bits of its blocks' keys.
    pub id: i64,
    /// How often segments were merged into it.
    pub level: i64,
    /// How many texts it has.
    pub size: i64,
    /// The first of their ids.
    pub first_id: Uuid,
    /// The last of their ids.
    pub last_id: Uuid,
    /// The first of their times.
    pub first_at: Timestamp,
    /// The last of their times.
    pub last_at: Timestamp,
}

/// A block and the segment that it is of.
#[derive(Clone, Debug)]
pub struct BlockOf {
    /// Its segment's id.
    pub segment: i64,
    /// What it holds.
    pub block: Block,
}

#[derive(FromRow)]
struct BlockRow {
    key: i64,
    body: Vec<u8>,
}

const TERMS: i64 = 1 << TERM_BITS;

/// Numbers that segments of a corpus can have; they are used again when all were.
const NUMBERS: i64 = 1 << 18;

/// The id of a corpus' segment.
pub(super) const fn segment_id(corpus: Corpus, number: i64) -> i64 {
    ((number % NUMBERS) << 1) | corpus.number()
}

/// The key of a block.
fn key(segment: i64, term: Term) -> i64 {
    segment * TERMS + term.cast_signed()
}

impl From<BlockRow> for BlockOf {
    fn from(row: BlockRow) -> Self {
        Self {
            segment: row.key / TERMS,
            block: Block {
                term: (row.key % TERMS).unsigned_abs(),
                body: row.body,
            },
        }
    }
}

impl Conn<'_> {
    /// Up to `limit` segments, those of the greatest last ids first, after one of these.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn segments_after(
        &mut self,
        corpus: Corpus,
        after: Option<SegmentRow>,
        limit: i64,
    ) -> Result<Vec<SegmentRow>, DbError> {
        const SQL: &str = "SELECT id, level, size, first_id, last_id, first_at, last_at \
             FROM search_segments WHERE corpus = $1 AND (last_id, id) < ($2, $3) \
             ORDER BY last_id DESC, id DESC LIMIT $4";
        let (last, id) = after.map_or((Uuid::max(), i64::MAX), |row| (row.last_id, row.id));
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL)
                .bind(corpus.number())
                .bind(last)
                .bind(id)
                .bind(limit)
                .fetch_all(c)
                .await?
        }))
    }

    /// The segments that may have a text of this id.
    pub(super) async fn segments_around(
        &mut self,
        corpus: Corpus,
        id: Uuid,
    ) -> Result<Vec<SegmentRow>, DbError> {
        const SQL: &str = "SELECT id, level, size, first_id, last_id, first_at, last_at \
             FROM search_segments WHERE corpus = $1 AND last_id >= $2 AND first_id <= $2";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL).bind(corpus.number()).bind(id).fetch_all(c).await?
        }))
    }

    /// The blocks that may have lists of these stretches of segments' terms; one that may have
    /// those of several comes several times.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn blocks_within(&mut self, spans: &[(i64, Span)]) -> Result<Vec<BlockOf>, DbError> {
        // The block in which a stretch begins may begin before it, but within the segment.
        macro_rules! blocks {
            ($spans:literal, $low:literal, $high:literal) => {
                concat!(
                    "SELECT b.key, b.body FROM ",
                    $spans,
                    " CROSS JOIN search_blocks b \
                     WHERE b.key <= ",
                    $high,
                    " AND b.key >= COALESCE((SELECT max(k.key) \
                     FROM search_blocks k WHERE k.key <= ",
                    $low,
                    " AND k.key >= ",
                    $low,
                    " >> 44 << 44), ",
                    $low,
                    ") ORDER BY b.key"
                )
            };
        }
        const HERE: &str = blocks!(
            "json_each($1) w",
            "json_extract(w.value, '$[0]')",
            "json_extract(w.value, '$[1]')"
        );
        const THERE: &str = blocks!(
            "unnest(CAST($1 AS BIGINT[]), CAST($2 AS BIGINT[])) AS w(low, high)",
            "w.low",
            "w.high"
        );
        let keys =
            |(segment, (low, high)): &(i64, Span)| (key(*segment, *low), key(*segment, *high));
        let rows: Vec<BlockRow> = match self {
            Self::Sqlite(c) => {
                let list: Vec<(i64, i64)> = spans.iter().map(keys).collect();
                let list = serde_json::to_string(&list).map_err(|_| sqlx::Error::RowNotFound)?;
                sqlx::query_as(HERE).bind(list).fetch_all(c).await?
            }
            Self::Postgres(c) => {
                let (low, high): (Vec<i64>, Vec<i64>) = spans.iter().map(keys).unzip();
                sqlx::query_as(THERE)
                    .bind(low)
                    .bind(high)
                    .fetch_all(&mut **c)
                    .await?
            }
        };
        Ok(rows.into_iter().map(BlockOf::from).collect())
    }

    /// All blocks of a segment, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn segment_blocks(&mut self, segment: i64) -> Result<Vec<Block>, DbError> {
        let all = (segment, (0, (1 << TERM_BITS) - 1));
        let blocks = self.blocks_within(&[all]).await?;
        Ok(blocks.into_iter().map(|block| block.block).collect())
    }

    /// Adds a segment under a number of its own.
    pub(super) async fn insert_segment(
        &mut self,
        corpus: Corpus,
        number: i64,
        level: i64,
        segment: Segment,
    ) -> Result<(), DbError> {
        const ROW: &str = "INSERT INTO search_segments (corpus, last_id, id, first_id, level, \
             size, first_at, last_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let id = segment_id(corpus, number);
        let (Some(first), Some(last)) = (segment.places.first(), segment.places.last()) else {
            return Ok(());
        };
        let times = segment.places.iter().map(|place| place.at);
        let first_at = times.clone().min().unwrap_or_default();
        let last_at = times.max().unwrap_or_default();
        let size = i64::try_from(segment.places.len()).unwrap_or(i64::MAX);
        later!(
            self,
            ROW,
            [
                corpus.number(),
                last.id,
                id,
                first.id,
                level,
                size,
                first_at,
                last_at
            ]
        );
        for block in segment.blocks {
            self.insert_block(id, block).await?;
        }
        Ok(())
    }

    pub(super) async fn insert_block(&mut self, segment: i64, block: Block) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO search_blocks (key, body) VALUES ($1, $2)";
        later!(self, SQL, [key(segment, block.term), block.body.clone()]);
        Ok(())
    }

    pub(super) async fn delete_block(&mut self, segment: i64, term: Term) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM search_blocks WHERE key = $1";
        later!(self, SQL, [key(segment, term)]);
        Ok(())
    }

    /// Removes a segment.
    pub(super) async fn delete_segment(
        &mut self,
        corpus: Corpus,
        segment: SegmentRow,
    ) -> Result<(), DbError> {
        const ROW: &str =
            "DELETE FROM search_segments WHERE corpus = $1 AND last_id = $2 AND id = $3";
        const BLOCKS: &str = "DELETE FROM search_blocks WHERE key >= $1 AND key < $2";
        later!(self, ROW, [corpus.number(), segment.last_id, segment.id]);
        later!(self, BLOCKS, [key(segment.id, 0), key(segment.id + 1, 0)]);
        Ok(())
    }

    /// Whether a segment has any blocks.
    pub(super) async fn has_blocks(&mut self, segment: i64) -> Result<bool, DbError> {
        const SQL: &str = "SELECT key FROM search_blocks WHERE key >= $1 AND key < $2 LIMIT 1";
        let found: Option<i64> = on_db!(self, c => {
            sqlx::query_scalar(SQL)
                .bind(key(segment, 0))
                .bind(key(segment + 1, 0))
                .fetch_optional(c)
                .await?
        });
        Ok(found.is_some())
    }
}

/// The merged segment of several; `None` of none.
///
/// # Errors
/// When one of them is damaged.
pub(super) fn merged(segments: &[Vec<Block>]) -> Result<Option<Segment>, DbError> {
    Segment::merged(segments).map_err(damaged)
}
