//! Files that operators send: from the first byte to the message that uses them, or to their end.
//!
//! While it comes a file is pending, and holds on to its place for a minute at a time. Once it is
//! ready it has a day until a message uses it.

use super::{Conn, DbError, later, on_db};
use crate::protocol::message::MessageKind;
use crate::protocol::{ChannelId, ConversationId, MediaId, MessageId, OperatorId, Timestamp};

/// A file that begins to come.
#[derive(Clone, Copy, Debug)]
pub struct NewUpload {
    /// Which.
    pub id: MediaId,
    /// For which conversation.
    pub conversation: ConversationId,
    /// On which LINE account.
    pub channel: ChannelId,
    /// Whose.
    pub operator: OperatorId,
    /// When it begins.
    pub at: Timestamp,
    /// When it ends, unless somebody holds it.
    pub ends_at: Timestamp,
}

/// A file that has come.
#[derive(Clone, Debug)]
pub struct Finished {
    /// What it is.
    pub kind: MessageKind,
    /// MIME type.
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// Cleaned.
    pub name: String,
    /// Pixels across.
    pub width: Option<i64>,
    /// Pixels down.
    pub height: Option<i64>,
    /// Of a film or sound.
    pub duration_ms: Option<i64>,
    /// The secret part of its address.
    pub token: String,
    /// A small JPEG of it.
    pub preview: Option<Vec<u8>>,
    /// When it ends, unless a message uses it.
    pub ends_at: Timestamp,
}

/// A file that was sent, as LINE's clients may have it.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct SentMedia {
    /// Which.
    pub id: MediaId,
    /// What it is.
    pub kind: MessageKind,
}

impl Conn<'_> {
    /// Adds a file that begins to come.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_upload(&mut self, new: NewUpload) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO media (id, channel_id, conversation_id, uploaded_by, \
             state, created_at, ends_at) VALUES ($1, $2, $3, $4, 'pending', $5, $6)";
        later!(
            self,
            SQL,
            [
                new.id,
                new.channel,
                new.conversation,
                new.operator,
                new.at,
                new.ends_at
            ]
        );
        Ok(())
    }

    /// Holds a file that comes. False when it has ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_upload(&mut self, id: MediaId, until: Timestamp) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE media SET ends_at = $2 WHERE id = $1 AND state = 'pending'";
        Ok(on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(until).execute(c).await?.rows_affected() == 1
        }))
    }

    /// Writes what a file is, all of which is there. False when it has ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish_upload(&mut self, id: MediaId, it: &Finished) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE media SET state = 'ready', kind = $2, content_type = $3, \
             size = $4, name = $5, width = $6, height = $7, duration_ms = $8, token = $9, \
             ends_at = $10 WHERE id = $1 AND state = 'pending'";
        const PREVIEW: &str = "INSERT INTO media_previews (media_id, bytes) VALUES ($1, $2)";
        Ok(on_db!(self, c => {
            let done = sqlx::query(SQL)
                .bind(id)
                .bind(it.kind)
                .bind(&it.content_type)
                .bind(it.size)
                .bind(&it.name)
                .bind(it.width)
                .bind(it.height)
                .bind(it.duration_ms)
                .bind(&it.token)
                .bind(it.ends_at)
                .execute(&mut *c)
                .await?
                .rows_affected() == 1;
            if let Some(preview) = it.preview.as_ref().filter(|_| done) {
                sqlx::query(PREVIEW).bind(id).bind(preview).execute(c).await?;
            }
            done
        }))
    }

    /// Gives a file of this conversation that nothing uses to a message; answers what it is, or
    /// nothing when there is no such file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn use_upload(
        &mut self,
        id: MediaId,
        conversation: ConversationId,
        message: MessageId,
        now: Timestamp,
    ) -> Result<Option<MessageKind>, DbError> {
        const SQL: &str = "UPDATE media SET message_id = $3, ends_at = NULL WHERE id = $1 \
             AND conversation_id = $2 AND state = 'ready' AND message_id IS NULL \
             AND ends_at > $4 RETURNING kind";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL)
                .bind(id)
                .bind(conversation)
                .bind(message)
                .bind(now)
                .fetch_optional(c)
                .await?
        }))
    }

    /// Files that have come to their end, at most `limit`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ended_uploads(
        &mut self,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<MediaId>, DbError> {
        const SQL: &str = "SELECT id FROM media WHERE ends_at <= $1 ORDER BY ends_at LIMIT $2";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(now).bind(limit).fetch_all(c).await?
        }))
    }

    /// Ends a file that no message uses, where its end is before `before`: from now on it is not
    /// there. False when it is used, or held.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_upload(&mut self, id: MediaId, before: Timestamp) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE media SET state = 'gone', ends_at = 0 \
             WHERE id = $1 AND ends_at <= $2";
        Ok(on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(before).execute(c).await?.rows_affected() == 1
        }))
    }

    /// Drops some pieces of a file, the first ones; answers how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_some_pieces(&mut self, id: MediaId, limit: i64) -> Result<u64, DbError> {
        const SQL: &str = "DELETE FROM media_pieces WHERE media_id = $1 AND number IN \
             (SELECT p.number FROM media_pieces p WHERE p.media_id = $1 \
             ORDER BY p.number LIMIT $2)";
        Ok(on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(limit).execute(c).await?.rows_affected()
        }))
    }

    /// The file that was sent under this address.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sent_media(&mut self, token: &str) -> Result<Option<SentMedia>, DbError> {
        const SQL: &str = "SELECT id, kind FROM media WHERE token = $1 AND state = 'ready' \
             AND message_id IS NOT NULL";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(token).fetch_optional(c).await?))
    }

    /// The small JPEG of a file that is there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn media_preview(&mut self, id: MediaId) -> Result<Option<Vec<u8>>, DbError> {
        const SQL: &str = "SELECT p.bytes FROM media_previews p JOIN media f ON f.id = p.media_id \
             WHERE p.media_id = $1 AND f.state = 'ready'";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).bind(id).fetch_optional(c).await?))
    }
}
