//! Stretches of a conversation's history that begin at a message.

use super::rows::{AnyMessage, message_columns};
use super::{Conn, DbError, on_db};
use crate::protocol::message::OrderKey;
use crate::protocol::{ConversationId, Message, MessageId};

impl Conn<'_> {
    /// Where a message stands in a conversation. `None` when it is not in it, or was cancelled.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn place_in(
        &mut self,
        message: MessageId,
        conversation: ConversationId,
    ) -> Result<Option<OrderKey>, DbError> {
        const SQL: &str = "SELECT placed_at, created_at, id FROM messages \
             WHERE id = $1 AND conversation_id = $2 AND status <> 'cancelled'";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL).bind(message).bind(conversation).fetch_optional(c).await?
        }))
    }

    /// Up to `limit` messages from a place on, in display order; none that was cancelled.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn messages_from(
        &mut self,
        conversation: ConversationId,
        from: OrderKey,
        limit: u32,
    ) -> Result<Vec<Message>, DbError> {
        const SQL: &str = concat!(
            "SELECT ",
            message_columns!(),
            " FROM messages m LEFT JOIN media f ON f.id = m.media_id \
             WHERE m.conversation_id = $1 AND m.status <> 'cancelled' \
             AND (m.placed_at, m.created_at, m.id) >= ($2, $3, $4) \
             ORDER BY m.placed_at, m.created_at, m.id LIMIT $5"
        );
        let (place, at, id) = from;
        let rows: Vec<AnyMessage> = on_db!(self, c => {
            sqlx::query_as(SQL)
                .bind(conversation)
                .bind(place)
                .bind(at)
                .bind(id)
                .bind(i64::from(limit))
                .fetch_all(c)
                .await?
        });
        Ok(rows.into_iter().filter_map(AnyMessage::read).collect())
    }
}
