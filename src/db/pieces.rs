//! Files' bytes: which are still to be fetched, storing them piece by piece, reading them.

use super::outbox::ChangedMessage;
use super::{Conn, DbError, later, on_db};
use crate::protocol::message::{MediaState, MessageKind};
use crate::protocol::{ChannelId, ConversationId, MediaId, MessageId, Timestamp};

/// Bytes of a piece; the last one of a file may be shorter.
pub const PIECE_BYTES: usize = 256 * 1024;

/// A file that is to be fetched from LINE.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DueMedia {
    /// Which.
    pub id: MediaId,
    /// On which LINE account.
    pub channel_id: ChannelId,
    /// LINE's id of its message.
    pub line_message_id: String,
    /// Tries so far.
    pub attempts: i64,
    /// When LINE announced it.
    pub created_at: Timestamp,
    /// Bytes, where LINE said.
    pub size: i64,
    /// Of its message.
    pub kind: MessageKind,
}

/// A stored file, without its bytes.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StoredMedia {
    /// Whether it can be read.
    pub state: MediaState,
    /// Checked when it was fetched.
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// The customer's file name, for showing only.
    pub name: Option<String>,
}

/// How fetching a file ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Ready, failed or gone.
    pub state: MediaState,
    /// Checked; empty unless ready.
    pub content_type: String,
    /// Bytes, where they are known; otherwise what LINE said first stays.
    pub size: Option<i64>,
    /// Why it is not kept, for operators.
    pub why: Option<String>,
}

