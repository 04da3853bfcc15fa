//! Sessions: each transition is one conditional update, so that simultaneous ones have one winner.

use super::rows::{SessionRow, session_columns};
use super::{Conn, DbError, later, on_db};
use crate::protocol::{ConversationId, Mode, OperatorId, Session, SessionId, Timestamp};

macro_rules! select_session {
    ($end:literal) => {
        concat!(
            "SELECT ",
            session_columns!(),
            " FROM sessions s LEFT JOIN operators o ON o.id = s.operator_id ",
            $end
        )
    };
}

impl Conn<'_> {
    /// One session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn session(&mut self, id: SessionId) -> Result<Option<Session>, DbError> {
        const SQL: &str = select_session!("WHERE s.id = $1");
        let row: Option<SessionRow> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(id).fetch_optional(c).await?
        });
        Ok(row.and_then(SessionRow::read))
    }

    /// The sessions of a conversation before `before`, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sessions_before(
        &mut self,
        conversation: ConversationId,
        before: Option<SessionId>,
        limit: u32,
    ) -> Result<Vec<Session>, DbError> {
        const SQL: &str = select_session!(
            "WHERE s.conversation_id = $1 AND s.id < $2 ORDER BY s.id DESC LIMIT $3"
        );
        let before = before.unwrap_or(SessionId(uuid::Uuid::max()));
        let rows: Vec<SessionRow> = on_db!(self, c => {
            sqlx::query_as(SQL)
                .bind(conversation)
                .bind(before)
                .bind(i64::from(limit))
                .fetch_all(c)
                .await?
        });
        Ok(rows.into_iter().filter_map(SessionRow::read).collect())
    }

    /// Opens a waiting session.
    ///
    /// # Errors
    /// [`DbError::Duplicate`] when one is open.
    pub async fn open_session(
        &mut self,
        conversation: ConversationId,
        at: Timestamp,
    ) -> Result<SessionId, DbError> {
        const INSERT: &str = "INSERT INTO sessions (id, conversation_id, status, opened_at) \
             VALUES ($1, $2, 'waiting', $3)";
        const MIRROR: &str = "UPDATE conversations SET state = 'waiting', session_id = $2, \
             owner_id = NULL, queue_at = $3, snoozed_until = NULL, snoozed_at = NULL, \
             comment_until = NULL, response_due = NULL, response_amber = NULL, \
             response_told = FALSE, resolution_due = NULL, resolution_amber = NULL, \
             resolution_told = FALSE WHERE id = $1";
        let id = SessionId::generate();
        later!(self, INSERT, [id, conversation, at]);
        later!(self, MIRROR, [conversation, id, at]);
        Ok(id)
    }

    /// Says who answers a conversation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_mode(
        &mut self,
        conversation: ConversationId,
        mode: Mode,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE conversations SET mode = $2 WHERE id = $1";
        later!(self, SQL, [conversation, mode]);
        Ok(())
    }

    /// Gives the waiting session to `operator`. Answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_session(
        &mut self,
        conversation: ConversationId,
        operator: OperatorId,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        const CLAIM: &str = "UPDATE sessions SET status = 'active', operator_id = $2, \
             claimed_at = $3 WHERE conversation_id = $1 AND status = 'waiting'";
        self.own_session(CLAIM, conversation, operator, now).await
    }

    /// Gives the open session, waiting or active, to `operator`. Answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn assign_session(
        &mut self,
        conversation: ConversationId,
        operator: OperatorId,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        const ASSIGN: &str = "UPDATE sessions SET status = 'active', operator_id = $2, \
             claimed_at = $3 WHERE conversation_id = $1 AND status <> 'closed'";
        self.own_session(ASSIGN, conversation, operator, now).await
    }

    async fn own_session(
        &mut self,
        sql: &'static str,
        conversation: ConversationId,
        operator: OperatorId,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        const MIRROR: &str = "UPDATE conversations SET state = 'active', owner_id = $2, \
             queue_at = NULL, snoozed_until = NULL WHERE id = $1";
        let won = on_db!(self, c => {
            sqlx::query(sql)
                .bind(conversation)
                .bind(operator)
                .bind(now)
                .execute(c)
                .await?
                .rows_affected() == 1
        });
        if won {
            later!(self, MIRROR, [conversation, operator]);
        }
        Ok(won)
    }

    /// Puts the open session back into the queue. Answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn requeue_session(
        &mut self,
        conversation: ConversationId,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE sessions SET status = 'waiting', operator_id = NULL, \
             claimed_at = NULL WHERE conversation_id = $1 AND status <> 'closed'";
        const MIRROR: &str = "UPDATE conversations SET state = 'waiting', owner_id = NULL, \
             queue_at = COALESCE(waiting_since, $2), snoozed_until = NULL WHERE id = $1";
        let done = on_db!(self, c => {
            sqlx::query(SQL).bind(conversation).execute(c).await?.rows_affected() == 1
        });
        if done {
            later!(self, MIRROR, [conversation, now]);
        }
        Ok(done)
    }

    /// Closes the open session; it keeps its last owner. Answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close_session(
        &mut self,
        conversation: ConversationId,
        now: Timestamp,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE sessions SET status = 'closed', closed_at = $2 \
             WHERE conversation_id = $1 AND status <> 'closed'";
        const MIRROR: &str = "UPDATE conversations SET state = 'closed', owner_id = NULL, \
             queue_at = NULL, waiting_since = NULL, unread = 0, read_rev = rev, answered_rev = rev, \
             snoozed_until = NULL, snoozed_at = NULL, response_due = NULL, response_amber = NULL, \
             resolution_due = NULL, resolution_amber = NULL WHERE id = $1";
        let done = on_db!(self, c => {
            sqlx::query(SQL).bind(conversation).bind(now).execute(c).await?.rows_affected() == 1
        });
        if done {
            later!(self, MIRROR, [conversation]);
        }
        Ok(done)
    }

    /// Remembers when an operator first answered in a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_first_response(
        &mut self,
        session: SessionId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE sessions SET first_response_at = $2 \
             WHERE id = $1 AND first_response_at IS NULL";
        later!(self, SQL, [session, now]);
        Ok(())
    }
}
