//! Chats of operators who may no longer sign in: which there are, and which nobody was told of.

use super::{Conn, DbError, later, on_db};
use crate::protocol::{
    ChannelName, ConversationId, LineId, MessageId, OperatorId, OperatorRef, Room,
};

/// A chat that went back to the queue and that no console was told of yet.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct UntoldReturn {
    /// The message that says so.
    pub message_id: MessageId,
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// Whose it was.
    pub operator_id: OperatorId,
    /// Their name.
    pub name: String,
}

impl Conn<'_> {
    /// The conversations that an operator has, always in the same order.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    pub async fn rooms_of(&mut self, owner: OperatorId) -> Result<Vec<Room>, DbError> {
        const SQL: &str = "SELECT ch.name, ct.line_user_id FROM conversations c \
             JOIN channels ch ON ch.id = c.channel_id JOIN contacts ct ON ct.id = c.contact_id \
             WHERE c.owner_id = $1 AND c.state = 'active' ORDER BY c.id";
        let rows: Vec<(ChannelName, LineId)> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(owner).fetch_all(c).await?
        });
        Ok(rows
            .into_iter()
            .map(|(channel, contact)| Room::new(channel, contact))
            .collect())
    }

    /// Operators who may not sign in and have chats all the same.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn disabled_owners(&mut self) -> Result<Vec<OperatorRef>, DbError> {
        const SQL: &str = "SELECT o.id, o.name FROM operators o WHERE o.disabled_at IS NOT NULL \
             AND EXISTS (SELECT 1 FROM sessions s \
                 WHERE s.operator_id = o.id AND s.status = 'active') ORDER BY o.id";
        let rows: Vec<(OperatorId, String)> =
            on_db!(self, c => sqlx::query_as(SQL).fetch_all(c).await?);
        Ok(rows
            .into_iter()
            .map(|(id, name)| OperatorRef { id, name })
            .collect())
    }

    /// Remembers that the consoles are to be told of a chat that went back to the queue.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remember_return(
        &mut self,
        message: MessageId,
        conversation: ConversationId,
        former: OperatorId,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO untold_returns (message_id, conversation_id, operator_id) \
             VALUES ($1, $2, $3)";
        later!(self, SQL, [message, conversation, former]);
        Ok(())
    }

    /// Chats that the consoles are to be told of, the earliest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn untold_returns(&mut self, limit: u32) -> Result<Vec<UntoldReturn>, DbError> {
        const SQL: &str = "SELECT u.message_id, u.conversation_id, u.operator_id, o.name \
             FROM untold_returns u JOIN operators o ON o.id = u.operator_id \
             ORDER BY u.message_id LIMIT $1";
        let limit = i64::from(limit);
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(limit).fetch_all(c).await?))
    }

    /// The consoles are being told. False when another node is faster.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_return(&mut self, message: MessageId) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM untold_returns WHERE message_id = $1";
        Ok(on_db!(self, c => {
            sqlx::query(SQL).bind(message).execute(c).await?.rows_affected() == 1
        }))
    }
}
