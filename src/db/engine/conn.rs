//! What statements are run on: a connection of either database.

use sqlx::{PgConnection, Postgres, Sqlite, Transaction};

use super::pipeline::{Held, Pipeline};

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

/// Runs a statement whose answer nobody needs, such as an INSERT of a row that cannot be there:
/// on PostgreSQL at once, on SQLite together with the next statement, or at the change's end. If
/// it fails, that one fails. Each value is evaluated once and must be owned.
macro_rules! later {
    ($conn:expr, $sql:expr, [$($value:expr),* $(,)?]) => {
        match $conn {
            crate::db::Conn::Sqlite(c) => {
                c.later($sql, vec![$(crate::db::engine::pipeline::value($value)),*]).await?;
            }
            crate::db::Conn::Postgres(c) => {
                sqlx::query($sql)$(.bind($value))*.execute(&mut **c).await?;
            }
        }
    };
}
pub(crate) use later;

/// Runs a statement that answers one row once for each of `$items`, on SQLite in one go, and
/// answers the rows. Each value is evaluated once for an item and must be owned.
macro_rules! each {
    ($conn:expr, $sql:expr, $items:expr, |$item:pat_param| [$($value:expr),* $(,)?]) => {
        match $conn {
            crate::db::Conn::Sqlite(c) => {
                let lists = $items.iter().map(|$item| {
                    vec![$(crate::db::engine::pipeline::value($value)),*]
                });
                c.each($sql, lists.collect()).await?
            }
            crate::db::Conn::Postgres(c) => {
                let mut rows = Vec::with_capacity($items.len());
                for $item in $items {
                    let query = sqlx::query_as($sql)$(.bind($value))*;
                    rows.push(query.fetch_one(&mut **c).await?);
                }
                rows
            }
        }
    };
}
pub(crate) use each;

impl Reader {
    /// The connection to read from.
    pub fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(transaction, held) => Conn::Sqlite(Pipeline::new(transaction, held)),
            Self::Postgres(transaction) => Conn::Postgres(transaction),
        }
    }
}
