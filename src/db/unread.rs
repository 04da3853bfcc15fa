//! What nobody has looked at: up to where a conversation was read, and from where on it was not.

use super::{Conn, DbError, on_db};
use crate::protocol::{ConversationId, MessageId, OperatorId};

impl Conn<'_> {
    /// Marks all up to `rev` as read, unless somebody else than `by` has the chat, or somebody has
    /// made messages unread at a later `rev`. Answers whether the number of unread lines changed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_read(
        &mut self,
        conversation: ConversationId,
        rev: i64,
        by: OperatorId,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE conversations SET read_rev = $2, \
             unread = (SELECT count(*) FROM messages m WHERE m.conversation_id = $1 \
                 AND m.rev > $2 AND m.created_rev > $2 \
                 AND m.direction = 'in' AND m.status <> 'unsent') \
             WHERE id = $1 AND read_rev < $2 AND unread_rev <= $2 AND unread > 0 \
                 AND (state <> 'active' OR owner_id = $3)";
        Ok(on_db!(self, c => {
            let marked = sqlx::query(SQL).bind(conversation).bind(rev).bind(by);
            marked.execute(c).await?.rows_affected() > 0
        }))
    }

    /// The conversation's `rev` at which a message of it came; `None` when it has no such message.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn came_at(
        &mut self,
        message: MessageId,
        conversation: ConversationId,
    ) -> Result<Option<i64>, DbError> {
        const SQL: &str = "SELECT created_rev FROM messages WHERE id = $1 \
             AND conversation_id = $2 AND status <> 'cancelled'";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(message).bind(conversation).fetch_optional(c).await?
        }))
    }

    /// How many of the customer's messages came at `rev` or later.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn came_since(
        &mut self,
        conversation: ConversationId,
        rev: i64,
    ) -> Result<i64, DbError> {
        const SQL: &str = "SELECT count(*) FROM messages m WHERE m.conversation_id = $1 \
             AND m.rev >= $2 AND m.created_rev >= $2 \
             AND m.direction = 'in' AND m.status <> 'unsent'";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(conversation).bind(rev).fetch_one(c).await?
        }))
    }

    /// Makes what came at `rev` or later unread, which is so many of the customer's messages. At the
    /// `rev` that the conversation has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_unread(
        &mut self,
        conversation: ConversationId,
        rev: i64,
        unread: i64,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE conversations SET read_rev = $2 - 1, unread_rev = rev, \
             unread = $3 WHERE id = $1";
        on_db!(self, c => {
            sqlx::query(SQL).bind(conversation).bind(rev).bind(unread).execute(c).await?;
        });
        Ok(())
    }
}
