//! Changes of one kind that are made in batches, with a few statements for all of a batch. Who
//! comes while a commit is under way finds the others there; who comes alone is a batch of one and
//! does not wait for anybody. On SQLite a batch is all that waits, on PostgreSQL what waits of one
//! key ([`turns`](super::turns)).

use std::hash::Hash;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use sqlx::PgPool;
use tokio::sync::oneshot;

use super::turns::{Duty, Turns};
use super::writer::{Job, Ran};
use super::{Conn, Db, DbError, Inner, Telling, commit};
use crate::metrics::{self, Broken};

/// Most changes of a batch.
const MOST: usize = 64;

/// Most of them whose statements travel as one text, each of which SQLite keeps prepared: there is
/// one text for each number of them.
pub const PIPELINE: usize = 8;

/// A change that is made in batches.
pub trait Batched: Clone + Send + 'static {
    /// The row whose lock it wants.
    type Key: Eq + Hash + Clone + Send + Sync + 'static;

    /// Which row's lock it wants.
    fn key(&self) -> Self::Key;
}

/// Where changes of one kind wait for the store. Copies share it.
pub struct Batches<P: Batched, R, E> {
    /// On SQLite. A std mutex: nothing awaits under it.
    waiting: Arc<Mutex<Vec<Waiting<P, R, E>>>>,
    /// On PostgreSQL.
    turns: Arc<Turns<P::Key, Waiting<P, R, E>>>,
}

/// A change, and where its caller hears of it.
type Waiting<P, R, E> = (P, oneshot::Sender<Heard<R, E>>);

/// What became of a change.
enum Heard<R, E> {
    /// It is durable.
    Made(R),
    /// It failed, and is undone.
    Failed(E),
    /// One of its batch failed, and nobody knows which: all were undone, and each is to be made in a
    /// batch of its own, where the one that fails fails alone.
    Alone,
}

impl<P: Batched, R, E> Clone for Batches<P, R, E> {
    fn clone(&self) -> Self {
        Self {
            waiting: Arc::clone(&self.waiting),
            turns: Arc::clone(&self.turns),
        }
    }
}

impl<P: Batched, R, E> Default for Batches<P, R, E> {
    fn default() -> Self {
        Self {
            waiting: Arc::default(),
            turns: Arc::default(),
        }
    }
}

impl<P: Batched, R, E> Batches<P, R, E> {
    fn add(&self, item: P) -> oneshot::Receiver<Heard<R, E>> {
        let (answer, heard) = oneshot::channel();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push((item, answer));
        heard
    }

    /// The first of those that somebody waits for.
    fn take(&self) -> Vec<Waiting<P, R, E>> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|(_, answer)| !answer.is_closed());
        let most = waiting.len().min(MOST);
        waiting.drain(..most).collect()
    }
}

/// The callers of a batch.
struct Callers<R, E>(Vec<oneshot::Sender<Heard<R, E>>>);

impl<R, E: From<DbError>> Callers<R, E> {
    /// Answers all; leaves what is to be told of the changes.
    fn made<T>(self, done: Vec<T>, after: impl Fn(T) -> (R, Vec<Telling>)) -> Vec<Telling> {
        let mut tellings = Vec::with_capacity(done.len());
        for (value, answer) in done.into_iter().zip(self.0) {
            let (value, more) = after(value);
            let _ = answer.send(Heard::Made(value));
            tellings.extend(more);
        }
        tellings
    }

    /// The batch is undone. Of a batch of one it is known who failed.
    fn undone(mut self, error: E) {
        match self.0.pop() {
            Some(only) if self.0.is_empty() => {
                let _ = only.send(Heard::Failed(error));
            }
            last => {
                for answer in self.0.into_iter().chain(last) {
                    let _ = answer.send(Heard::Alone);
                }
            }
        }
    }

    /// Nothing of the batch was committed: it cannot be made at present.
    fn lost(self) {
        for answer in self.0 {
            let _ = answer.send(Heard::Failed(DbError::Closed.into()));
        }
    }
}

/// Makes what waits. Whoever's job comes first makes the changes of all; the others find nothing to
/// do.
fn make_waiting<P, T, R, E, F, A>(batches: Batches<P, R, E>, change: F, after: A) -> Job
where
    P: Batched,
    T: Send + 'static,
    R: Send + 'static,
    E: From<DbError> + Send + 'static,
    F: for<'a> Fn(Conn<'a>, Vec<P>) -> BoxFuture<'a, Result<Vec<T>, E>> + Send + 'static,
    A: Fn(T) -> (R, Vec<Telling>) + Send + 'static,
{
    Box::new(move |conn| {
        Box::pin(async move {
            let (items, callers): (Vec<P>, Vec<_>) = batches.take().into_iter().unzip();
            if items.is_empty() {
                return Ran::Keep(Box::new(|_| Vec::new()));
            }
            let callers = Callers(callers);
            let changing = AssertUnwindSafe(change(conn, items)).catch_unwind();
            let error = match changing.await {
                Ok(Ok(done)) => {
                    return Ran::Keep(Box::new(move |committed| {
                        match committed {
                            Ok(()) => return callers.made(done, after),
                            Err(DbError::Closed) => callers.lost(),
                            // One of its last statements.
                            Err(error) => callers.undone(error.into()),
                        }
                        Vec::new()
                    }));
                }
                Ok(Err(error)) => error,
                // One of them is to blame; by itself it harms no other.
                Err(_) => {
                    metrics::broke(Broken::Change);
                    DbError::Closed.into()
                }
            };
            Ran::Undo(Box::new(move |_| {
                callers.undone(error);
                Vec::new()
            }))
        })
    })
}

