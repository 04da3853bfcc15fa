//! What the customer sees of our reading: LINE's mark, once the chat's owner has looked at the end of
//! the thread.
//!
//! It is a courtesy: each token is tried once, whatever comes of it, and nobody waits for it. What is
//! wanted is kept in the store, so that a restart loses none but those under way.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use tokio::sync::Notify;

use super::LineAccess;
use crate::db::read_tokens::WantedRead;
use crate::db::{Db, DbError};
use crate::line::LineError;
use crate::metrics::{self, ReadMark};

/// Tokens that are looked up at a time.
const AT_A_TIME: i64 = 64;

/// Most calls at a time.
const IN_FLIGHT: usize = 8;

/// How long LINE may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often it is looked what an earlier run, or a mode that was not known, has left.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Marks chats as read at LINE.
pub struct ReadMarks {
    db: Db,
    line: Arc<dyn LineAccess>,
    /// Poked when something is wanted.
    wake: Arc<Notify>,
}

impl ReadMarks {
    /// Over this store; woken by `wake`.
    pub fn new(db: Db, line: Arc<dyn LineAccess>, wake: Arc<Notify>) -> Self {
        Self { db, line, wake }
    }

    /// Goes on until the future is dropped.
    pub async fn run(&self) {
        loop {
            if let Err(error) = self.mark_all().await {
                tracing::warn!(%error, "chats that were looked at are marked as read later");
            }
            let _ = tokio::time::timeout(LOOK_EVERY, self.wake.notified()).await;
        }
    }

    /// Marks all that is wanted now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn mark_all(&self) -> Result<(), DbError> {
        loop {
            let mut reader = self.db.reader().await?;
            let wanted = reader.conn().wanted_reads(AT_A_TIME).await?;
            drop(reader);
            if wanted.is_empty() {
                return Ok(());
            }
            let marking = wanted.into_iter().map(|one| self.mark(one));
            let mut marking = futures_util::stream::iter(marking).buffer_unordered(IN_FLIGHT);
            while let Some(marked) = marking.next().await {
                marked?;
            }
        }
    }

    async fn mark(&self, wanted: WantedRead) -> Result<(), DbError> {
        let taken = wanted.clone();
        let taking = self
            .db
            .write(move |mut conn| Box::pin(async move { conn.take_read(&taken).await }));
        // Another node has it, or something newer came that nobody has looked at.
        if !taking.await? {
            return Ok(());
        }
        let marked = tokio::time::timeout(PATIENCE, self.tell_line(&wanted)).await;
        let what = match &marked {
            Ok(Ok(())) => ReadMark::Marked,
            Ok(Err(error)) if error.refusal().is_some() => ReadMark::Refused,
            Ok(Err(_)) | Err(_) => ReadMark::Unanswered,
        };
        metrics::marked_as_read(what);
        if let Ok(Err(error)) = marked {
            tracing::debug!(conversation.id = %wanted.conversation_id, %error, "not marked as read");
        }
        Ok(())
    }

    async fn tell_line(&self, wanted: &WantedRead) -> Result<(), LineError> {
        let line = self.line.line(wanted.channel_id).await;
        let line = line.ok_or(LineError::NoCredentials)?;
        line.mark_as_read(&wanted.token).await
    }
}
