//! Operators as administrators manage them: names, roles, and who may come in again.

use sqlx::FromRow;

use super::operators::OperatorRow;
use super::{Conn, DbError, on_db};
use crate::protocol::{OperatorId, Role, Timestamp};

/// An operator as administrators see them.
#[derive(Clone, Debug, FromRow)]
pub struct ManagedOperator {
    /// The operator.
    #[sqlx(flatten)]
    pub operator: OperatorRow,
    /// When any of their log-ins was last used, to the hour.
    pub last_seen_at: Option<Timestamp>,
    /// How many chats a rule gives them at most, where it is not the team's number.
    pub capacity: Option<i64>,
}

impl Conn<'_> {
    /// Lets changes of who administers come one after another, until this transaction ends. Each
    /// then sees what the one before it has done, so that two administrators who demote each other
    /// at once do not both have their way. SQLite has one writer anyway.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn manage_one_at_a_time(&mut self) -> Result<(), DbError> {
        // The number is any that nobody else takes.
        const SQL: &str = "SELECT pg_advisory_xact_lock(8314045551514772833)";
        match self {
            Self::Sqlite(_) => {}
            Self::Postgres(c) => {
                sqlx::query(SQL).execute(&mut **c).await?;
            }
        }
        Ok(())
    }

    /// All operators, the disabled ones too, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn managed_operators(&mut self) -> Result<Vec<ManagedOperator>, DbError> {
        const SQL: &str = "SELECT o.id, o.email, o.name, o.role, o.password_hash, o.presence, \
             o.created_at, o.disabled_at, o.capacity, \
             (SELECT max(l.last_seen_at) FROM logins l WHERE l.operator_id = o.id) AS last_seen_at \
             FROM operators o ORDER BY o.name, o.id";
        Ok(on_db!(self, c => sqlx::query_as(SQL).fetch_all(c).await?))
    }

    /// Gives an operator another name or role; what is absent stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_name_and_role(
        &mut self,
        id: OperatorId,
        name: Option<&str>,
        role: Option<Role>,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE operators SET name = COALESCE($2, name), \
             role = COALESCE($3, role) WHERE id = $1";
        on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(name).bind(role).execute(c).await?;
        });
        Ok(())
    }

    /// How many chats a rule gives an operator at most, where it is not the team's number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn capacity(&mut self, id: OperatorId) -> Result<Option<u32>, DbError> {
        const SQL: &str = "SELECT capacity FROM operators WHERE id = $1";
        let number: Option<Option<i64>> = on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(id).fetch_optional(c).await?
        });
        Ok(number
            .flatten()
            .and_then(|number| u32::try_from(number).ok()))
    }

    /// Sets how many; without a number the team's counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_capacity(
        &mut self,
        id: OperatorId,
        number: Option<u32>,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE operators SET capacity = $2 WHERE id = $1";
        on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(number.map(i64::from)).execute(c).await?;
        });
        Ok(())
    }

    /// Lets an operator sign in again; false when they could anyway.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn enable_operator(&mut self, id: OperatorId) -> Result<bool, DbError> {
        const SQL: &str =
            "UPDATE operators SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL";
        let changed = on_db!(self, c => {
            sqlx::query(SQL).bind(id).execute(c).await?.rows_affected()
        });
        Ok(changed == 1)
    }
}
