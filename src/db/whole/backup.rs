//! Copies of a SQLite database, made and checked without a running Sala knowing.

use std::path::Path;
use std::time::Duration;

use sqlx::migrate::MigrateError;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::restored::Settled;
use crate::db::files::Files;
use crate::db::{Db, DbError};
use crate::protocol::Timestamp;

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

/// Whether the file is a sound database of Sala's, and all of it.
///
/// # Errors
/// What is wrong with it.
pub async fn verify(file: &Path) -> Result<(), DbError> {
    let damaged = |why: String| Err(DbError::Damaged(why));
    if let Some(beside) = Files::of(file).unmerged() {
        return damaged(format!(
            "part of it is in {}; copy with `sala backup`",
            beside.display()
        ));
    }
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
    match (found.as_str(), ours) {
        ("ok", 3) => Ok(()),
        (_, 3) => damaged(found),
        _ => damaged("it has not Sala's tables".to_owned()),
    }
}

/// Makes a copy ready to be started: brings it to this version's schema, ends what must not go
/// on, and checks all of it.
///
/// # Errors
/// What is wrong with it.
pub async fn settle(draft: &Path, now: Timestamp) -> Result<Settled, DbError> {
    let db = Db::open(&format!("sqlite://{}", draft.display())).await?;
    let settling = db
        .write(move |mut conn| Box::pin(async move { conn.settle_restored(now).await }))
        .await;
    db.close().await;
    let settled = settling?;
    verify(draft).await?;
    Ok(settled)
}

/// Whether a copy was made by a newer version, which has tables that this one does not know.
pub fn is_of_newer(error: &DbError) -> bool {
    matches!(error, DbError::Migrate(MigrateError::VersionMissing(_)))
}

/// Brings everything into the one file and lets go of it; fails while anyone has it open.
///
/// # Errors
/// When the database is in use ([`DbError::is_busy`]) or damaged.
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
    Err(DbError::Damaged(format!("it stays in mode {mode}")))
}

async fn open(file: &Path) -> Result<SqliteConnection, DbError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .busy_timeout(Duration::from_secs(2));
    Ok(options.connect().await?)
}
