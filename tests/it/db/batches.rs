//! Changes that share a commit: each stands or falls by itself, and all are told in order.

use std::sync::{Arc, Mutex};

use sala::db::{Batched, Batches, Conn, Db, DbError};
use sqlx::{Connection, SqliteConnection};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::harness::Database;
use crate::harness::database::{TestDatabase, texts};

const MARK: &str = "INSERT INTO marks (name) VALUES ($1)";
const MARKS: &str = "SELECT name FROM marks WHERE $1 = '' ORDER BY name";

/// A SQLite database with a table of marks; none where only PostgreSQL is tested.
async fn with_marks() -> Option<(TestDatabase, Db)> {
    if !Database::Sqlite.is_wanted() {
        return None;
    }
    let database = TestDatabase::make(Database::Sqlite).await;
    let db = Db::open(&database.url()).await.expect("a database");
    let mut connection = SqliteConnection::connect(&database.url())
        .await
        .expect("a connection");
    sqlx::query("CREATE TABLE marks (name TEXT NOT NULL PRIMARY KEY) STRICT")
        .execute(&mut connection)
        .await
        .expect("a table");
    connection.close().await.expect("closed");
    Some((database, db))
}

async fn mark(conn: &mut Conn<'_>, name: &str) -> Result<(), DbError> {
    match conn {
        Conn::Sqlite(c) => sqlx::query(MARK).bind(name).execute(c).await?,
        Conn::Postgres(_) => unreachable!("it was opened on SQLite"),
    };
    Ok(())
}

/// Keeps the writer busy until told, so that what comes meanwhile shares a commit.
async fn hold(db: &Db) -> oneshot::Sender<()> {
    let (release, released) = oneshot::channel();
    let (reached, reaching) = oneshot::channel();
    let db = db.clone();
    tokio::spawn(async move {
        db.write::<_, DbError, _>(move |_| {
            Box::pin(async move {
                reached.send(()).expect("the test waits");
                released.await.expect("the test goes on");
                Ok(())
            })
        })
        .await
    });
    reaching.await.expect("the writer has it");
    release
}

/// What a change does after its mark.
#[derive(Clone, Copy)]
enum Then {
    End,
    Fail,
    Panic,
}

/// Queues a change that makes a mark; it is in the queue when this returns.
async fn queue(db: &Db, name: &'static str, then: Then) -> JoinHandle<Result<(), DbError>> {
    let (db, (started, starting)) = (db.clone(), oneshot::channel());
    let task = tokio::spawn(async move {
        let write = db.write::<_, DbError, _>(move |mut conn| {
            Box::pin(async move {
                mark(&mut conn, name).await?;
                match then {
                    Then::End => Ok(()),
                    Then::Fail => Err(DbError::Conflict),
                    Then::Panic => panic!("a change that panics"),
                }
            })
        });
        let mut write = std::pin::pin!(write);
        let first = futures_util::poll!(&mut write);
        assert!(first.is_pending(), "the writer is held");
        started.send(()).expect("the test waits");
        write.await
    });
    starting.await.expect("it is queued");
    task
}

#[tokio::test]
async fn changes_that_share_a_commit_stand_or_fall_alone() {
    let Some((_database, db)) = with_marks().await else {
        return;
    };
    let release = hold(&db).await;
    let plan = [
        ("a", Then::Fail),
        ("b", Then::End),
        ("c", Then::Panic),
        ("d", Then::End),
        ("b", Then::End),
        ("e", Then::Fail),
        ("f", Then::End),
    ];
    let mut changes = Vec::new();
    for (name, then) in plan {
        changes.push(queue(&db, name, then).await);
    }
    release.send(()).expect("the writer waits");
    let mut went = Vec::new();
    for change in changes {
        went.push(match change.await.expect("no panic out here") {
            Ok(()) => "stored",
            Err(DbError::Conflict) => "refused",
            Err(DbError::Duplicate) => "there already",
            Err(_) => "broken",
        });
    }
    let wanted = [
        "refused",
        "stored",
        "broken",
        "stored",
        "there already",
        "refused",
        "stored",
    ];
    assert_eq!(went, wanted);
    assert_eq!(texts(&db, MARKS, "").await, ["b", "d", "f"]);
}

#[tokio::test]
async fn a_change_that_goes_on_after_a_failure_stores_nothing_of_itself() {
    let Some((_database, db)) = with_marks().await else {
        return;
    };
    let stored =
        db.write::<_, DbError, _>(|mut conn| Box::pin(async move { mark(&mut conn, "a").await }));
    stored.await.expect("a mark");
    // The first statement carries the transaction's beginning with it.
    for goes_on in [true, false] {
        let stubborn = db.write::<_, DbError, _>(move |mut conn| {
            Box::pin(async move {
                let again = mark(&mut conn, "a").await;
                assert!(matches!(again, Err(DbError::Duplicate)));
                if goes_on {
                    mark(&mut conn, "b").await?;
                }
                Ok(())
            })
        });
        assert!(stubborn.await.is_err());
    }
    assert_eq!(texts(&db, MARKS, "").await, ["a"]);
}

