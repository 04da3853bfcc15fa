//! Log-ins: what a session cookie stands for.

use sqlx::{FromRow, Postgres, QueryBuilder, Sqlite};
use uuid::Uuid;

use super::operators::OperatorRow;
use super::{Conn, DbError, on_db};
use crate::protocol::preferences::Preferences;
use crate::protocol::{OperatorId, Role, Timestamp};

/// One log-in of one operator; dies by logging out, by age and by a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct LoginId(pub Uuid);

impl LoginId {
    /// A new id.
    pub fn generate() -> Self {
        Self(Uuid::now_v7())
    }
}

impl std::fmt::Display for LoginId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A log-in with its operator.
#[derive(Clone, Debug, FromRow)]
pub struct LoginRow {
    /// The log-in.
    pub login_id: LoginId,
    /// When it began.
    #[sqlx(rename = "login_created_at")]
    pub created_at: Timestamp,
    /// When its end was last moved.
    pub last_seen_at: Timestamp,
    /// Its end.
    pub expires_at: Timestamp,
    /// Whose it is.
    #[sqlx(flatten)]
    pub operator: OperatorRow,
    /// How they want to see Sala.
    #[sqlx(flatten)]
    pub preferences: Preferences,
}

/// A log-in to be stored.
#[derive(Clone, Debug)]
pub struct NewLogin {
    /// Its id.
    pub id: LoginId,
    /// Of the cookie's token.
    pub token_hash: [u8; 32],
    /// Whose it is.
    pub operator: OperatorId,
    /// Now.
    pub created_at: Timestamp,
    /// Its end.
    pub expires_at: Timestamp,
    /// By what its owner recognises it.
    pub device: LoginDevice,
}

/// By what one recognises a log-in of one's own.
#[derive(Clone, Debug, Default, FromRow)]
pub struct LoginDevice {
    /// From where it began.
    pub address: Option<String>,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
}

/// A log-in as its owner sees it.
#[derive(Clone, Debug, FromRow)]
pub struct OwnLogin {
    /// How it stands.
    #[sqlx(flatten)]
    pub standing: LoginStanding,
    /// By what one recognises it.
    #[sqlx(flatten)]
    pub device: LoginDevice,
}

/// What matters of a log-in to a connection that was opened with it.
#[derive(Clone, Debug, FromRow)]
pub struct LoginStanding {
    /// The log-in.
    pub id: LoginId,
    /// When it began.
    pub created_at: Timestamp,
    /// When its end was last moved.
    pub last_seen_at: Timestamp,
    /// Its end.
    pub expires_at: Timestamp,
    /// Since when its operator may not sign in.
    pub disabled_at: Option<Timestamp>,
    /// What the operator is called now.
    pub name: String,
    /// What they may do now.
    pub role: Role,
}

