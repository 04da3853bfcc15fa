//! Group commit for SQLite: one task owns the only writing connection, takes every change that
//! waits, runs each in its own savepoint and makes all of them durable with one commit.

use std::panic::AssertUnwindSafe;
use std::sync::Mutex;
use std::time::Instant;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};
use tokio_util::task::TaskTracker;

use super::{Conn, DbError};
use crate::metrics;

/// Most changes that share a commit; bounds how long the first of them waits.
const BATCH: usize = 256;

/// Most changes that wait; a caller past that waits for a place.
const QUEUE: usize = 4_096;

type Job = Box<dyn for<'a> FnOnce(Conn<'a>) -> BoxFuture<'a, Ran> + Send>;

/// What a change came to, and how to tell its caller.
enum Ran {
    /// To be told the commit's result.
    Keep(Box<dyn FnOnce(Result<(), DbError>) + Send>),
    /// Failed by itself; its savepoint is undone before the caller is told.
    Undo(Box<dyn FnOnce() + Send>),
}

/// The handle to the writing task.
pub(super) struct Writer {
    /// `None` once closed. A std mutex: it is held only to clone the sender.
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    /// Owns the one task, which is awaited on close.
    task: TaskTracker,
}

impl Writer {
    /// Starts the task on its connection.
    pub(super) fn start(connection: SqliteConnection) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let task = TaskTracker::new();
        task.spawn(write_all(connection, queue));
        task.close();
        Self {
            jobs: Mutex::new(Some(jobs)),
            task,
        }
    }

    /// Queues a change and waits until it is durable. `after` runs in the order of the commits.
    pub(super) async fn run<T, U, E, F, A>(&self, change: F, after: A) -> Result<U, E>
    where
        A: FnOnce(T) -> U + Send + 'static,
        T: Send + 'static,
        U: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'a> FnOnce(Conn<'a>) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel::<Result<U, E>>();
        let job: Job = Box::new(move |conn| {
            Box::pin(async move {
                match change(conn).await {
                    Ok(value) => Ran::Keep(Box::new(move |committed| {
                        let _ = answer.send(committed.map(|()| after(value)).map_err(E::from));
                    })),
                    Err(error) => Ran::Undo(Box::new(move || {
                        let _ = answer.send(Err(error));
                    })),
                }
            })
        });
        let jobs = self
            .jobs
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone();
        let jobs = jobs.ok_or(DbError::Closed)?;
        jobs.send(job).await.map_err(|_| DbError::Closed)?;
        drop(jobs);
        answered
            .await
            .unwrap_or_else(|_| Err(E::from(DbError::Closed)))
    }

    /// Takes no more changes and waits for those that were taken.
    pub(super) async fn close(&self) {
        self.jobs
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take();
        self.task.wait().await;
    }
}

async fn write_all(mut connection: SqliteConnection, mut queue: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        commit_together(&mut connection, &mut batch).await;
    }
    // Dropped, it would let go of the file some time later.
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the database did not close in order");
    }
}

/// Runs the batch in one transaction and tells each caller. Every statement is a round trip to
/// SQLite's thread, so those between two changes go together.
async fn commit_together(connection: &mut SqliteConnection, batch: &mut Vec<Job>) {
    if let Err(error) = execute(connection, "BEGIN IMMEDIATE; SAVEPOINT change").await {
        tracing::error!(%error, "the database takes no writes");
        let _ = execute(connection, "ROLLBACK").await;
        // Dropping a job drops its answer; its caller hears `Closed` and the client may retry.
        batch.clear();
        return;
    }
    let mut kept = Vec::with_capacity(batch.len());
    let jobs = batch.len();
    for (n, job) in batch.drain(..).enumerate() {
        let is_last = n + 1 == jobs;
        match run_in_savepoint(connection, job, is_last).await {
            Ok(Some(tell)) => kept.push(tell),
            Ok(None) => {}
            Err(error) => tracing::error!(%error, "a savepoint failed"),
        }
    }
    let began = Instant::now();
    // Releases the last savepoint too.
    let committed = execute(connection, "COMMIT").await;
    if let Err(error) = &committed {
        tracing::error!(%error, "a commit failed");
        let _ = execute(connection, "ROLLBACK").await;
    }
    let failed = committed.is_err();
    if !failed {
        metrics::committed(kept.len(), began.elapsed());
    }
    for tell in kept {
        tell(if failed { Err(DbError::Closed) } else { Ok(()) });
    }
}

type Tell = Box<dyn FnOnce(Result<(), DbError>) + Send>;

/// Runs a change in the savepoint that is open, and leaves one open for the next.
async fn run_in_savepoint(
    connection: &mut SqliteConnection,
    job: Job,
    is_last: bool,
) -> Result<Option<Tell>, DbError> {
    // A panic in a change must end that change, not the writer that all others wait for.
    let ran = AssertUnwindSafe(job(Conn::Sqlite(connection)))
        .catch_unwind()
        .await;
    match ran {
        Ok(Ran::Keep(tell)) => {
            if !is_last {
                execute(connection, "RELEASE change; SAVEPOINT change").await?;
            }
            Ok(Some(tell))
        }
        Ok(Ran::Undo(tell)) => {
            execute(connection, "ROLLBACK TO change").await?;
            tell();
            Ok(None)
        }
        Err(_) => {
            execute(connection, "ROLLBACK TO change").await?;
            Ok(None)
        }
    }
}

async fn execute(connection: &mut SqliteConnection, sql: &'static str) -> Result<(), DbError> {
    sqlx::query(sql).execute(connection).await?;
    Ok(())
}
