//! Chats that their operators do not want to see yet. What else ends that is part of what moves a
//! chat: a customer's message, and each change of its session.

use super::{Conn, DbError, later, on_db};
use crate::protocol::{ConversationId, Timestamp};

impl Conn<'_> {
    /// Takes a chat out of Mine until then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn snooze(
        &mut self,
        conversation: ConversationId,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE conversations SET snoozed_until = $2, \
             snoozed_at = COALESCE(snoozed_at, $3) WHERE id = $1";
        later!(self, SQL, [conversation, until, now]);
        Ok(())
    }

    /// Puts a chat back whose time is not after `by`; false when it is, and when it is there
    /// already. Counts a change, as [`Conn::bump_rev`] does. Of several nodes one hears true.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wake(
        &mut self,
        conversation: ConversationId,
        by: Timestamp,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE conversations SET snoozed_until = NULL, rev = rev + 1, \
             updated_at = $3 WHERE id = $1 AND snoozed_until <= $2";
        Ok(on_db!(self, c => {
            let woken = sqlx::query(SQL).bind(conversation).bind(by).bind(now);
            woken.execute(c).await?.rows_affected() == 1
        }))
    }

    /// The chats whose time has come, the earliest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_snoozes(
        &mut self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<ConversationId>, DbError> {
        const SQL: &str = "SELECT id FROM conversations WHERE snoozed_until <= $1 \
             ORDER BY snoozed_until LIMIT $2";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(now).bind(i64::from(limit)).fetch_all(c).await?
        }))
    }

    /// When the next one's time comes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_snooze(&mut self) -> Result<Option<Timestamp>, DbError> {
        const SQL: &str = "SELECT snoozed_until FROM conversations \
             WHERE snoozed_until > 0 ORDER BY snoozed_until LIMIT 1";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).fetch_optional(c).await?))
    }
}
