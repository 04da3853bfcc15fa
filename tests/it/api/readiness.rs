//! `/readyz` knows whether what comes in could be stored.

use std::io::{Seek, SeekFrom, Write};
use std::time::{Duration, Instant};

use sala::db::{Conn, DbError};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::harness::customer::harness_client;
use crate::harness::database::{self, TestDatabase};
use crate::harness::ws_client::PATIENCE;
use crate::harness::{Database, TestApp, both_databases};

/// Waits until `/readyz` answers so; an answer holds for a second.
async fn becomes(app: &TestApp, wanted: (u16, Value)) {
    let began = Instant::now();
    loop {
        let answer = harness_client().get(app.url("/readyz")).send().await;
        let answer = answer.expect("an answer");
        let status = answer.status().as_u16();
        let body: Value = answer.json().await.expect("JSON");
        if (status, body["failing"].clone()) == wanted {
            return;
        }
        assert!(
            began.elapsed() < PATIENCE,
            "{status} {body}, not {wanted:?}"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn ready() -> (u16, Value) {
    (200, Value::Null)
}

fn unready() -> (u16, Value) {
    (503, json!(["database"]))
}

/// Bounds the pages that the database may have.
async fn bound_pages(app: &TestApp, sql: &'static str) {
    let bounded: Result<(), DbError> = app
        .state
        .db
        .write(move |conn| {
            Box::pin(async move {
                if let Conn::Sqlite(mut c) = conn {
                    sqlx::query(sql).fetch_optional(&mut c).await?;
                }
                Ok(())
            })
        })
        .await;
    bounded.expect("it is bounded");
}

// What a full disk is to SQLite: no page more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_cannot_grow_is_not_ready_and_is_again_when_it_can() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let app = TestApp::start(Database::Sqlite, &[]).await;
    let customer = app.customer("Nut").await;
    customer.writes("before").await;
    becomes(&app, ready()).await;
    // Never less than there are; the free ones are used up first.
    bound_pages(&app, "PRAGMA max_page_count = 1").await;
    let long = "ก".repeat(4_900);
    let began = Instant::now();
    while app.webhook(json!([app.text_event(&customer, &long)])).await == 200 {
        assert!(began.elapsed() < PATIENCE, "it is never full");
    }
    becomes(&app, unready()).await;
    bound_pages(&app, "PRAGMA max_page_count = 1000000").await;
    becomes(&app, ready()).await;
    assert_eq!(
        app.webhook(json!([app.text_event(&customer, &long)])).await,
        200
    );
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_whose_file_is_damaged_is_not_ready() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let database = TestDatabase::make(Database::Sqlite).await;
    let url = database.url();
    let app = TestApp::start_on(database, &[]).await;
    app.customer("Nut").await.writes("before").await;
    becomes(&app, ready()).await;
    let mut beside = SqliteConnection::connect(&url).await.expect("a connection");
    let copied = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)");
    copied.execute(&mut beside).await.expect("copied back");
    drop(beside);
    let path = url.strip_prefix("sqlite://").expect("a path");
    let mut file = std::fs::File::options()
        .write(true)
        .open(path)
        .expect("the file");
    let bytes = file.metadata().expect("its size").len() - 4_096;
    file.seek(SeekFrom::Start(4_096))
        .expect("behind the first page");
    let rubbish = vec![0xa5; usize::try_from(bytes).expect("small")];
    file.write_all(&rubbish).expect("damaged");
    becomes(&app, unready()).await;
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_takes_no_writes_is_not_ready_and_is_again_when_it_does() {
    if !Database::Postgres.is_wanted() {
        return;
    }
    let database = TestDatabase::make(Database::Postgres).await;
    let url = database.url();
    let app = TestApp::start_on(database, &[]).await;
    becomes(&app, ready()).await;
    let mut beside = PgConnection::connect(&url).await.expect("a connection");
    let name: String = sqlx::query_scalar("SELECT current_database()::TEXT")
        .fetch_one(&mut beside)
        .await
        .expect("its name");
    let setting = "default_transaction_read_only";
    for (order, wanted) in [
        (format!("SET {setting} = on"), unready()),
        (format!("RESET {setting}"), ready()),
    ] {
        let order = format!(r#"ALTER DATABASE "{name}" {order}"#);
        // The connection that orders it may be read-only itself by then.
        let order = format!("SET {setting} = off; {order}");
        sqlx::raw_sql(AssertSqlSafe(order))
            .execute(&mut beside)
            .await
            .expect("ordered");
        let others = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()";
        let ended = sqlx::query(others).execute(&mut beside).await;
        ended.expect("new sessions only");
        becomes(&app, wanted).await;
    }
    app.stop().await;
}

both_databases!(trying_leaves_nothing_behind, |app| {
    becomes(app, ready()).await;
    let left = database::number(
        &app.state.db,
        "SELECT count(*) FROM probes WHERE $1 = ''",
        "",
    );
    assert_eq!(left.await, 0);
});

// Many who ask cost one try.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_holds_for_a_second_whoever_asks() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let app = TestApp::start(Database::Sqlite, &[]).await;
    becomes(&app, ready()).await;
    let (before, began) = (app.state.readiness.tries(), Instant::now());
    let asking = (0..200).map(|_| app.state.readiness.wrong());
    let answers = futures_util::future::join_all(asking).await;
    assert!(answers.iter().all(Option::is_none));
    let tries = app.state.readiness.tries() - before;
    assert!(tries <= began.elapsed().as_secs() + 1, "{tries} tries");
    app.stop().await;
}
