//! Keeps the index small and fast to look through: the tail becomes segments, small segments become
//! large ones. And fills it with what was there before it, from the newest texts to the oldest, in
//! pieces that nobody waits for. What a piece is made of is read beside the writer; when the index
//! changed meanwhile, by this node or another one, it is read again.

use std::time::{Duration, Instant};

use super::progress::filled_percent;
use crate::db::search::{Corpus, IndexState, SegmentRow};
use crate::db::{Db, DbError};
use crate::metrics;
use crate::search::fold;

/// How often the index is looked at while there is nothing to do.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// After a step others have so many times its time.
const REST: u32 = 8;

/// A piece that took longer to write is followed by smaller ones.
const LONG: Duration = Duration::from_millis(25);

/// Bytes of text that become a segment within the writer, where others wait: some ten milliseconds.
const TAIL_BYTES: usize = 60_000;

/// Rows of segments that are read at once.
const ROWS: i64 = 256;

/// How many texts and segments are taken together.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Texts of the tail that become a segment.
    pub tail: i64,
    /// Texts from before the index that come into it at once, at most.
    pub fill: i64,
    /// Segments of each level that become one of the next; those of the last stay as they are.
    pub merged: [usize; 2],
}

impl Default for Sizes {
    /// Segments of 512, 4,096 and 16,384 texts.
    fn default() -> Self {
        Self {
            tail: 512,
            fill: 4_096,
            merged: [8, 4],
        }
    }
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// There was nothing to do.
    Nothing,
    /// Something was done, and there may be more.
    Some,
    /// Another one was faster, on this node or another.
    Overtaken,
}

/// Keeps the index; one for each node.
pub struct Keeper {
    db: Db,
    sizes: Sizes,
    /// Texts of the next piece of what is still to come.
    fill: i64,
    /// Of messages, the last time it was told.
    told: Option<u64>,
}

impl Keeper {
    /// Over this store.
    pub fn new(db: Db) -> Self {
        Self::of_sizes(db, Sizes::default())
    }

    /// As [`Keeper::new`], with other sizes.
    pub fn of_sizes(db: Db, sizes: Sizes) -> Self {
        Self {
            db,
            fill: sizes.fill,
            sizes,
            told: None,
        }
    }

    /// Goes on for ever.
    pub async fn run(mut self) {
        loop {
            let began = Instant::now();
            let rest = match self.step().await {
                Ok(Step::Some) => began.elapsed() * REST,
                Ok(Step::Nothing | Step::Overtaken) => LOOK_EVERY,
                Err(error) => {
                    tracing::warn!(%error, "the search index is put in order later");
                    LOOK_EVERY * 5
                }
            };
            tokio::time::sleep(rest).await;
        }
    }