#[tokio::test]
async fn all_is_told_in_the_order_of_the_store_before_it_closes() {
    let Some((_database, db)) = with_marks().await else {
        return;
    };
    let told = Arc::new(Mutex::new(Vec::new()));
    let stored = Arc::new(Mutex::new(Vec::new()));
    let changes = (0..200_u32).map(|number| {
        let (told, stored, db) = (told.clone(), stored.clone(), db.clone());
        tokio::spawn(async move {
            db.write_and::<_, _, DbError, _, _>(
                move |mut conn| {
                    Box::pin(async move {
                        mark(&mut conn, &number.to_string()).await?;
                        stored.lock().expect("a lock").push(number);
                        Ok(())
                    })
                },
                move |()| {
                    let tell = move || told.lock().expect("a lock").push(number);
                    ((), vec![Box::new(tell) as sala::db::Telling])
                },
            )
            .await
        })
    });
    for change in changes.collect::<Vec<_>>() {
        change.await.expect("no panic").expect("stored");
    }
    db.close().await;
    assert_eq!(
        *told.lock().expect("a lock"),
        *stored.lock().expect("a lock")
    );
    assert_eq!(told.lock().expect("a lock").len(), 200);
}

/// What the writer did with the items of batches: how many came at a time.
type Sizes = Arc<Mutex<Vec<usize>>>;

/// The name of a mark that is made in a batch.
#[derive(Clone, Copy)]
struct Mark(&'static str);

impl Batched for Mark {
    type Key = ();

    fn key(&self) {}
}

/// Makes a mark in a batch with others; it waits for the writer when this returns.
async fn mark_batched(
    db: &Db,
    batches: &Batches<Mark, &'static str, DbError>,
    name: &'static str,
    sizes: &Sizes,
) -> JoinHandle<Result<&'static str, DbError>> {
    let (db, batches, sizes) = (db.clone(), batches.clone(), sizes.clone());
    let (started, starting) = oneshot::channel();
    let task = tokio::spawn(async move {
        let write = db.write_batched(
            &batches,
            Mark(name),
            move |mut conn, marks: Vec<Mark>| {
                sizes.lock().expect("a lock").push(marks.len());
                Box::pin(async move {
                    for Mark(name) in &marks {
                        mark(&mut conn, name).await?;
                        assert_ne!(*name, "panic", "a change that panics");
                        if *name == "refuse" {
                            return Err(DbError::Conflict);
                        }
                    }
                    Ok(marks)
                })
            },
            |Mark(name)| (name, Vec::new()),
        );
        let mut write = std::pin::pin!(write);
        let first = futures_util::poll!(&mut write);
        assert!(first.is_pending(), "the writer is held");
        started.send(()).expect("the test waits");
        write.await
    });
    starting.await.expect("it waits");
    task
}

#[tokio::test]
async fn of_a_batch_each_that_fails_fails_alone() {
    let Some((_database, db)) = with_marks().await else {
        return;
    };
    let (batches, sizes) = (Batches::default(), Sizes::default());
    for (names, went, tried) in [
        (vec!["a", "b", "c"], vec!["a", "b", "c"], vec![3]),
        (
            vec!["d", "refuse", "e", "a"],
            vec!["d", "refused", "e", "there already"],
            vec![4, 1, 1, 1, 1],
        ),
        (vec!["f", "panic"], vec!["f", "broken"], vec![2, 1, 1]),
        // Of a batch of one it is known who failed.
        (vec!["refuse"], vec!["refused"], vec![1]),
    ] {
        let release = hold(&db).await;
        let mut changes = Vec::new();
        for name in names {
            changes.push(mark_batched(&db, &batches, name, &sizes).await);
        }
        release.send(()).expect("the writer waits");
        let mut became = Vec::new();
        for change in changes {
            became.push(match change.await.expect("no panic out here") {
                Ok(name) => name,
                Err(DbError::Conflict) => "refused",
                Err(DbError::Duplicate) => "there already",
                Err(_) => "broken",
            });
        }
        assert_eq!(became, went);
        assert_eq!(std::mem::take(&mut *sizes.lock().expect("a lock")), tried);
    }
    let marks = ["a", "b", "c", "d", "e", "f"];
    assert_eq!(texts(&db, MARKS, "").await, marks);
}
