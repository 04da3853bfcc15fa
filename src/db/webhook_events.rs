//! Which webhook events were taken already.

use super::{Conn, DbError, on_db};
use crate::protocol::{ChannelId, ConversationId, Timestamp};

impl Conn<'_> {
    /// Remembers an event, with its JSON when nothing else keeps it. Answers false when it was
    /// taken before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_webhook_event(
        &mut self,
        channel: ChannelId,
        webhook_event_id: &str,
        raw: Option<&str>,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        const SQL: &str = "INSERT INTO webhook_events \
             (channel_id, webhook_event_id, received_at, raw) \
             VALUES ($1, $2, $3, $4) ON CONFLICT (channel_id, webhook_event_id) DO NOTHING";
        Ok(on_db!(self, c => {
            sqlx::query(SQL)
                .bind(channel)
                .bind(webhook_event_id)
                .bind(now)
                .bind(raw)
                .execute(c)
                .await?
                .rows_affected() == 1
        }))
    }

    /// Remembers an unsend whose message has not come yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remember_early_unsend(
        &mut self,
        channel: ChannelId,
        line_message_id: &str,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO early_unsends (channel_id, line_message_id, received_at) \
             VALUES ($1, $2, $3) ON CONFLICT (channel_id, line_message_id) DO NOTHING";
        on_db!(self, c => {
            sqlx::query(SQL).bind(channel).bind(line_message_id).bind(now).execute(c).await?;
        });
        Ok(())
    }

    /// Whether the message was unsent before it came.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn was_unsent_early(
        &mut self,
        channel: ChannelId,
        line_message_id: &str,
    ) -> Result<bool, DbError> {
        const SQL: &str =
            "DELETE FROM early_unsends WHERE channel_id = $1 AND line_message_id = $2";
        Ok(on_db!(self, c => {
            sqlx::query(SQL)
                .bind(channel)
                .bind(line_message_id)
                .execute(c)
                .await?
                .rows_affected() > 0
        }))
    }

    /// Keeps an event's reply token for a free reply.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_reply_token(
        &mut self,
        conversation: ConversationId,
        token: &str,
        received_at: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO reply_tokens (id, conversation_id, token, received_at) \
             VALUES ($1, $2, $3, $4)";
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(uuid::Uuid::now_v7())
                .bind(conversation)
                .bind(token)
                .bind(received_at)
                .execute(c)
                .await?;
        });
        Ok(())
    }
}
