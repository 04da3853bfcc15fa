//! Why nothing was moved.

use crate::db::DbError;

/// Why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum RelocateError {
    /// The target is somebody else's.
    #[error(
        "the PostgreSQL database holds tables that are not Sala's, such as {0}; make an empty one"
    )]
    Foreign(String),
    /// The target was used.
    #[error(
        "the PostgreSQL database is not empty: {0} has rows; make an empty one and do not start Sala on it before the move"
    )]
    NotEmpty(String),
    /// The source is open elsewhere.
    #[error("the SQLite database is in use: stop Sala first")]
    InUse,
    /// The two do not hold the same number of rows.
    #[error("{table} has {here} rows in SQLite and {there} in PostgreSQL; nothing was moved")]
    Count {
        /// Where.
        table: String,
        /// In SQLite.
        here: i64,
        /// In PostgreSQL.
        there: i64,
    },
    /// Tables that refer to each other in a circle have no order in which rows could be added.
    #[error("the tables {0} refer to each other in a circle; nothing was moved")]
    Circle(String),
    /// A database failed.
    #[error("{0}")]
    Db(#[from] DbError),
}

impl From<sqlx::Error> for RelocateError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}
