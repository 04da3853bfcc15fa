//! Chats by their tags, for searches.

use uuid::Uuid;

use super::findable::hex_list;
use crate::db::{Conn, DbError, on_db};
use crate::protocol::{ConversationId, TagId};

impl Conn<'_> {
    /// Conversations with a tag, those of the greatest ids first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tagged_before(
        &mut self,
        tag: TagId,
        before: Uuid,
        limit: u32,
    ) -> Result<Vec<ConversationId>, DbError> {
        const SQL: &str = "SELECT conversation_id FROM conversation_tags \
             WHERE tag_id = $1 AND conversation_id < $2 ORDER BY conversation_id DESC LIMIT $3";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL)
                .bind(tag)
                .bind(before)
                .bind(i64::from(limit))
                .fetch_all(c)
                .await?
        }))
    }

    /// The contacts of conversations, in any order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contacts_of(&mut self, conversations: &[Uuid]) -> Result<Vec<Uuid>, DbError> {
        const SQL: &str = "SELECT contact_id FROM conversations \
             WHERE id IN (SELECT unhex(w.value) FROM json_each($1) w)";
        const THERE: &str = "SELECT contact_id FROM conversations WHERE id = ANY($1)";
        Ok(match self {
            Self::Sqlite(c) => {
                let query = sqlx::query_scalar(SQL).bind(hex_list(conversations));
                query.fetch_all(c).await?
            }
            Self::Postgres(c) => {
                let query = sqlx::query_scalar(THERE).bind(conversations);
                query.fetch_all(&mut **c).await?
            }
        })
    }
}
