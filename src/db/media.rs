//! Files of customers and operators.

use super::{Conn, DbError, on_db};
use crate::protocol::message::MediaState;
use crate::protocol::{ChannelId, ConversationId, MediaId, MessageId, Timestamp};

/// A customer's file that was announced by a webhook.
#[derive(Clone, Debug)]
pub struct NewMedia {
    /// LINE's id of its message, which is also that of its content.
    pub line_message_id: String,
    /// Pending, external or gone.
    pub state: MediaState,
    /// Bytes, where LINE said.
    pub size: i64,
    /// The customer's file name, for showing only.
    pub name: Option<String>,
    /// Length of a sound or film, where LINE said.
    pub duration_ms: Option<i64>,
    /// On a stranger's server.
    pub external_url: Option<String>,
}

impl Conn<'_> {
    /// Adds a file; a pending one is due to be fetched at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_media(
        &mut self,
        channel: ChannelId,
        conversation: ConversationId,
        message: MessageId,
        new: &NewMedia,
        now: Timestamp,
    ) -> Result<MediaId, DbError> {
        const SQL: &str = "INSERT INTO media (id, channel_id, conversation_id, message_id, \
             line_message_id, state, size, name, duration_ms, external_url, due_at, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
        let id = MediaId(uuid::Uuid::new_v4());
        let due = (new.state == MediaState::Pending).then_some(now);
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(id)
                .bind(channel)
                .bind(conversation)
                .bind(message)
                .bind(&new.line_message_id)
                .bind(new.state)
                .bind(new.size)
                .bind(&new.name)
                .bind(new.duration_ms)
                .bind(&new.external_url)
                .bind(due)
                .bind(now)
                .execute(c)
                .await?;
        });
        Ok(id)
    }
}
