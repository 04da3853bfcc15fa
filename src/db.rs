//! The store: one set of queries for SQLite and PostgreSQL.
//!
//! Every statement is a method of [`Conn`] in a file named after its aggregate; the text is the
//! same for both databases. Reads take a [`Reader`] (a snapshot); writes go through
//! [`Db::write`], which on SQLite shares one durable commit among all writes that wait.

mod batches;
mod block_on;
mod connect;
mod error;
mod pipeline;
mod probe;
mod writer;

pub mod activity;
mod audit;
pub mod backup;
pub mod beacons;
pub mod channels;
pub mod contacts;
pub mod content;
pub mod conversations;
pub mod files;
pub mod invitations;
pub mod logins;
pub mod media;
pub mod messages;
pub mod operators;
pub mod outbox;
pub mod own_account;
pub mod pieces;
pub mod profiles;
pub mod relocate;
mod restored;
pub mod retention;
pub mod returns;
pub mod revs;
pub mod roles;
mod rows;
pub mod sessions;
mod space;
mod team;
pub mod webhook_events;

use std::sync::Arc;
use std::time::Instant;

use futures_util::future::BoxFuture;
use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::metrics;
use pipeline::Held;

pub use audit::Audit;
pub use batches::{Batches, PIPELINE};
pub use error::DbError;
pub use pipeline::Pipeline;
pub use restored::Settled;
pub use space::{Beside, Space};

/// Tells others what a change has made durable.
pub type Telling = Box<dyn FnOnce() + Send>;

/// A handle to the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

enum Inner {
    Sqlite {
        reads: SqlitePool,
        /// Owns the only connection that writes.
        writer: writer::Writer,
        /// What both have found.
        damage: probe::Damage,
        /// Where it is.
        files: files::Files,
    },
    Postgres(PgPool),
}

/// A connection of either database, inside a transaction.
pub enum Conn<'c> {
    /// Embedded.
    Sqlite(Pipeline<'c>),
    /// A server.
    Postgres(&'c mut PgConnection),
}

/// A consistent snapshot for reading; gives its connection back when dropped.
pub enum Reader {
    /// Embedded.
    Sqlite(Transaction<'static, Sqlite>, Held),
    /// A server.
    Postgres(Transaction<'static, Postgres>),
}

/// Runs one body on whichever database the connection is of.
macro_rules! on_db {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            crate::db::Conn::Sqlite($c) => $body,
            crate::db::Conn::Postgres($c) => {
                let $c = &mut **$c;
                $body
            }
        }
    };
}
pub(crate) use on_db;
pub(crate) use pipeline::{each, later};

impl Reader {
    /// The connection to read from.
    pub fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(transaction, held) => Conn::Sqlite(Pipeline::new(transaction, held)),
            Self::Postgres(transaction) => Conn::Postgres(transaction),
        }
    }
}

impl Db {
    /// Which database it is: `sqlite` or `postgres`.
    pub fn kind(&self) -> &'static str {
        match *self.inner {
            Inner::Sqlite { .. } => "sqlite",
            Inner::Postgres(_) => "postgres",
        }
    }

    /// What the database server calls this database; nothing for an embedded one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn name(&self) -> Result<Option<String>, DbError> {
        match &*self.inner {
            Inner::Sqlite { .. } => Ok(None),
            Inner::Postgres(pool) => {
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
            Inner::Postgres(pool) => {
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
            Inner::Postgres(pool) => {
                let mut transaction = pool.begin().await.map_err(DbError::from)?;
                let value = change(Conn::Postgres(&mut transaction)).await?;
                let began = Instant::now();
                transaction.commit().await.map_err(DbError::from)?;
                metrics::committed(1, began.elapsed());
                let (answer, tellings) = after(value);
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
            Inner::Postgres(_) => std::future::pending().await,
        }
    }

    /// Waits for running writes and closes every connection.
    pub async fn close(&self) {
        match &*self.inner {
            Inner::Sqlite { reads, writer, .. } => {
                writer.close().await;
                reads.close().await;
            }
            Inner::Postgres(pool) => pool.close().await,
        }
    }
}
