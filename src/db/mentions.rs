//! Who is named in which note, until they have looked at it.

use super::{Conn, DbError, later, on_db};
use crate::protocol::{ConversationId, MessageId, OperatorId};

impl Conn<'_> {
    /// Remembers that a note names an operator.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_mention(
        &mut self,
        operator: OperatorId,
        conversation: ConversationId,
        message: MessageId,
        rev: i64,
    ) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO mentions (operator_id, conversation_id, message_id, rev) \
             VALUES ($1, $2, $3, $4)";
        later!(self, SQL, [operator, conversation, message, rev]);
        Ok(())
    }

    /// Forgets what names the operator in this conversation up to `rev`; answers whether anything
    /// did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_mentions(
        &mut self,
        operator: OperatorId,
        conversation: ConversationId,
        rev: i64,
    ) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM mentions \
             WHERE operator_id = $1 AND conversation_id = $2 AND rev <= $3";
        Ok(on_db!(self, c => {
            let read = sqlx::query(SQL).bind(operator).bind(conversation).bind(rev);
            read.execute(c).await?.rows_affected() > 0
        }))
    }

    /// The conversations in which something names the operator that they have not looked at: the
    /// channel's name, LINE's id, and the `rev` of the newest such note.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mentions_of(
        &mut self,
        operator: OperatorId,
        limit: u32,
    ) -> Result<Vec<(String, String, i64)>, DbError> {
        const SQL: &str = "SELECT ch.name, ct.line_user_id, n.rev FROM \
             (SELECT conversation_id, max(rev) AS rev FROM mentions \
              WHERE operator_id = $1 GROUP BY conversation_id LIMIT $2) n \
             JOIN conversations c ON c.id = n.conversation_id \
             JOIN contacts ct ON ct.id = c.contact_id \
             JOIN channels ch ON ch.id = c.channel_id ORDER BY c.activity_at DESC, c.id";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL).bind(operator).bind(i64::from(limit)).fetch_all(c).await?
        }))
    }
}
