//! Operators as colleagues: who can take chats, and the presence each chose.

use super::{Conn, DbError, on_db};
use crate::protocol::{OperatorId, OperatorRef, Presence};

impl Conn<'_> {
    /// An operator who is not disabled.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn active_operator(
        &mut self,
        id: OperatorId,
    ) -> Result<Option<OperatorRef>, DbError> {
        const SQL: &str = "SELECT id, name FROM operators WHERE id = $1 AND disabled_at IS NULL";
        let row: Option<(OperatorId, String)> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(id).fetch_optional(c).await?
        });
        Ok(row.map(|(id, name)| OperatorRef { id, name }))
    }

    /// As [`Conn::active_operator`], and so for the rest of this transaction: on PostgreSQL, where
    /// others write at the same time, this takes the operator's row lock.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn taker(&mut self, id: OperatorId) -> Result<Option<OperatorRef>, DbError> {
        const LOCKED: &str =
            "SELECT id, name FROM operators WHERE id = $1 AND disabled_at IS NULL FOR SHARE";
        let row: Option<(OperatorId, String)> = match self {
            Self::Sqlite(_) => return self.active_operator(id).await,
            Self::Postgres(c) => {
                let row = sqlx::query_as(LOCKED).bind(id);
                row.fetch_optional(&mut **c).await?
            }
        };
        Ok(row.map(|(id, name)| OperatorRef { id, name }))
    }

    /// Keeps the presence that an operator chose.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_presence(
        &mut self,
        operator: OperatorId,
        presence: Presence,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE operators SET presence = $2 WHERE id = $1";
        on_db!(self, c => {
            sqlx::query(SQL).bind(operator).bind(presence).execute(c).await?;
        });
        Ok(())
    }

    /// Whether there is any LINE channel to talk through.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_channel(&mut self) -> Result<bool, DbError> {
        let count: i64 = on_db!(self, c => {
            sqlx::query_scalar("SELECT count(*) FROM channels").fetch_one(c).await?
        });
        Ok(count > 0)
    }
}
