//! LINE's own words of a message, as they came.

use super::{Conn, DbError, on_db};
use crate::protocol::{ConversationId, MessageId};

impl Conn<'_> {
    /// LINE's JSON of the event that brought a message of this conversation; none for messages of
    /// ours and for those that were taken back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn raw_event(
        &mut self,
        id: MessageId,
        conversation: ConversationId,
    ) -> Result<Option<String>, DbError> {
        const SQL: &str = "SELECT raw FROM messages WHERE id = $1 AND conversation_id = $2 \
             AND raw IS NOT NULL";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(id).bind(conversation).fetch_optional(c).await?
        }))
    }
}
