//! On PostgreSQL, changes that want the same row take turns: who waits shares the next commit.

use std::sync::{Arc, Mutex};

use futures_util::poll;
use sala::db::{Batched, Batches, Db, DbError};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::harness::Database;
use crate::harness::database::TestDatabase;

/// A change of the row with this letter.
#[derive(Clone)]
struct Change {
    row: char,
    name: &'static str,
    /// Says in the middle that it is there, and waits until told to go on.
    held: Option<Arc<Mutex<Option<Held>>>>,
}

type Held = (oneshot::Sender<()>, oneshot::Receiver<()>);

impl Batched for Change {
    type Key = char;

    fn key(&self) -> char {
        self.row
    }
}

/// A database, where its changes wait, and the names of each batch as it was begun.
#[derive(Clone)]
struct Desk {
    db: Db,
    batches: Batches<Change, &'static str, DbError>,
    begun: Arc<Mutex<Vec<Vec<&'static str>>>>,
}

impl Desk {
    async fn on(database: &TestDatabase) -> Self {
        Self {
            db: Db::open(&database.url()).await.expect("a database"),
            batches: Batches::default(),
            begun: Arc::default(),
        }
    }

    /// Begins a change; it is in line when this returns.
    async fn begin(&self, change: Change) -> JoinHandle<Result<&'static str, DbError>> {
        let desk = self.clone();
        let (joined, joining) = oneshot::channel();
        let task = tokio::spawn(async move {
            let begun = Arc::clone(&desk.begun);
            let making = desk.db.write_batched(
                &desk.batches,
                change,
                move |_, changes: Vec<Change>| {
                    let names = changes.iter().map(|change| change.name);
                    begun.lock().expect("a lock").push(names.collect());
                    Box::pin(make(changes))
                },
                |name| (name, Vec::new()),
            );
            let mut making = std::pin::pin!(making);
            assert!(poll!(&mut making).is_pending(), "nothing is made at once");
            joined.send(()).expect("the test waits");
            making.await
        });
        joining.await.expect("it is in line");
        task
    }

    fn begun(&self) -> Vec<Vec<&'static str>> {
        self.begun.lock().expect("a lock").clone()
    }
}

async fn make(changes: Vec<Change>) -> Result<Vec<&'static str>, DbError> {
    for change in &changes {
        let held = change.held.as_ref();
        let held = held.and_then(|held| held.lock().expect("a lock").take());
        if let Some((reached, released)) = held {
            reached.send(()).expect("the test waits");
            released.await.expect("the test goes on");
        }
        if change.name == "refuse" {
            return Err(DbError::Conflict);
        }
        assert_ne!(change.name, "panic", "a change that panics");
    }
    Ok(changes.iter().map(|change| change.name).collect())
}

fn change(row: char, name: &'static str) -> Change {
    let held = None;
    Change { row, name, held }
}

/// Begins a change that waits in the middle until it is told to go on.
async fn begin_and_hold(
    desk: &Desk,
    name: &'static str,
) -> (
    JoinHandle<Result<&'static str, DbError>>,
    oneshot::Sender<()>,
) {
    let (release, released) = oneshot::channel();
    let (reached, reaching) = oneshot::channel();
    let held = Some(Arc::new(Mutex::new(Some((reached, released)))));
    let begun = desk
        .begin(Change {
            row: 'x',
            name,
            held,
        })
        .await;
    reaching.await.expect("it is being made");
    (begun, release)
}

#[tokio::test]
async fn who_waits_for_a_row_shares_the_next_commit_and_harms_no_other() {
    if !Database::Postgres.is_wanted() {
        return;
    }
    let database = TestDatabase::make(Database::Postgres).await;
    let desk = Desk::on(&database).await;
    for (names, batches, became) in [
        (
            vec!["a", "b", "c"],
            vec![vec!["a", "b", "c"]],
            vec!["a", "b", "c"],
        ),
        (
            vec!["a", "refuse", "panic"],
            vec![
                vec!["a", "refuse", "panic"],
                vec!["a"],
                vec!["panic"],
                vec!["refuse"],
            ],
            vec!["a", "refused", "broken"],
        ),
    ] {
        let (first, release) = begin_and_hold(&desk, "first").await;
        let mut rest = Vec::new();
        for name in names {
            rest.push(desk.begin(change('x', name)).await);
        }
        // Another row waits for nobody.
        let other = desk.begin(change('y', "other")).await;
        assert_eq!(other.await.expect("no panic").expect("made"), "other");
        release.send(()).expect("it waits");
        assert_eq!(first.await.expect("no panic").expect("made"), "first");
        let mut done = Vec::new();
        for task in rest {
            done.push(match task.await {
                Ok(Ok(name)) => name,
                Ok(Err(DbError::Conflict)) => "refused",
                Ok(Err(_)) | Err(_) => "broken",
            });
        }
        assert_eq!(done, became);
        let mut begun = std::mem::take(&mut *desk.begun.lock().expect("a lock"));
        begun.retain(|names| names != &["first"] && names != &["other"]);
        // Each that is made again is on its own then, beside the others.
        begun[1..].sort_unstable();
        assert_eq!(begun, batches);
    }
    assert!(desk.begun().is_empty());
    desk.db.close().await;
}

#[tokio::test]
async fn who_began_a_turn_and_went_takes_nobody_along() {
    if !Database::Postgres.is_wanted() {
        return;
    }
    let database = TestDatabase::make(Database::Postgres).await;
    let desk = Desk::on(&database).await;
    let (first, release) = begin_and_hold(&desk, "first").await;
    let second = desk.begin(change('x', "second")).await;
    first.abort();
    assert!(first.await.is_err_and(|error| error.is_cancelled()));
    release.send(()).expect("it is still being made");
    assert_eq!(second.await.expect("no panic").expect("made"), "second");
    let third = desk.begin(change('x', "third")).await;
    assert_eq!(third.await.expect("no panic").expect("made"), "third");
    desk.db.close().await;
}
