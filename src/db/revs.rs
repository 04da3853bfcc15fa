//! The counter `rev`, which every durable change to a conversation raises.

use super::{Conn, DbError, on_db};
use crate::protocol::{ConversationId, SessionId, Timestamp};

/// A conversation as a change finds it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Bumped {
    /// Of this change.
    pub rev: i64,
    /// `none`, `waiting`, `active` or `closed`.
    pub state: String,
    /// The open or last session.
    pub session_id: Option<SessionId>,
}

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
        Ok(self.bump(conversation, now).await?.rev)
    }

    /// As [`Conn::bump_rev`], and answers how the conversation stands.
    ///
    /// # Errors
    /// When the database fails or there is no such conversation.
    pub async fn bump(
        &mut self,
        conversation: ConversationId,
        now: Timestamp,
    ) -> Result<Bumped, DbError> {
        const SQL: &str = "UPDATE conversations SET rev = rev + 1, updated_at = $2 \
             WHERE id = $1 RETURNING rev, state, session_id";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL).bind(conversation).bind(now).fetch_one(c).await?
        }))
    }
}
