//! What can go wrong in the store.

use sqlx::error::DatabaseError;
use sqlx::sqlite::SqliteError;

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
    /// There is nothing at that place, and nothing is to be made there.
    #[error(
        "there is no database at {0}: run this in Sala's folder or set DATABASE_URL; `sala serve` makes a new one"
    )]
    Absent(String),
    /// A database's newest changes are there, and the database itself is not.
    #[error(
        "{left} is there without {database}, which it belongs to: move the database back, or move {left} away"
    )]
    LeftOver {
        /// What is missing.
        database: String,
        /// What is left.
        left: String,
    },
    /// The file is not, or no longer, what it should be.
    #[error("the database is damaged ({0}): put a copy back with `sala restore FILE --force`")]
    Damaged(String),
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

impl DbError {
    /// Whether somebody else has the SQLite database in use.
    pub fn is_busy(&self) -> bool {
        let Self::Sql(sqlx::Error::Database(error)) = self else {
            return false;
        };
        matches!(sqlite_code(&**error), Some(5 | 6))
    }

    /// Whether there is no room left where the database is (SQLite's 13, `disk_full` of a server).
    pub fn is_full(&self) -> bool {
        let Self::Sql(sqlx::Error::Database(error)) = self else {
            return false;
        };
        sqlite_code(&**error) == Some(13) || error.code().as_deref() == Some("53100")
    }
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(inner) if inner.is_unique_violation() => Self::Duplicate,
            sqlx::Error::Database(inner) if is_conflict(inner.code().as_deref()) => Self::Conflict,
            sqlx::Error::Database(inner) if is_damage(&**inner) => {
                Self::Damaged(inner.message().to_owned())
            }
            sqlx::Error::PoolClosed => Self::Closed,
            _ => Self::Sql(error),
        }
    }
}

/// PostgreSQL's serialization failure and deadlock (its manual, appendix A).
fn is_conflict(code: Option<&str>) -> bool {
    matches!(code, Some("40001" | "40P01"))
}

/// Whether SQLite says that the file is not what it should be.
pub(super) fn is_damage(error: &dyn DatabaseError) -> bool {
    matches!(sqlite_code(error), Some(11 | 26))
}

/// SQLite's result code without what extends it: 5 and 6 in use, 11 malformed, 26 no database.
fn sqlite_code(error: &dyn DatabaseError) -> Option<u32> {
    let error = error.try_downcast_ref::<SqliteError>()?;
    let code: u32 = error.code()?.parse().ok()?;
    Some(code & 0xff)
}
