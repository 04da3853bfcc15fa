//! Group commit for SQLite: one thread owns the only writing connection, takes every change that
//! waits, runs each in its own savepoint and makes all of them durable with one commit.

use std::panic::AssertUnwindSafe;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sqlx::{Connection, SqliteConnection};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio_util::task::TaskTracker;

use super::block_on::block_on;
use super::damage::Damage;
use super::pipeline::{Held, Pipeline};
use super::{Conn, DbError, Telling};
use crate::clock;
use crate::metrics::{self, Broken};

/// Most changes that share a commit; bounds how long the first of them waits.
const BATCH: usize = 256;

/// Most changes that wait; a caller past that waits for a place.
const QUEUE: usize = 4_096;

/// A change.
pub(super) type Job = Box<dyn for<'a> FnOnce(Conn<'a>) -> BoxFuture<'a, Ran> + Send>;

/// Gives a caller the commit's result.
pub(super) type Answer = Box<dyn FnOnce(Result<(), DbError>) -> Vec<Telling> + Send>;

/// What a change came to, and how to answer its caller.
pub(super) enum Ran {
    /// To be given the commit's result.
    Keep(Answer),
    /// Failed by itself: it is undone. Its caller is answered after the commit as
    /// well, to find there what was in the way.
    Undo(Answer),
}

/// The handle to the writing thread.
pub(in crate::db) struct Writer {
    /// `None` once closed. A std mutex: it is held only to clone the sender.
    jobs: Mutex<Option<mpsc::Sender<Job>>>,
    /// How many changes came so far.
    taken: AtomicU64,
    /// Ends with the thread, which is awaited on close.
    work: TaskTracker,
}

impl Writer {
    /// Starts the thread on its connection.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn start(connection: SqliteConnection, damage: Damage) -> Result<Self, DbError> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let work = TaskTracker::new();
        let (runtime, token) = (Handle::current(), work.token());
        let shift = clock::shift_here();
        std::thread::Builder::new()
            .name("sala-writer".to_owned())
            .spawn(move || {
                let _entered = runtime.enter();
                if let Some(shift) = shift {
                    shift.rule_here();
                }
                block_on(write_all(connection, queue, damage));
                drop(token);
            })
            .map_err(|error| DbError::Sql(error.into()))?;
        work.close();
        Ok(Self {
            jobs: Mutex::new(Some(jobs)),
            taken: AtomicU64::new(0),
            work,
        })
    }

    /// Queues a change and waits until it is durable; `after` is as in [`super::Db::write_and`].
    pub(super) async fn run<T, U, E, F, A>(&self, change: F, after: A) -> Result<U, E>
    where
        A: FnOnce(T) -> (U, Vec<Telling>) + Send + 'static,
        T: Send + 'static,
        U: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'a> FnOnce(Conn<'a>) -> BoxFuture<'a, Result<T, E>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel::<Result<U, E>>();
        let job: Job = Box::new(move |conn| {
            Box::pin(async move {
                match change(conn).await {
                    Ok(value) => Ran::Keep(Box::new(move |committed| match committed {
                        Ok(()) => {
                            let (value, tellings) = after(value);
                            let _ = answer.send(Ok(value));
                            tellings
                        }
                        Err(error) => {
                            let _ = answer.send(Err(E::from(error)));
                            Vec::new()
                        }
                    })),
                    Err(error) => Ran::Undo(Box::new(move |_| {
                        let _ = answer.send(Err(error));
                        Vec::new()
                    })),
                }
            })
        });
        self.submit(job).await?;
        answered
            .await
            .unwrap_or_else(|_| Err(E::from(DbError::Closed)))
    }

    /// Queues a change that answers its callers by itself.
    pub(super) async fn submit(&self, job: Job) -> Result<(), DbError> {
        let jobs = self
            .jobs
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone();
        let jobs = jobs.ok_or(DbError::Closed)?;
        self.taken.fetch_add(1, Ordering::Relaxed);
        jobs.send(job).await.map_err(|_| DbError::Closed)
    }

    /// How many changes have been asked for so far.
    pub(in crate::db) fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// Waits until the thread has ended without having been asked to.
    pub(super) async fn lost(&self) {
        self.work.wait().await;
        let is_closed = self
            .jobs
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .is_none();
        if is_closed {
            std::future::pending::<()>().await;
        }
    }

    /// Takes no more changes and waits for those that were taken.
    pub(super) async fn close(&self) {
        self.jobs
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take();
        self.work.wait().await;
    }
}

async fn write_all(
    mut connection: SqliteConnection,
    mut queue: mpsc::Receiver<Job>,
    damage: Damage,
) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        let done = commit_together(&mut connection, &mut batch, &damage).await;
        for telling in done.tellings {
            let _ = alone(telling);
        }
        if done.is_crashed {
            tracing::error!("SQLite's own thread is gone; nothing can be written any more");
            return;
        }
    }
    // Dropped, it would let go of the file some time later.
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the database did not close in order");
    }
}

