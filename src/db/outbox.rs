//! Messages on their way to LINE.

use super::{Conn, DbError, on_db};
use crate::protocol::{ChannelId, ConversationId, MessageId, Timestamp};

impl Conn<'_> {
    /// Queues a message for LINE, behind the others of its conversation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enqueue(
        &mut self,
        message: MessageId,
        conversation: ConversationId,
        channel: ChannelId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO outbox \
             (message_id, conversation_id, channel_id, queued_at, due_at) \
             VALUES ($1, $2, $3, $4, $4)";
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(message)
                .bind(conversation)
                .bind(channel)
                .bind(now)
                .execute(c)
                .await?;
        });
        Ok(())
    }

    /// Queues a failed or unconfirmed message again, at the conversation's `rev`. Answers false
    /// when it is neither.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn requeue(
        &mut self,
        message: MessageId,
        rev: i64,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        const MARK: &str = "UPDATE messages SET status = 'queued', error = NULL, rev = $2 \
             WHERE id = $1 AND status IN ('failed', 'unconfirmed')";
        const QUEUE: &str = "INSERT INTO outbox \
             (message_id, conversation_id, channel_id, queued_at, due_at) \
             SELECT id, conversation_id, channel_id, $2, $2 FROM messages WHERE id = $1";
        let marked = on_db!(self, c => {
            let marked = sqlx::query(MARK)
                .bind(message)
                .bind(rev)
                .execute(&mut *c)
                .await?
                .rows_affected() == 1;
            if marked {
                sqlx::query(QUEUE).bind(message).bind(now).execute(c).await?;
            }
            marked
        });
        Ok(marked)
    }
}