impl Conn<'_> {
    /// Files that are due to be fetched, oldest first; none of paused channels.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_media(
        &mut self,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<DueMedia>, DbError> {
        const SQL: &str = "SELECT f.id, f.channel_id, f.line_message_id, f.attempts, f.created_at, \
             f.size, m.kind FROM media f JOIN channels c ON c.id = f.channel_id \
             JOIN messages m ON m.id = f.message_id WHERE f.due_at <= $1 AND f.state = 'pending' AND f.line_message_id IS NOT NULL \
             AND c.paused_reason IS NULL ORDER BY f.due_at LIMIT $2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(now).bind(limit).fetch_all(c).await?))
    }

    /// When the next file is due.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_media_due(&mut self) -> Result<Option<Timestamp>, DbError> {
        const SQL: &str = "SELECT MIN(f.due_at) FROM media f JOIN channels c \
             ON c.id = f.channel_id WHERE f.due_at IS NOT NULL AND c.paused_reason IS NULL";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).fetch_one(c).await?))
    }

    /// Takes a due file in hand until `until` and drops what an earlier try left of it. False
    /// when another node was faster or the file is no longer wanted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_media(
        &mut self,
        id: MediaId,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, DbError> {
        const TAKE: &str = "UPDATE media SET due_at = $3, attempts = attempts + 1 \
             WHERE id = $1 AND state = 'pending' AND due_at <= $2";
        const CLEAR: &str = "DELETE FROM media_pieces WHERE media_id = $1";
        Ok(on_db!(self, c => {
            let taken = sqlx::query(TAKE)
                .bind(id)
                .bind(now)
                .bind(until)
                .execute(&mut *c)
                .await?
                .rows_affected() == 1;
            if taken {
                sqlx::query(CLEAR).bind(id).execute(c).await?;
            }
            taken
        }))
    }

    /// Keeps a file in hand, which was until `held`, until `until`. False when it is in other
    /// hands by now, or no longer wanted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_media(
        &mut self,
        id: MediaId,
        held: Timestamp,
        until: Timestamp,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE media SET due_at = $3 \
             WHERE id = $1 AND state = 'pending' AND due_at = $2";
        Ok(on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(held).bind(until).execute(c).await?.rows_affected() == 1
        }))
    }

    /// Adds a piece. False when the file is no longer wanted, as after an unsend.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn insert_piece(
        &mut self,
        id: MediaId,
        number: i64,
        bytes: &[u8],
    ) -> Result<bool, DbError> {
        const WANTED: &str = "SELECT COUNT(*) FROM media WHERE id = $1 AND state = 'pending'";
        const INSERT: &str =
            "INSERT INTO media_pieces (media_id, number, bytes) VALUES ($1, $2, $3)";
        Ok(on_db!(self, c => {
            let wanted: i64 = sqlx::query_scalar(WANTED).bind(id).fetch_one(&mut *c).await?;
            if wanted == 1 {
                sqlx::query(INSERT).bind(id).bind(number).bind(bytes).execute(c).await?;
            }
            wanted == 1
        }))
    }

    /// Tries the file again later.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn postpone_media(&mut self, id: MediaId, at: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "UPDATE media SET due_at = $2 WHERE id = $1 AND state = 'pending'";
        on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(at).execute(c).await?;
        });
        Ok(())
    }

    /// Writes how fetching ended. Answers the message that shows the file, unless the file is no
    /// longer wanted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish_media(
        &mut self,
        id: MediaId,
        fetched: &Fetched,
        now: Timestamp,
    ) -> Result<Option<ChangedMessage>, DbError> {
        const PLACE: &str = "SELECT m.conversation_id, m.id FROM media f \
             JOIN messages m ON m.id = f.message_id WHERE f.id = $1 AND f.state = 'pending'";
        const FILE: &str = "UPDATE media SET state = $2, content_type = $3, \
             size = COALESCE($4, size), due_at = NULL WHERE id = $1 AND state = 'pending'";
        const CLEAR: &str = "DELETE FROM media_pieces WHERE media_id = $1";
        const MESSAGE: &str = "UPDATE messages SET rev = $2, error = $3 WHERE id = $1";
        let place: Option<(ConversationId, MessageId)> = on_db!(self, c => {
            sqlx::query_as(PLACE).bind(id).fetch_optional(c).await?
        });
        let Some((conversation, message)) = place else {
            return Ok(None);
        };
        let rev = self.bump_rev(conversation, now).await?;
        on_db!(self, c => {
            sqlx::query(FILE)
                .bind(id)
                .bind(fetched.state)
                .bind(&fetched.content_type)
                .bind(fetched.size)
                .execute(&mut *c)
                .await?;
            if fetched.state != MediaState::Ready {
                sqlx::query(CLEAR).bind(id).execute(&mut *c).await?;
            }
            sqlx::query(MESSAGE)
                .bind(message)
                .bind(rev)
                .bind(&fetched.why)
                .execute(c)
                .await?;
        });
        Ok(Some(ChangedMessage {
            conversation,
            message,
            rev,
        }))
    }

    /// Pulls files that are due later than they can have been meant to be: the time of day was set
    /// back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pull_media(&mut self, beyond: Timestamp, to: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "UPDATE media SET due_at = $2 WHERE state = 'pending' AND due_at > $1";
        later!(self, SQL, [beyond, to]);
        Ok(())
    }

    /// Makes all pending files due: for a node that is alone and has just started.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_over_media(&mut self, now: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "UPDATE media SET due_at = $1 WHERE state = 'pending' AND due_at > $1";
        on_db!(self, c => {
            sqlx::query(SQL).bind(now).execute(c).await?;
        });
        Ok(())
    }

    /// A file, without its bytes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stored_media(&mut self, id: MediaId) -> Result<Option<StoredMedia>, DbError> {
        const SQL: &str = "SELECT state, content_type, size, name FROM media WHERE id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
    }

    /// One piece of a file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn media_piece(
        &mut self,
        id: MediaId,
        number: i64,
    ) -> Result<Option<Vec<u8>>, DbError> {
        const SQL: &str = "SELECT bytes FROM media_pieces WHERE media_id = $1 AND number = $2";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(id).bind(number).fetch_optional(c).await?
        }))
    }
}
