//! How much room the store takes and has, and giving room back.

use std::fs;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use super::{Conn, Db, DbError, Inner, on_db};
use crate::protocol::{ConversationId, MediaId};

/// What the log may keep of the room that it once needed. Twice what is copied back at a time.
pub(super) const LOG_KEEPS: u64 = 64 << 20;

/// Copies the log back as far as nobody reads what was before, and waits for nobody.
const PASSIVE: &str = "PRAGMA wal_checkpoint(PASSIVE)";

/// Pages that are copied back while changes wait: some milliseconds' worth.
const FEW_PAGES: i64 = 500;

/// Bytes of files that are kept beside one that is to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Beside {
    /// Of all customers and operators.
    #[sqlx(try_from = "i64")]
    pub in_all: u64,
    /// Of the same customer, within the time before it came, and since.
    #[sqlx(try_from = "i64")]
    pub of_a_day: u64,
}

/// Bytes, by what takes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Space {
    /// The database.
    pub database: u64,
    /// The write-ahead log of SQLite.
    pub log: u64,
    /// Files; part of the database.
    pub media: u64,
    /// Free on the disk; unknown for a database server.
    pub free: Option<u64>,
}

impl Db {
    /// What the store takes and has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn space(&self) -> Result<Space, DbError> {
        const SIZE: &str = "SELECT pg_database_size(current_database())";
        let media = self.reader().await?.conn().media_bytes().await?;
        match &*self.inner {
            Inner::Sqlite { files, .. } => Ok(Space {
                database: size(files.database()),
                log: size(&files.log()),
                media,
                free: self.free_space(),
            }),
            Inner::Postgres { pool, .. } => {
                let bytes: i64 = sqlx::query_scalar(SIZE).fetch_one(pool).await?;
                Ok(Space {
                    database: bytes.unsigned_abs(),
                    media,
                    ..Space::default()
                })
            }
        }
    }

    /// Free bytes where the database is, for those who are not root; nothing for a server.
    pub fn free_space(&self) -> Option<u64> {
        let Inner::Sqlite { files, .. } = &*self.inner else {
            return None;
        };
        let found = rustix::fs::statvfs(files.database()).ok()?;
        Some(found.f_bavail.saturating_mul(found.f_frsize))
    }

    /// Gives the log's room back after somebody read for long while much was written. Changes go
    /// on meanwhile: what is left to copy at the end is little, or else it is tried another time.
    /// Answers whether there was anything to do.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn shrink_log(&self) -> Result<bool, DbError> {
        const TRUNCATE: &str = "PRAGMA wal_checkpoint(TRUNCATE)";
        let Inner::Sqlite { files, .. } = &*self.inner else {
            return Ok(false);
        };
        if size(&files.log()) <= LOG_KEEPS {
            return Ok(false);
        }
        let Some(mut connection) = self.beside_writer().await? else {
            return Ok(false);
        };
        let copied: (i64, i64, i64) = sqlx::query_as(PASSIVE).fetch_one(&mut connection).await?;
        let (_, pages, done) = copied;
        if pages.saturating_sub(done) <= FEW_PAGES {
            // Answers that it was busy when somebody reads or writes just then.
            sqlx::query(TRUNCATE).execute(&mut connection).await?;
        }
        connection.close().await?;
        Ok(true)
    }

    /// Copies what SQLite's log holds into the database, as far as nobody reads what was before.
    /// Nobody waits for it but the caller.
    pub(super) async fn copy_back(&self) -> Result<(), DbError> {
        let Some(mut connection) = self.beside_writer().await? else {
            return Ok(());
        };
        sqlx::query(PASSIVE).execute(&mut connection).await?;
        Ok(connection.close().await?)
    }

    /// A connection of its own to SQLite's file, which neither the writer nor readers wait for;
    /// nothing for a server.
    async fn beside_writer(&self) -> Result<Option<SqliteConnection>, DbError> {
        let Inner::Sqlite { files, .. } = &*self.inner else {
            return Ok(None);
        };
        let options = SqliteConnectOptions::new()
            .filename(files.database())
            .busy_timeout(Duration::ZERO);
        Ok(Some(options.connect().await?))
    }
}

impl Conn<'_> {
    /// Bytes of all files that are kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn media_bytes(&mut self) -> Result<u64, DbError> {
        const SQL: &str = "SELECT bytes FROM media_totals WHERE shard = 0";
        let bytes: i64 = on_db!(self, c => sqlx::query_scalar(SQL).fetch_one(c).await?);
        Ok(u64::try_from(bytes).unwrap_or(0))
    }

    /// What is kept beside a file, and of its customer of what came up to `within_ms` before it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn media_beside(&mut self, id: MediaId, within_ms: i64) -> Result<Beside, DbError> {
        const SQL: &str = "SELECT t.bytes AS in_all, CAST(COALESCE((SELECT SUM(o.size) \
                 FROM media o WHERE o.conversation_id = f.conversation_id \
                 AND o.created_at > f.created_at - $2 AND o.state = 'ready' \
                 AND o.uploaded_by IS NULL), 0) AS BIGINT) \
             AS of_a_day FROM media f JOIN media_totals t ON t.shard = 0 WHERE f.id = $1";
        let found: Option<Beside> = on_db!(self, c => {
            sqlx::query_as(SQL).bind(id).bind(within_ms).fetch_optional(c).await?
        });
        Ok(found.unwrap_or_default())
    }

    /// Lets nobody else keep a file until this change is committed, in the order in which a
    /// change of the file's conversation takes its locks.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lock_media(&mut self, id: MediaId) -> Result<(), DbError> {
        const CONVERSATION: &str = "SELECT conversation_id FROM media WHERE id = $1";
        const TOTALS: &str = "UPDATE media_totals SET bytes = bytes WHERE shard = 0";
        let place: Option<ConversationId> = match self {
            Self::Sqlite(_) => return Ok(()),
            Self::Postgres(c) => {
                let place = sqlx::query_scalar(CONVERSATION).bind(id);
                place.fetch_optional(&mut **c).await?
            }
        };
        if let Some(conversation) = place {
            self.lock_conversation(conversation).await?;
        }
        if let Self::Postgres(c) = self {
            sqlx::query(TOTALS).execute(&mut **c).await?;
        }
        Ok(())
    }

    /// Gives back the memory in which SQLite's writer keeps pages that it has read or written: what
    /// a large file leaves there is of no use to anybody. Nothing for a server.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn forget_pages(&mut self) -> Result<(), DbError> {
        const SQL: &str = "PRAGMA shrink_memory";
        if let Self::Sqlite(c) = self {
            sqlx::query(SQL).execute(&mut *c).await?;
        }
        Ok(())
    }

    /// Drops what was stored of a file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_pieces(&mut self, id: MediaId) -> Result<(), DbError> {
        const SQL: &str = "DELETE FROM media_pieces WHERE media_id = $1";
        on_db!(self, c => { sqlx::query(SQL).bind(id).execute(c).await?; });
        Ok(())
    }
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |found| found.len())
}
