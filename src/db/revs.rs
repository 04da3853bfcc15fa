//! The counter `rev`, which every durable change to a conversation raises.

use sqlx::{Postgres, QueryBuilder, Sqlite};

use super::{Conn, DbError, on_db};
use crate::protocol::{ConversationId, LineId, Timestamp};

impl Conn<'_> {
    /// Counts one more durable change and answers its number. On PostgreSQL this takes the
    /// conversation's row lock, so call it before anything else is read for the change.
    ///
    /// # Errors
    /// When the database fails or there is no such conversation.
    pub async fn bump_rev(
        &mut self,
        conversation: ConversationId,
        now: Timestamp,
    ) -> Result<i64, DbError> {
        const SQL: &str =
            "UPDATE conversations SET rev = rev + 1, updated_at = $2 WHERE id = $1 RETURNING rev";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(conversation).bind(now).fetch_one(c).await?
        }))
    }

    /// The current `rev` of each conversation with one of these customers or groups, with its
    /// channel's name and LINE's id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revs_of(
        &mut self,
        contacts: &[&LineId],
    ) -> Result<Vec<(String, String, i64)>, DbError> {
        // SQLite takes the tables of a cross join in their order: few channels, then the index.
        const SQL: &str = "SELECT ch.name, ct.line_user_id, c.rev FROM channels ch \
             CROSS JOIN contacts ct JOIN conversations c ON c.contact_id = ct.id \
             WHERE ct.channel_id = ch.id AND ct.line_user_id IN (";
        match self {
            Self::Sqlite(c) => {
                let mut query = QueryBuilder::<Sqlite>::new(SQL);
                let mut list = query.separated(", ");
                for contact in contacts {
                    list.push_bind(contact.as_str());
                }
                Ok(query.push(")").build_query_as().fetch_all(&mut *c).await?)
            }
            Self::Postgres(c) => {
                let mut query = QueryBuilder::<Postgres>::new(SQL);
                let mut list = query.separated(", ");
                for contact in contacts {
                    list.push_bind(contact.as_str());
                }
                Ok(query.push(")").build_query_as().fetch_all(&mut **c).await?)
            }
        }
    }
}
