//! Copies of a SQLite database, made and checked without a running Sala knowing.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::DbError;

/// Copies the database at `from`, as it is at one moment, into the empty file `to`.
///
/// # Errors
/// What SQLite says.
pub async fn copy(from: &Path, to: &Path) -> Result<(), DbError> {
    let mut connection = open(from).await?;
    sqlx::query("VACUUM INTO $1")
        .bind(to.to_string_lossy().into_owned())
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    verify(to).await
}

/// Whether the file is a sound database of Sala's.
///
/// # Errors
/// What is wrong with it.
pub async fn verify(file: &Path) -> Result<(), DbError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .immutable(true);
    let mut connection = options.connect().await?;
    let found: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut connection)
        .await?;
    let ours: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('operators', 'conversations', 'messages')",
    )
    .fetch_one(&mut connection)
    .await?;
    connection.close().await?;
    if found == "ok" && ours == 3 {
        return Ok(());
    }
    let why = if ours == 3 {
        found
    } else {
        "it has not Sala's tables".to_owned()
    };
    Err(DbError::Row {
        table: "sqlite_master",
        why,
    })
}

/// Brings everything into the one file and lets go of it; fails while anyone has it open.
///
/// # Errors
/// When the database is in use.
pub async fn close_off(file: &Path) -> Result<(), DbError> {
    let mut connection = open(file).await?;
    // Leaving WAL needs the file for oneself alone, which is just what is asked.
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode = DELETE")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    if mode == "delete" {
        return Ok(());
    }
    Err(DbError::Row {
        table: "sqlite_master",
        why: format!("it stays in mode {mode}"),
    })
}

async fn open(file: &Path) -> Result<SqliteConnection, DbError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .busy_timeout(Duration::from_secs(2));
    Ok(options.connect().await?)
}