    /// Does all that there is to do, without a rest.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn settle(&mut self) -> Result<(), DbError> {
        while self.step().await? != Step::Nothing {}
        Ok(())
    }

    /// Does one thing for each corpus.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn step(&mut self) -> Result<Step, DbError> {
        let mut did = Step::Nothing;
        for corpus in Corpus::ALL {
            match self.step_of(corpus).await? {
                Step::Nothing => {}
                step => did = step,
            }
        }
        Ok(did)
    }

    async fn step_of(&mut self, corpus: Corpus) -> Result<Step, DbError> {
        let state = self.db.reader().await?.conn().index_state(corpus).await?;
        let Some(state) = state else {
            return self.begin(corpus).await;
        };
        if state.folding != fold::version() {
            return self.begin_anew(corpus).await;
        }
        if self.flush(corpus).await? {
            return Ok(Step::Some);
        }
        match self.merge(corpus, state).await? {
            Step::Nothing => self.fill(corpus).await,
            step => Ok(step),
        }
    }

    async fn begin(&self, corpus: Corpus) -> Result<Step, DbError> {
        let beginning = self
            .db
            .write(move |mut conn| Box::pin(async move { conn.begin_index(corpus).await }));
        beginning.await?;
        Ok(Step::Some)
    }

    /// Removes what was made under another folding, a segment at a time, and begins.
    async fn begin_anew(&self, corpus: Corpus) -> Result<Step, DbError> {
        let mut reader = self.db.reader().await?;
        let first = reader.conn().segments_after(corpus, None, 1).await?.pop();
        drop(reader);
        let Some(segment) = first else {
            return self.begin(corpus).await;
        };
        let dropping = self.db.write(move |mut conn| {
            Box::pin(async move { conn.drop_segment(corpus, segment).await })
        });
        dropping.await?;
        Ok(Step::Some)
    }

    async fn flush(&self, corpus: Corpus) -> Result<bool, DbError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        if !conn.tail_has(corpus, self.sizes.tail).await? {
            return Ok(false);
        }
        let many = conn
            .tail_within(corpus, self.sizes.tail, TAIL_BYTES)
            .await?;
        drop(reader);
        let flushing = self
            .db
            .write(move |mut conn| Box::pin(async move { conn.flush_tail(corpus, many).await }));
        Ok(flushing.await? > 0)
    }

    async fn merge(&self, corpus: Corpus, state: IndexState) -> Result<Step, DbError> {
        let mut reader = self.db.reader().await?;
        let mut conn = reader.conn();
        let mut rows: Vec<SegmentRow> = Vec::new();
        loop {
            let more = conn
                .segments_after(corpus, rows.last().copied(), ROWS)
                .await?;
            if more.is_empty() {
                break;
            }
            rows.extend(more);
        }
        let Some(of) = neighbours(&rows, self.sizes.merged) else {
            return Ok(Step::Nothing);
        };
        let one = conn.read_merged(&of).await?;
        drop(reader);
        let merging = self.db.write(move |mut conn| {
            Box::pin(async move { conn.put_merged(corpus, state.changes, &of, one).await })
        });
        Ok(if merging.await? {
            Step::Some
        } else {
            Step::Overtaken
        })
    }

    async fn fill(&mut self, corpus: Corpus) -> Result<Step, DbError> {
        let mut reader = self.db.reader().await?;
        let piece = reader.conn().read_fill(corpus, self.fill).await?;
        drop(reader);
        let Some(piece) = piece else {
            return Ok(Step::Nothing);
        };
        let texts = piece
            .segment
            .as_ref()
            .map_or(0, |segment| segment.places.len());
        let level = i64::from(self.fill > self.sizes.fill / 2);
        let putting = self.db.write(move |mut conn| {
            Box::pin(async move {
                let began = Instant::now();
                let is_in = conn.put_fill(corpus, level, piece).await?;
                Ok::<_, DbError>((is_in, began.elapsed()))
            })
        });
        let (is_in, took) = putting.await?;
        if !is_in {
            return Ok(Step::Overtaken);
        }
        metrics::made_findable(texts);
        self.fill = if took > LONG {
            self.fill / 2
        } else {
            self.fill + self.fill / 4
        };
        self.fill = self.fill.clamp(self.sizes.fill.min(256), self.sizes.fill);
        if corpus == Corpus::Messages {
            self.tell().await?;
        }
        Ok(Step::Some)
    }

    /// Tells every tenth of the way.
    async fn tell(&mut self) -> Result<(), DbError> {
        let mut reader = self.db.reader().await?;
        let percent = filled_percent(&mut reader.conn(), Corpus::Messages).await?;
        let tenth = percent / 10;
        if self.told.is_none_or(|told| told != tenth) {
            self.told = Some(tenth);
            tracing::info!(
                percent,
                "messages from before the search index are put into it"
            );
        }
        Ok(())
    }
}

/// Segments that stand beside each other and are to become one.
fn neighbours(rows: &[SegmentRow], merged: [usize; 2]) -> Option<Vec<SegmentRow>> {
    let runs = || rows.chunk_by(|one, next| one.level == next.level);
    (0_i64..).zip(merged).find_map(|(level, many)| {
        let of_level = |run: &&[SegmentRow]| run[0].level == level && run.len() >= many;
        // The older ones: what comes new stands before the others.
        let run = runs().find(of_level)?;
        Some(run[run.len() - many..].to_vec())
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::protocol::Timestamp;

    fn row(id: i64, level: i64) -> SegmentRow {
        SegmentRow {
            id,
            level,
            size: 1,
            first_id: Uuid::nil(),
            last_id: Uuid::nil(),
            first_at: Timestamp(0),
            last_at: Timestamp(0),
        }
    }

    #[test]
    fn neighbours_of_the_same_level_become_one() {
        let levels = |levels: &[i64]| -> Vec<SegmentRow> {
            (0..)
                .zip(levels)
                .map(|(id, level)| row(id, *level))
                .collect()
        };
        let merged = |rows: &[SegmentRow]| -> Option<Vec<i64>> {
            let of = neighbours(rows, [3, 2])?;
            Some(of.iter().map(|row| row.id).collect())
        };
        assert_eq!(merged(&[]), None);
        assert_eq!(merged(&levels(&[0, 0, 1, 0, 2, 2, 2])), None);
        assert_eq!(merged(&levels(&[0, 0, 0, 0, 1])), Some(vec![1, 2, 3]));
        assert_eq!(merged(&levels(&[0, 1, 1, 2, 1])), Some(vec![1, 2]));
    }
}