/// Runs what belongs to one change: a panic must end this one alone.
fn alone<T>(work: impl FnOnce() -> T) -> Option<T> {
    let done = std::panic::catch_unwind(AssertUnwindSafe(work));
    if done.is_err() {
        metrics::broke(Broken::Change);
    }
    done.ok()
}

/// What a batch came to.
struct Done {
    /// What is to be told of it.
    tellings: Vec<Telling>,
    /// The thread behind the connection has ended: it will never run anything again.
    is_crashed: bool,
}

/// A transaction as the changes of a batch see it.
struct Batch<'c> {
    connection: &'c mut SqliteConnection,
    held: Held,
    /// Whether it holds a change.
    is_begun: bool,
    /// As in [`Done`].
    is_crashed: bool,
}

/// Runs the batch in one transaction and answers each caller.
async fn commit_together(
    connection: &mut SqliteConnection,
    jobs: &mut Vec<Job>,
    damage: &Damage,
) -> Done {
    let mut batch = Batch {
        connection,
        held: Held::noting(damage),
        is_begun: false,
        is_crashed: false,
    };
    batch.held.frame("BEGIN IMMEDIATE");
    let (mut kept, mut refused) = (Vec::with_capacity(jobs.len()), Vec::new());
    for job in jobs.drain(..) {
        match batch.run(job).await {
            Ok(answer) => kept.push(answer),
            Err(undone) => {
                refused.extend(undone);
                if !batch.undo().await {
                    // Dropping a job drops its answer; its caller hears `Closed` and the client
                    // may retry.
                    tracing::error!("the database takes no writes");
                    break;
                }
            }
        }
    }
    let committed = !batch.is_begun || batch.commit(kept.len()).await;
    let mut tellings = Vec::with_capacity(kept.len());
    for answer in kept {
        let outcome = if committed {
            Ok(())
        } else {
            Err(DbError::Closed)
        };
        tellings.extend(alone(|| answer(outcome)).unwrap_or_default());
    }
    for answer in refused {
        let _ = alone(|| answer(Ok(())));
    }
    Done {
        tellings,
        is_crashed: batch.is_crashed,
    }
}

impl Batch<'_> {
    /// Runs a change, and leaves a savepoint open for the next: what that takes travels with the
    /// next statement. The first needs none, since there is nothing else to undo, and most
    /// batches are one change; SQLite copies every page that changes behind a savepoint.
    ///
    /// `Err`: it failed and is to be undone; nobody is answered for one that panicked.
    async fn run(&mut self, job: Job) -> Result<Answer, Option<Answer>> {
        // A panic in a change must end that change, not the writer that all others wait for.
        let ran = AssertUnwindSafe(job(Conn::Sqlite(self.pipeline())))
            .catch_unwind()
            .await;
        match ran {
            // Another one of its kind has done its work.
            Ok(Ran::Keep(answer)) if self.held.is_untouched() => Ok(answer),
            Ok(Ran::Keep(answer)) => match self.pipeline().run_held().await {
                Ok(()) => {
                    if self.is_begun {
                        self.held.frame("RELEASE change");
                    }
                    self.held.frame("SAVEPOINT change");
                    self.is_begun = true;
                    Ok(answer)
                }
                Err(error) => Err(Some(Box::new(move |_| answer(Err(error.into()))))),
            },
            Ok(Ran::Undo(answer)) => Err(Some(answer)),
            Err(_) => {
                metrics::broke(Broken::Change);
                Err(None)
            }
        }
    }

    /// Undoes the change that was run last. Answers whether others can be run.
    async fn undo(&mut self) -> bool {
        if self.held.is_framed() {
            self.held.forget();
            return true;
        }
        self.held.forget();
        if self.is_begun {
            self.held.frame("ROLLBACK TO change");
            return true;
        }
        self.held.frame("BEGIN IMMEDIATE");
        self.roll_back().await
    }

    async fn commit(&mut self, changes: usize) -> bool {
        let began = Instant::now();
        // Releases the last savepoint too.
        self.held.frame("COMMIT");
        if let Err(error) = self.pipeline().run_held().await {
            tracing::error!(%error, "a commit failed");
            self.roll_back().await;
            return false;
        }
        metrics::committed(changes, began.elapsed());
        true
    }

    /// Fails when there is no transaction.
    async fn roll_back(&mut self) -> bool {
        let rolled_back = sqlx::query("ROLLBACK").execute(&mut *self.connection).await;
        self.is_crashed |= matches!(rolled_back, Err(sqlx::Error::WorkerCrashed));
        rolled_back.is_ok()
    }

    fn pipeline(&mut self) -> Pipeline<'_> {
        Pipeline::new(self.connection, &mut self.held)
    }
}
