//! A database of the first release, with data in it, opened by this version.

use std::path::Path;

use sala::db::Db;
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::harness::Database;
use crate::harness::database::{TestDatabase, number};

/// The first release's schema alone.
async fn first_release(kind: &str) -> Migrator {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let name = "0001_start.sql";
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    std::fs::copy(migrations.join(kind).join(name), folder.path().join(name)).expect("copied");
    Migrator::new(folder.path()).await.expect("a migration")
}

/// Five conversations, two of them closed; `id` writes a UUID as the database takes it.
fn rows(id: impl Fn(usize) -> String) -> String {
    let bytes = id(0).replace("::uuid", "::bytea");
    let mut sql = format!(
        "INSERT INTO channels (id, name, title, secret, access_token, created_at) \
         VALUES ({}, 'default', 'Shop', {bytes}, {bytes}, 0);",
        id(0)
    );
    for (number, state) in ["none", "waiting", "active", "closed", "closed"]
        .iter()
        .enumerate()
    {
        let (contact, conversation) = (id(10 + number), id(20 + number));
        let more = format!(
            "INSERT INTO contacts (id, channel_id, line_user_id, kind, display_name, created_at) \
             VALUES ({contact}, {}, 'U{number}', 'user', 'Nok', 0); \
             INSERT INTO conversations \
             (id, channel_id, contact_id, state, activity_at, updated_at, created_at) \
             VALUES ({conversation}, {}, {contact}, '{state}', 0, 0, 0);",
            id(0),
            id(0)
        );
        sql.push_str(&more);
    }
    sql
}

async fn totals_are_right(database: &TestDatabase) {
    let db = Db::open(&database.url())
        .await
        .expect("it is brought up to date");
    let open = "SELECT CAST(sum(open) AS BIGINT) FROM conversation_totals WHERE $1 = ''";
    let closed = "SELECT CAST(sum(closed) AS BIGINT) FROM conversation_totals WHERE $1 = ''";
    let totals = (number(&db, open, "").await, number(&db, closed, "").await);
    assert_eq!(totals, (3, 2));
    db.close().await;
}

#[tokio::test]
async fn conversations_of_the_first_release_are_counted_on_sqlite() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let database = TestDatabase::make(Database::Sqlite).await;
    let url = format!("{}?mode=rwc", database.url());
    let mut connection = SqliteConnection::connect(&url).await.expect("a file");
    let schema = first_release("sqlite").await;
    schema.run(&mut connection).await.expect("the first schema");
    let sql = rows(|number| format!("X'{number:032x}'"));
    let filled = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection);
    filled.await.expect("rows");
    connection.close().await.expect("closed");
    totals_are_right(&database).await;
}

#[tokio::test]
async fn conversations_of_the_first_release_are_counted_on_postgres() {
    if !Database::Postgres.is_wanted() {
        return;
    }
    let database = TestDatabase::make(Database::Postgres).await;
    let mut connection = PgConnection::connect(&database.url())
        .await
        .expect("a connection");
    let schema = first_release("postgres").await;
    schema.run(&mut connection).await.expect("the first schema");
    let sql = rows(|number| format!("'{number:032x}'::uuid"));
    let filled = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection);
    filled.await.expect("rows");
    connection.close().await.expect("closed");
    totals_are_right(&database).await;
}
