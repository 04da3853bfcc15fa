//! Operators: who may sign in, and as what.

use sqlx::FromRow;

use super::{Conn, DbError, on_db};
use crate::protocol::{Operator, OperatorId, Presence, Role, Timestamp};

/// One operator.
#[derive(Clone, Debug, FromRow)]
pub struct OperatorRow {
    /// Who.
    pub id: OperatorId,
    /// In lower case.
    pub email: String,
    /// Shown to colleagues.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2id, in PHC form.
    pub password_hash: String,
    /// What they last said about being at the desk.
    pub presence: Presence,
    /// Since when they exist.
    pub created_at: Timestamp,
    /// Since when they may not sign in.
    pub disabled_at: Option<Timestamp>,
}

impl From<OperatorRow> for Operator {
    /// As colleagues see them; `status` is what they last chose.
    fn from(row: OperatorRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            role: row.role,
            status: row.presence,
        }
    }
}

impl Conn<'_> {
    /// Adds an operator; `email` must be in lower case.
    ///
    /// # Errors
    /// [`DbError::Duplicate`] when the e-mail address is taken.
    pub async fn insert_operator(&mut self, row: &OperatorRow) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO operators \
             (id, email, name, role, password_hash, presence, created_at, disabled_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(row.id)
                .bind(row.email.as_str())
                .bind(row.name.as_str())
                .bind(row.role)
                .bind(row.password_hash.as_str())
                .bind(row.presence)
                .bind(row.created_at)
                .bind(row.disabled_at)
                .execute(c)
                .await?;
        });
        Ok(())
    }

    /// The operator with this e-mail address (in lower case).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operator_by_email(&mut self, email: &str) -> Result<Option<OperatorRow>, DbError> {
        const SQL: &str = "SELECT id, email, name, role, password_hash, presence, created_at, disabled_at \
             FROM operators WHERE email = $1";
        // Nobody's address, and nothing that PostgreSQL can be asked for.
        if email.contains('\0') {
            return Ok(None);
        }
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(email).fetch_optional(c).await?))
    }

    /// The operator with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operator(&mut self, id: OperatorId) -> Result<Option<OperatorRow>, DbError> {
        const SQL: &str = "SELECT id, email, name, role, password_hash, presence, created_at, disabled_at \
             FROM operators WHERE id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
    }

    /// All operators, the disabled ones too, in the order of their making.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn operators(&mut self) -> Result<Vec<OperatorRow>, DbError> {
        const SQL: &str = "SELECT id, email, name, role, password_hash, presence, created_at, disabled_at \
             FROM operators ORDER BY created_at, id";
        Ok(on_db!(self, c => sqlx::query_as(SQL).fetch_all(c).await?))
    }

    /// How many operators there are, the disabled ones too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_operators(&mut self) -> Result<i64, DbError> {
        const SQL: &str = "SELECT COUNT(*) FROM operators";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).fetch_one(c).await?))
    }

    /// Replaces an operator's password.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_operator_password(
        &mut self,
        id: OperatorId,
        password_hash: &str,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE operators SET password_hash = $2 WHERE id = $1";
        on_db!(self, c => { sqlx::query(SQL).bind(id).bind(password_hash).execute(c).await?; });
        Ok(())
    }

    /// Replaces an operator's password if it still is the one that was looked at; false otherwise.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn exchange_operator_password(
        &mut self,
        id: OperatorId,
        before: &str,
        after: &str,
    ) -> Result<bool, DbError> {
        const SQL: &str = "UPDATE operators SET password_hash = $3 \
             WHERE id = $1 AND password_hash = $2 AND disabled_at IS NULL";
        let changed = on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(before).bind(after).execute(c).await?.rows_affected()
        });
        Ok(changed == 1)
    }

    /// Whether the operator may sign in, and with this very password, until this transaction ends:
    /// on PostgreSQL, where others write at the same time, this takes the operator's row lock.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn password_stands(
        &mut self,
        id: OperatorId,
        password_hash: &str,
    ) -> Result<bool, DbError> {
        const SQL: &str = "SELECT count(*) FROM operators \
             WHERE id = $1 AND password_hash = $2 AND disabled_at IS NULL";
        const LOCKED: &str = "SELECT 1::BIGINT FROM operators \
             WHERE id = $1 AND password_hash = $2 AND disabled_at IS NULL FOR SHARE";
        let found: Option<i64> = match self {
            Self::Sqlite(c) => {
                let row = sqlx::query_scalar(SQL).bind(id).bind(password_hash);
                row.fetch_optional(&mut *c).await?
            }
            Self::Postgres(c) => {
                let row = sqlx::query_scalar(LOCKED).bind(id).bind(password_hash);
                row.fetch_optional(&mut **c).await?
            }
        };
        Ok(found.is_some_and(|count| count > 0))
    }

    /// Forbids an operator to sign in; false when that was so already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn disable_operator(
        &mut self,
        id: OperatorId,
        at: Timestamp,
    ) -> Result<bool, DbError> {
        const SQL: &str =
            "UPDATE operators SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL";
        let changed = on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(at).execute(c).await?.rows_affected()
        });
        Ok(changed == 1)
    }

    /// How many others than `id` are administrators and may sign in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_other_admins(&mut self, id: OperatorId) -> Result<i64, DbError> {
        const SQL: &str = "SELECT COUNT(*) FROM operators \
             WHERE role = 'admin' AND disabled_at IS NULL AND id <> $1";
        Ok(on_db!(self, c => sqlx::query_scalar(SQL).bind(id).fetch_one(c).await?))
    }
}
