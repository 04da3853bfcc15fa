//! What can go wrong in the store.

/// A failure of the store. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A row with the same key is there already.
    #[error("the database already has such a row")]
    Duplicate,
    /// Another transaction was in the way; the same may succeed when tried again.
    #[error("another change was in the way")]
    Conflict,
    /// The database could not be reached, or refused.
    #[error("the database failed: {0}")]
    Sql(sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the database's schema could not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// `DATABASE_URL` names no database that Sala knows.
    #[error("DATABASE_URL must begin with sqlite:// or postgres://")]
    Url,
    /// A row holds what this version of Sala never writes.
    #[error("the table {table} holds a row that cannot be read: {why}")]
    Row {
        /// Where.
        table: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// The store is shutting down.
    #[error("the database is closed")]
    Closed,
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(inner) if inner.is_unique_violation() => Self::Duplicate,
            sqlx::Error::Database(inner) if is_conflict(inner.code().as_deref()) => Self::Conflict,
            sqlx::Error::PoolClosed => Self::Closed,
            _ => Self::Sql(error),
        }
    }
}

/// PostgreSQL's serialization failure and deadlock (its manual, appendix A).
fn is_conflict(code: Option<&str>) -> bool {
    matches!(code, Some("40001" | "40P01"))
}
