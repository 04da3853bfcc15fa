//! How satisfied customers were: who was asked about which session, and what they said.

use super::{Conn, DbError, later, on_db};
use crate::protocol::{ConversationId, MessageId, SessionId, Timestamp};

/// What a customer said about a session.
#[derive(Clone, Copy, Debug)]
pub struct Rating {
    /// About which.
    pub session: SessionId,
    /// In which chat.
    pub conversation: ConversationId,
    /// From 1 to 5.
    pub score: u8,
}

impl Conn<'_> {
    /// The customer is to be asked about a session then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn want_survey(&mut self, session: SessionId, due: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "UPDATE sessions SET csat_due_at = $2 WHERE id = $1";
        later!(self, SQL, [session, due]);
        Ok(())
    }

    /// Whether the customer is to be asked about a session, and has not been.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wants_survey(&mut self, session: SessionId) -> Result<bool, DbError> {
        const SQL: &str = "SELECT count(*) FROM sessions WHERE id = $1 AND status = 'closed' \
             AND csat_due_at IS NOT NULL AND csat_asked_at IS NULL";
        let found: i64 = on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(session).fetch_one(c).await?
        });
        Ok(found > 0)
    }

    /// The customer is asked about a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_survey(&mut self, session: SessionId, now: Timestamp) -> Result<(), DbError> {
        const SQL: &str = "UPDATE sessions SET csat_asked_at = $2 WHERE id = $1";
        later!(self, SQL, [session, now]);
        Ok(())
    }

    /// Takes what a customer said, once, about a session of their own chat about which they were asked
    /// after `since`; a comment may follow until `comment_until`. False where it is none of that.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rate(
        &mut self,
        rating: Rating,
        now: Timestamp,
        since: Timestamp,
        comment_until: Timestamp,
    ) -> Result<bool, DbError> {
        const RATE: &str = "UPDATE sessions SET csat = $3, csat_at = $4 \
             WHERE id = $1 AND conversation_id = $2 AND csat IS NULL AND csat_asked_at > $5";
        const LISTEN: &str = "UPDATE conversations SET comment_until = $2 \
             WHERE id = $1 AND state = 'closed'";
        let taken = on_db!(self, c => {
            let rating = sqlx::query(RATE)
                .bind(rating.session)
                .bind(rating.conversation)
                .bind(i64::from(rating.score))
                .bind(now)
                .bind(since);
            rating.execute(c).await?.rows_affected() == 1
        });
        if taken {
            later!(self, LISTEN, [rating.conversation, comment_until]);
        }
        Ok(taken)
    }

    /// Takes a customer's message as a comment on what they rated last; answers what that was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn comment(
        &mut self,
        conversation: ConversationId,
        message: MessageId,
    ) -> Result<Option<Rating>, DbError> {
        const SILENT: &str = "UPDATE conversations SET comment_until = NULL WHERE id = $1";
        const LAST: &str = "UPDATE sessions SET csat_comment_id = $2 WHERE id = \
             (SELECT id FROM sessions WHERE conversation_id = $1 AND csat IS NOT NULL \
                 ORDER BY csat_at DESC LIMIT 1) \
             AND csat_comment_id IS NULL RETURNING id, csat";
        later!(self, SILENT, [conversation]);
        let rated: Option<(SessionId, i64)> = on_db!(self, c => {
            sqlx::query_as(LAST).bind(conversation).bind(message).fetch_optional(c).await?
        });
        Ok(rated.map(|(session, score)| Rating {
            session,
            conversation,
            score: u8::try_from(score).unwrap_or_default(),
        }))
    }
}
