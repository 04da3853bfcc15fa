//! Opening a database and bringing its schema up to date.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, PgConnection};

use tokio_util::task::TaskTracker;

use super::damage::Damage;
use super::lane::Lane;
use super::writer::Writer;
use super::{Db, DbError, Inner};
use crate::db::files::Files;
use crate::db::space::LOG_KEEPS;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Whether a database may be made where there is none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Absent {
    Make,
    Refuse,
}

impl Db {
    /// Opens the database at `url` (`sqlite://path` or `postgres://…`) and migrates it; makes it
    /// where there is none.
    ///
    /// # Errors
    /// [`DbError::Url`] for another scheme; otherwise what the database says.
    pub async fn open(url: &str) -> Result<Self, DbError> {
        Self::open_or(url, Absent::Make).await
    }

    /// As [`Db::open`], but makes nothing new.
    ///
    /// # Errors
    /// [`DbError::Absent`] where there is none; otherwise as [`Db::open`].
    pub async fn open_existing(url: &str) -> Result<Self, DbError> {
        Self::open_or(url, Absent::Refuse).await
    }

    async fn open_or(url: &str, absent: Absent) -> Result<Self, DbError> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            Self::open_sqlite(Path::new(path), absent).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Self::open_postgres(url, absent).await
        } else {
            Err(DbError::Url)
        }
    }

    async fn open_sqlite(path: &Path, absent: Absent) -> Result<Self, DbError> {
        let files = Files::of(path);
        files.prepare(absent == Absent::Make)?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .statement_cache_capacity(256)
            .pragma("cache_size", "-65536")
            // What undoes a savepoint stays out of files; there is little of it.
            .pragma("temp_store", "MEMORY")
            // 32 MB: pages that many webhooks change are copied back once for all of them.
            .pragma("wal_autocheckpoint", "8000")
            // What it needed beyond that, while somebody read for long, it gives back.
            .pragma("journal_size_limit", LOG_KEEPS.to_string());
        let mut writing = options.connect().await?;
        SQLITE.run(&mut writing).await?;
        let reads = SqlitePoolOptions::new()
            .max_connections(8)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        let damage = Damage::default();
        Ok(Self {
            inner: Arc::new(Inner::Sqlite {
                reads,
                writer: Writer::start(writing, damage.clone())?,
                damage,
                files,
                lane: Lane::default(),
            }),
        })
    }

    async fn open_postgres(url: &str, absent: Absent) -> Result<Self, DbError> {
        let options = PgConnectOptions::from_str(url)?;
        let mut migrating = options.connect().await?;
        if absent == Absent::Refuse && !is_ours(&mut migrating).await? {
            let name = options.get_database().unwrap_or_default().to_owned();
            return Err(DbError::Absent(format!("the PostgreSQL database {name}")));
        }
        POSTGRES.run(&mut migrating).await?;
        migrating.close().await?;
        let pool = PgPoolOptions::new()
            .max_connections(20)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await?;
        Ok(Self {
            inner: Arc::new(Inner::Postgres {
                pool,
                tasks: TaskTracker::new(),
            }),
        })
    }
}

/// Whether Sala was started on it before.
async fn is_ours(connection: &mut PgConnection) -> Result<bool, DbError> {
    let found = sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL");
    Ok(found.fetch_one(connection).await?)
}
