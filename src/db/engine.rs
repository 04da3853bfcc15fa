//! How the store is opened, read and written, on either database. SQLite has one writer for all
//! ([`writer`]), whose statements travel in pipelines ([`pipeline`]); changes of one kind come in
//! batches ([`batches`]), on PostgreSQL those of one row in turns ([`turns`]).

mod batches;
mod block_on;
mod conn;
mod connect;
mod damage;
mod error;
mod lane;
pub(super) mod pipeline;
mod turns;
mod writer;

use std::sync::Arc;
use std::time::Instant;

use futures_util::future::BoxFuture;
use sqlx::{PgPool, SqlitePool};
use tokio_util::task::TaskTracker;

use super::files::Files;
use crate::metrics;
use damage::Damage;
use lane::Lane;
use pipeline::Held;
use writer::Writer;

pub use batches::{Batched, Batches, PIPELINE};
pub use conn::{Conn, Reader};
pub(crate) use conn::{each, later, on_db};
pub use error::DbError;
pub use pipeline::Pipeline;

/// Tells others what a change has made durable.
pub type Telling = Box<dyn FnOnce() + Send>;

/// A handle to the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(super) inner: Arc<Inner>,
}

pub(super) enum Inner {
    Sqlite {
        reads: SqlitePool,
        /// Owns the only connection that writes.
        writer: Writer,
        /// What both have found.
        damage: Damage,
        /// Where it is.
        files: Files,
        /// The way of files' bytes.
        lane: Lane,
    },
    Postgres {
        pool: PgPool,
        /// Those that make batches.
        tasks: TaskTracker,
    },
}

impl Db {
    /// Which database it is: `sqlite` or `postgres`.
    pub fn kind(&self) -> &'static str {
        match *self.inner {
            Inner::Sqlite { .. } => "sqlite",
            Inner::Postgres { .. } => "postgres",
        }
    }

    /// What the database server calls this database; nothing for an embedded one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn name(&self) -> Result<Option<String>, DbError> {
        match &*self.inner {
            Inner::Sqlite { .. } => Ok(None),
            Inner::Postgres { pool, .. } => {
                let name = sqlx::query_scalar("SELECT current_database()::TEXT");
                Ok(Some(name.fetch_one(pool).await?))
            }
        }
    }

    /// A snapshot for reading.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn reader(&self) -> Result<Reader, DbError> {
        match &*self.inner {
            Inner::Sqlite { reads, damage, .. } => {
                let begun = reads.begin().await;
                let begun = begun.inspect_err(|error| damage.note(error))?;
                Ok(Reader::Sqlite(begun, Held::noting(damage)))
            }
            Inner::Postgres { pool, .. } => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Ok(Reader::Postgres(pool.begin_with(begin).await?))
            }
        }
    }

    /// Runs `change` in a transaction and answers once it is durable; an error undoes it.
    ///
    /// On SQLite the changes of many callers are committed together, each within its own
    /// savepoint, so that one failing change harms no other.
    ///
    /// # Errors
    /// What `change` returns, or the commit's own failure.
    pub async fn write<T, E, F>(&self, change: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'a> FnOnce(Conn<'a>) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        self.write_and(change, |value| (value, Vec::new())).await
    }

    /// As [`Db::write`]. Once the change is durable `after` splits what it answers: the caller
    /// gets the first part; the second part is run beside that, on SQLite in the order of the
    /// commits, so that what is published there keeps the order of the store. Neither must block.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_and<T, U, E, F, A>(&self, change: F, after: A) -> Result<U, E>
    where
        T: Send + 'static,
        U: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'a> FnOnce(Conn<'a>) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
        A: FnOnce(T) -> (U, Vec<Telling>) + Send + 'static,
    {
        match &*self.inner {
            Inner::Sqlite { writer, .. } => writer.run(change, after).await,
            Inner::Postgres { pool, .. } => {
                let (answer, tellings) = after(commit(pool, change).await?);
                for tell in tellings {
                    tell();
                }
                Ok(answer)
            }
        }
    }

    /// Waits until nothing can be written any more, though nobody has closed the store. A server's
    /// connections are made anew, so this is about SQLite's writer only.
    pub async fn lost(&self) {
        match &*self.inner {
            Inner::Sqlite { writer, .. } => writer.lost().await,
            Inner::Postgres { .. } => std::future::pending().await,
        }
    }

    /// Waits for running writes and closes every connection.
    pub async fn close(&self) {
        match &*self.inner {
            Inner::Sqlite { reads, writer, .. } => {
                writer.close().await;
                reads.close().await;
            }
            Inner::Postgres { pool, tasks } => {
                tasks.close();
                tasks.wait().await;
                pool.close().await;
            }
        }
    }
}

/// Runs `change` in a transaction on PostgreSQL and commits it; an error undoes it.
async fn commit<T, E, F>(pool: &PgPool, change: F) -> Result<T, E>
where
    E: From<DbError>,
    F: for<'a> FnOnce(Conn<'a>) -> BoxFuture<'a, Result<T, E>>,
{
    let mut transaction = pool.begin().await.map_err(DbError::from)?;
    let value = change(Conn::Postgres(&mut transaction)).await?;
    let began = Instant::now();
    transaction.commit().await.map_err(DbError::from)?;
    metrics::committed(1, began.elapsed());
    Ok(value)
}
