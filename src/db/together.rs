//! Changes of one kind that are made together, with a few statements for all of them. Who comes
//! while a commit is under way finds the others there; who comes alone does not wait for anybody.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

use super::{Conn, Db, DbError, Inner, Telling};
use crate::metrics::{self, Broken};

/// Most changes that are made together.
const MOST: usize = 64;

/// Most of them that share a statement text, each of which SQLite keeps prepared: there is one text
/// for each number of them.
pub const WAVE: usize = 8;

/// Where changes of one kind wait for the store. Copies share it.
pub struct Together<P, R> {
    /// A std mutex: nothing awaits under it.
    waiting: Arc<Mutex<Vec<Waiting<P, R>>>>,
}

/// A change, and how to tell its caller; `None` says that it is to be made by itself.
type Waiting<P, R> = (P, oneshot::Sender<Option<R>>);

impl<P, R> Clone for Together<P, R> {
    fn clone(&self) -> Self {
        Self {
            waiting: Arc::clone(&self.waiting),
        }
    }
}

impl<P, R> Default for Together<P, R> {
    fn default() -> Self {
        Self {
            waiting: Arc::default(),
        }
    }
}

impl<P, R> Together<P, R> {
    fn add(&self, item: P) -> oneshot::Receiver<Option<R>> {
        let (answer, answered) = oneshot::channel();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push((item, answer));
        answered
    }

    /// The first of those that somebody waits for.
    fn take(&self) -> Vec<Waiting<P, R>> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|(_, answer)| !answer.is_closed());
        let most = waiting.len().min(MOST);
        waiting.drain(..most).collect()
    }
}

/// Answers all that were made; leaves what is to be told of them.
fn answer_all<T, R>(
    done: Vec<(T, oneshot::Sender<Option<R>>)>,
    after: impl Fn(T) -> (R, Vec<Telling>),
) -> Vec<Telling> {
    let mut tellings = Vec::with_capacity(done.len());
    for (value, answer) in done {
        let (value, more) = after(value);
        let _ = answer.send(Some(value));
        tellings.extend(more);
    }
    tellings
}

impl Db {
    /// Makes the change of `item` along with those that wait in `together`, as one change:
    /// `change` answers for each of the items, in their order. `after` is as in
    /// [`Db::write_and`].
    ///
    /// `None`: the change is to be made by itself. That is so where nothing is gained
    /// (PostgreSQL runs many changes at a time), and after a failure of one of those together.
    ///
    /// # Errors
    /// When the commit fails or the store is closed.
    pub async fn write_together<P, T, R, F, A>(
        &self,
        together: &Together<P, R>,
        item: P,
        change: F,
        after: A,
    ) -> Result<Option<R>, DbError>
    where
        P: Send + 'static,
        T: Send + 'static,
        R: Send + 'static,
        F: for<'a> FnOnce(Conn<'a>, Vec<P>) -> BoxFuture<'a, Result<Vec<T>, DbError>>
            + Send
            + 'static,
        A: Fn(T) -> (R, Vec<Telling>) + Send + 'static,
    {
        let Inner::Sqlite { writer, .. } = &*self.inner else {
            return Ok(None);
        };
        let mut answered = together.add(item);
        let together = together.clone();
        // Whoever gets there first makes the change of all; the others find nothing to do.
        let run = writer.run(
            move |conn| {
                Box::pin(async move {
                    let (items, answers): (Vec<P>, Vec<_>) = together.take().into_iter().unzip();
                    if items.is_empty() {
                        return Ok(Vec::new());
                    }
                    let changing = AssertUnwindSafe(change(conn, items)).catch_unwind();
                    let error = match changing.await {
                        Ok(Ok(done)) => return Ok(done.into_iter().zip(answers).collect()),
                        Ok(Err(error)) => error,
                        // One of them is to blame; by itself it harms no other.
                        Err(_) => {
                            metrics::broke(Broken::Change);
                            DbError::Closed
                        }
                    };
                    for answer in answers {
                        let _ = answer.send(None);
                    }
                    Err(error)
                })
            },
            move |done| ((), answer_all(done, after)),
        );
        tokio::select! {
            biased;
            answer = &mut answered => answer.map_err(|_| DbError::Closed),
            ran = run => match ran {
                // Somebody else has it in hand and answers at the same commit.
                Ok(()) => answered.await.map_err(|_| DbError::Closed),
                // It failed with all others, who were told so just before, or it never ran.
                Err(error) => answered.try_recv().map_err(|_| error),
            },
        }
    }
}
