//! Whose texts are in no segment yet. Triggers put them here with their rows, so that no way into
//! the store can forget it.

use uuid::Uuid;

use super::Corpus;
use crate::db::{Conn, DbError, later, on_db};

/// Most ids that a search takes from the tail; it has some hundreds, unless much came at once.
const MOST: i64 = 100_000;

impl Conn<'_> {
    /// All ids of the tail below this one, in order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn search_tail(&mut self, corpus: Corpus, below: Uuid) -> Result<Vec<Uuid>, DbError> {
        const SQL: &str = "SELECT doc FROM search_tail WHERE corpus = $1 AND doc < $2 \
             ORDER BY doc DESC LIMIT $3";
        let mut ids: Vec<Uuid> = on_db!(self, c => {
            sqlx::query_scalar(SQL)
                .bind(corpus.number())
                .bind(below)
                .bind(MOST)
                .fetch_all(c)
                .await?
        });
        ids.reverse();
        Ok(ids)
    }

    /// Whether the tail has at least so many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tail_has(&mut self, corpus: Corpus, many: i64) -> Result<bool, DbError> {
        const SQL: &str = "SELECT count(*) FROM \
             (SELECT s.doc FROM search_tail s WHERE s.corpus = $1 AND s.doc > $2 LIMIT $3) first";
        let count: i64 = on_db!(self, c => {
            sqlx::query_scalar(SQL)
                .bind(corpus.number())
                .bind(Uuid::nil())
                .bind(many)
                .fetch_one(c)
                .await?
        });
        Ok(count >= many)
    }

    /// How many of the first of the tail have no more than so many bytes of text together: at most
    /// `many`, and one at the least.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tail_within(
        &mut self,
        corpus: Corpus,
        many: i64,
        bytes: usize,
    ) -> Result<i64, DbError> {
        const SQL: &str = "SELECT s.doc FROM search_tail s WHERE s.corpus = $1 AND s.doc > $2 \
             ORDER BY s.doc LIMIT $3";
        let ids: Vec<Uuid> = on_db!(self, c => {
            sqlx::query_scalar(SQL)
                .bind(corpus.number())
                .bind(Uuid::nil())
                .bind(many)
                .fetch_all(c)
                .await?
        });
        let found = self.findables(corpus, &ids).await?;
        let size = |id: &Uuid| {
            let findable = found.iter().find(|findable| findable.id == *id);
            findable.map_or(0, |findable| findable.words.0.iter().map(String::len).sum())
        };
        let mut left = bytes;
        let mut fit = 0;
        for id in &ids {
            let Some(rest) = left.checked_sub(size(id)) else {
                break;
            };
            left = rest;
            fit += 1;
        }
        Ok(fit.max(1))
    }

    /// Takes the first of the tail out of it, at most `limit`. On PostgreSQL those are left that
    /// somebody changes at this moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_tail(&mut self, corpus: Corpus, limit: i64) -> Result<Vec<Uuid>, DbError> {
        macro_rules! take {
            ($lock:literal) => {
                concat!(
                    "DELETE FROM search_tail WHERE corpus = $1 AND doc IN \
                     (SELECT s.doc FROM search_tail s WHERE s.corpus = $1 AND s.doc > $2 \
                     ORDER BY s.doc LIMIT $3",
                    $lock,
                    ") RETURNING doc"
                )
            };
        }
        Ok(match self {
            Self::Sqlite(c) => {
                let taking = sqlx::query_scalar(take!("")).bind(corpus.number());
                taking.bind(Uuid::nil()).bind(limit).fetch_all(c).await?
            }
            Self::Postgres(c) => {
                let taking = sqlx::query_scalar(take!(" FOR UPDATE SKIP LOCKED"));
                let taking = taking.bind(corpus.number()).bind(Uuid::nil());
                taking.bind(limit).fetch_all(&mut **c).await?
            }
        })
    }

    /// Holds something in the tail until the change ends. False when it is not there.
    pub(super) async fn hold_in_tail(&mut self, corpus: Corpus, id: Uuid) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE search_tail SET doc = doc WHERE corpus = $1 AND doc = $2";
        Ok(on_db!(self, c => {
            let held = sqlx::query(SQL).bind(corpus.number()).bind(id).execute(c).await?;
            held.rows_affected() > 0
        }))
    }

    /// Adds something that no trigger added.
    pub(super) async fn add_to_tail(&mut self, corpus: Corpus, id: Uuid) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO search_tail (corpus, doc) VALUES ($1, $2)";
        later!(self, SQL, [corpus.number(), id]);
        Ok(())
    }

    /// Empties the tail, where all that is in it is to be put into the index in another way.
    pub(super) async fn empty_tail(&mut self, corpus: Corpus) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM search_tail WHERE corpus = $1";
        later!(self, SQL, [corpus.number()]);
        Ok(())
    }
}
