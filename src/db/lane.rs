//! The way of files' bytes into the store: one piece at a time, so that what many files bring never
//! stands between others and their commit.
//!
//! SQLite copies its log back when a commit finds it long, and that commit's callers wait for all
//! of it: some 80 ms after 32 MB. So what pieces bring to the log is copied back beside the writer,
//! while the next piece waits; and while others write, each piece leaves them most of the time.

use std::time::Instant;

use super::{Db, DbError, Inner};
use crate::protocol::MediaId;

/// Bytes of pieces after which they are copied back, and the writer forgets their pages.
const COPY_EVERY: usize = 1 << 20;

impl Db {
    /// Adds a piece of a file, after those of others that came before. False when the file is no
    /// longer wanted, as after an unsend.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn store_piece(
        &self,
        id: MediaId,
        number: i64,
        bytes: Vec<u8>,
    ) -> Result<bool, DbError> {
        let Inner::Sqlite { lane, writer, .. } = &*self.inner else {
            return self.insert_piece(id, number, bytes, false).await;
        };
        let mut passing = lane.take().await;
        passing.uncopied = passing.uncopied.saturating_add(bytes.len());
        let is_much = passing.uncopied >= COPY_EVERY;
        let began = Instant::now();
        let is_wanted = self.insert_piece(id, number, bytes, is_much).await?;
        if is_much {
            passing.uncopied = 0;
            // What is left in the log the writer copies itself, later and at once.
            if let Err(error) = self.copy_back().await {
                tracing::debug!(%error, "the log was not copied back beside the writer");
            }
        }
        let rest = passing.rest(writer.taken(), began, Instant::now());
        if !rest.is_zero() {
            tokio::time::sleep(rest).await;
        }
        Ok(is_wanted)
    }

    async fn insert_piece(
        &self,
        id: MediaId,
        number: i64,
        bytes: Vec<u8>,
        forgets: bool,
    ) -> Result<bool, DbError> {
        let storing = self.write(move |mut conn| {
            Box::pin(async move {
                if forgets {
                    conn.forget_pages().await?;
                }
                conn.insert_piece(id, number, &bytes).await
            })
        });
        storing.await
    }
}
