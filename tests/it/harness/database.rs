//! A throw-away database of either kind.

use sala::db::{Conn, Db, DbError};
use tempfile::TempDir;

use super::postgres;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// Embedded.
    Sqlite,
    /// A server that the tests start.
    Postgres,
}

impl Database {
    /// `SALA_TEST_DATABASES=sqlite` leaves the others out.
    pub fn is_wanted(self) -> bool {
        let name = match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        };
        match std::env::var("SALA_TEST_DATABASES") {
            Ok(names) => names.split(',').any(|wanted| wanted.trim() == name),
            Err(_) => true,
        }
    }
}

/// An empty database that goes when it is dropped.
pub enum TestDatabase {
    /// A file in a folder of its own.
    Sqlite(TempDir),
    /// A database of the tests' server; goes with the server.
    Postgres(String),
}

impl TestDatabase {
    /// A new one.
    pub async fn make(kind: Database) -> Self {
        match kind {
            Database::Sqlite => Self::Sqlite(tempfile::tempdir().expect("a temporary folder")),
            Database::Postgres => Self::Postgres(postgres::new_database().await),
        }
    }

    /// For `DATABASE_URL`.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(folder) => format!("sqlite://{}", folder.path().join("sala.db").display()),
            Self::Postgres(url) => url.clone(),
        }
    }
}

/// One number, by a statement with at most one text to bind.
pub async fn number(db: &Db, sql: &'static str, bind: &str) -> i64 {
    let mut reader = db.reader().await.expect("a reader");
    let found = match reader.conn() {
        Conn::Sqlite(mut c) => sqlx::query_scalar(sql).bind(bind).fetch_one(&mut c).await,
        Conn::Postgres(c) => sqlx::query_scalar(sql).bind(bind).fetch_one(c).await,
    };
    found.expect("a number")
}

/// Runs a statement that spoils something.
pub async fn execute(db: &Db, sql: &'static str) {
    let done: Result<(), DbError> = db
        .write(move |conn| {
            Box::pin(async move {
                match conn {
                    Conn::Sqlite(mut c) => sqlx::query(sql).execute(&mut c).await.map(|_| ())?,
                    Conn::Postgres(c) => sqlx::query(sql).execute(c).await.map(|_| ())?,
                }
                Ok(())
            })
        })
        .await;
    done.expect("it is run");
}

/// Texts, by a statement with one text to bind.
pub async fn texts(db: &Db, sql: &'static str, bind: &str) -> Vec<String> {
    let mut reader = db.reader().await.expect("a reader");
    let found = match reader.conn() {
        Conn::Sqlite(mut c) => sqlx::query_scalar(sql).bind(bind).fetch_all(&mut c).await,
        Conn::Postgres(c) => sqlx::query_scalar(sql).bind(bind).fetch_all(c).await,
    };
    found.expect("texts")
}

/// Changes rows behind Sala's back, by a statement with one text to bind.
pub async fn change(db: &Db, sql: &'static str, bind: &str) {
    let bind = bind.to_owned();
    let changed: Result<u64, DbError> = db
        .write(move |conn| {
            Box::pin(async move {
                Ok(match conn {
                    Conn::Sqlite(mut c) => {
                        let done = sqlx::query(sql).bind(bind).execute(&mut c).await?;
                        done.rows_affected()
                    }
                    Conn::Postgres(c) => {
                        let done = sqlx::query(sql).bind(bind).execute(c).await?;
                        done.rows_affected()
                    }
                })
            })
        })
        .await;
    assert!(changed.expect("a change") > 0, "{sql} changed nothing");
}