/// Makes all that waits for one key on PostgreSQL, turn by turn.
async fn make_in_turns<P, T, R, E, F, A>(
    pool: PgPool,
    mut duty: Duty<P::Key, Waiting<P, R, E>>,
    change: F,
    after: A,
) where
    P: Batched,
    E: From<DbError>,
    F: for<'a> Fn(Conn<'a>, Vec<P>) -> BoxFuture<'a, Result<Vec<T>, E>>,
    A: Fn(T) -> (R, Vec<Telling>),
{
    while let Some(mut waiting) = duty.next() {
        waiting.retain(|(_, answer)| !answer.is_closed());
        let (items, callers): (Vec<P>, Vec<_>) = waiting.into_iter().unzip();
        if items.is_empty() {
            continue;
        }
        let callers = Callers(callers);
        let changing = commit(&pool, |conn| change(conn, items));
        match AssertUnwindSafe(changing).catch_unwind().await {
            Ok(Ok(done)) => {
                for tell in callers.made(done, &after) {
                    tell();
                }
            }
            Ok(Err(error)) => callers.undone(error),
            // One of them is to blame; by itself it harms no other.
            Err(_) => {
                metrics::broke(Broken::Change);
                callers.undone(DbError::Closed.into());
            }
        }
    }
}

/// What a batch of one answers for it.
fn of_one<'a, T, E>(made: BoxFuture<'a, Result<Vec<T>, E>>) -> BoxFuture<'a, Result<T, E>>
where
    T: Send + 'a,
    E: From<DbError> + 'a,
{
    Box::pin(async move {
        let only = made.await?.pop();
        only.ok_or_else(|| DbError::from(sqlx::Error::RowNotFound).into())
    })
}

impl Db {
    /// Makes the change of `item` in a batch with those that wait in `batches` at this moment, and
    /// answers once it is durable: `change` answers for each of the items, in their order. `after`
    /// is as in [`Db::write_and`].
    ///
    /// On PostgreSQL, which runs many changes at a time, a batch is of one key: those that would
    /// wait for the same row's lock share a commit instead, and come in their order.
    ///
    /// Where one of several fails, each is made again in a batch of its own, so that none fails for
    /// another's sake.
    ///
    /// # Errors
    /// What `change` returns for a batch of this item alone, or the commit's own failure.
    pub async fn write_batched<P, T, R, E, F, A>(
        &self,
        batches: &Batches<P, R, E>,
        item: P,
        change: F,
        after: A,
    ) -> Result<R, E>
    where
        P: Batched,
        T: Send + 'static,
        R: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'a> Fn(Conn<'a>, Vec<P>) -> BoxFuture<'a, Result<Vec<T>, E>>
            + Clone
            + Send
            + Sync
            + 'static,
        A: Fn(T) -> (R, Vec<Telling>) + Clone + Send + Sync + 'static,
    {
        let heard = match &*self.inner {
            Inner::Sqlite { writer, .. } => {
                let mut hearing = batches.add(item.clone());
                let job = make_waiting(batches.clone(), change.clone(), after.clone());
                tokio::select! {
                    biased;
                    heard = &mut hearing => heard,
                    submitted = writer.submit(job) => match submitted {
                        Ok(()) => hearing.await,
                        // Another's job may have made it just before.
                        Err(error) => Ok(hearing.try_recv().map_err(|_| error)?),
                    },
                }
            }
            Inner::Postgres { pool, tasks } => {
                let (answer, hearing) = oneshot::channel();
                if let Some(duty) = batches.turns.join(item.key(), (item.clone(), answer)) {
                    // A task of its own: what others wait for must not end with who began it.
                    let (pool, change, after) = (pool.clone(), change.clone(), after.clone());
                    tasks.spawn(make_in_turns(pool, duty, change, after));
                }
                hearing.await
            }
        };
        match heard {
            Ok(Heard::Made(answer)) => return Ok(answer),
            Ok(Heard::Failed(error)) => return Err(error),
            Ok(Heard::Alone) => {}
            Err(_) => return Err(DbError::Closed.into()),
        }
        self.write_and(move |conn| of_one(change(conn, vec![item])), after)
            .await
    }
}