impl Conn<'_> {
    /// Adds a log-in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_login(&mut self, login: &NewLogin) -> Result<(), DbError> {
        const SQL: &str = "INSERT INTO logins \
             (id, token_hash, operator_id, created_at, last_seen_at, expires_at, address, user_agent) \
             VALUES ($1, $2, $3, $4, $4, $5, $6, $7)";
        on_db!(self, c => {
            sqlx::query(SQL)
                .bind(login.id)
                .bind(&login.token_hash[..])
                .bind(login.operator)
                .bind(login.created_at)
                .bind(login.expires_at)
                .bind(login.device.address.as_deref())
                .bind(login.device.user_agent.as_deref())
                .execute(c)
                .await?;
        });
        Ok(())
    }

    /// The log-in of a cookie, whether or not it is still good.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn login_by_token(
        &mut self,
        token_hash: &[u8; 32],
    ) -> Result<Option<LoginRow>, DbError> {
        const SQL: &str = "SELECT l.id AS login_id, l.created_at AS login_created_at, l.last_seen_at, l.expires_at, \
             o.id, o.email, o.name, o.role, o.password_hash, o.presence, o.created_at, o.disabled_at, \
             o.language, o.appearance, o.clock, o.buddhist_year, o.delay_s, o.send_with, o.single_keys \
             FROM logins l JOIN operators o ON o.id = l.operator_id WHERE l.token_hash = $1";
        Ok(on_db!(self, c => {
            sqlx::query_as(SQL).bind(&token_hash[..]).fetch_optional(c).await?
        }))
    }

    /// The log-in with this id, whether or not it is still good.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn login(&mut self, id: LoginId) -> Result<Option<LoginRow>, DbError> {
        const SQL: &str = "SELECT l.id AS login_id, l.created_at AS login_created_at, l.last_seen_at, l.expires_at, \
             o.id, o.email, o.name, o.role, o.password_hash, o.presence, o.created_at, o.disabled_at, \
             o.language, o.appearance, o.clock, o.buddhist_year, o.delay_s, o.send_with, o.single_keys \
             FROM logins l JOIN operators o ON o.id = l.operator_id WHERE l.id = $1";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
    }

    /// How the given log-ins stand; those that are gone are left out. At most 500 at a time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn login_standings(
        &mut self,
        ids: &[LoginId],
    ) -> Result<Vec<LoginStanding>, DbError> {
        const SQL: &str = "SELECT l.id, l.created_at, l.last_seen_at, l.expires_at, o.disabled_at, \
             o.name, o.role FROM logins l JOIN operators o ON o.id = l.operator_id WHERE l.id IN (";
        match self {
            Self::Sqlite(c) => {
                let mut query = QueryBuilder::<Sqlite>::new(SQL);
                let mut list = query.separated(", ");
                for id in ids {
                    list.push_bind(*id);
                }
                Ok(query.push(")").build_query_as().fetch_all(&mut *c).await?)
            }
            Self::Postgres(c) => {
                let mut query = QueryBuilder::<Postgres>::new(SQL);
                let mut list = query.separated(", ");
                for id in ids {
                    list.push_bind(*id);
                }
                Ok(query.push(")").build_query_as().fetch_all(&mut **c).await?)
            }
        }
    }

    /// Moves a log-in's end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn extend_login(
        &mut self,
        id: LoginId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "UPDATE logins SET last_seen_at = $2, expires_at = $3 WHERE id = $1";
        on_db!(self, c => {
            sqlx::query(SQL).bind(id).bind(now).bind(expires_at).execute(c).await?;
        });
        Ok(())
    }

    /// Ends a log-in; false when there was none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_login(&mut self, id: LoginId) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM logins WHERE id = $1";
        let gone = on_db!(self, c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected());
        Ok(gone == 1)
    }

    /// Ends the log-in of a cookie; says which that was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_login_by_token(
        &mut self,
        token_hash: &[u8; 32],
    ) -> Result<Option<LoginId>, DbError> {
        const SQL: &str = "DELETE FROM logins WHERE token_hash = $1 RETURNING id";
        Ok(on_db!(self, c => {
            sqlx::query_scalar(SQL).bind(&token_hash[..]).fetch_optional(c).await?
        }))
    }

    /// All log-ins of an operator, whether or not they are still good; the latest used first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn logins_of(&mut self, operator: OperatorId) -> Result<Vec<OwnLogin>, DbError> {
        const SQL: &str = "SELECT l.id, l.created_at, l.last_seen_at, l.expires_at, \
             o.disabled_at, o.name, o.role, l.address, l.user_agent \
             FROM logins l JOIN operators o ON o.id = l.operator_id WHERE l.operator_id = $1 \
             ORDER BY l.last_seen_at DESC, l.id DESC";
        Ok(on_db!(self, c => sqlx::query_as(SQL).bind(operator).fetch_all(c).await?))
    }

    /// Ends a log-in of this operator; false when they have none with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_own_login(
        &mut self,
        operator: OperatorId,
        id: LoginId,
    ) -> Result<bool, DbError> {
        const SQL: &str = "DELETE FROM logins WHERE id = $2 AND operator_id = $1";
        let gone = on_db!(self, c => {
            sqlx::query(SQL).bind(operator).bind(id).execute(c).await?.rows_affected()
        });
        Ok(gone == 1)
    }

    /// Ends every log-in of an operator but one; answers how many that were still good.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_other_logins(
        &mut self,
        operator: OperatorId,
        kept: LoginId,
        now: Timestamp,
    ) -> Result<u64, DbError> {
        const OLD: &str = "DELETE FROM logins WHERE operator_id = $1 AND id <> $2 \
             AND expires_at <= $3";
        const SQL: &str = "DELETE FROM logins WHERE operator_id = $1 AND id <> $2";
        on_db!(self, c => {
            sqlx::query(OLD).bind(operator).bind(kept).bind(now).execute(&mut *c).await?;
            let gone = sqlx::query(SQL).bind(operator).bind(kept).execute(c).await?;
            Ok(gone.rows_affected())
        })
    }

    /// Ends every log-in of an operator.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_logins_of(&mut self, operator: OperatorId) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM logins WHERE operator_id = $1";
        on_db!(self, c => { sqlx::query(SQL).bind(operator).execute(c).await?; });
        Ok(())
    }

    /// Removes an operator's log-ins that have come to their end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_expired_logins_of(
        &mut self,
        operator: OperatorId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM logins WHERE operator_id = $1 AND expires_at <= $2";
        on_db!(self, c => { sqlx::query(SQL).bind(operator).bind(now).execute(c).await?; });
        Ok(())
    }
}
