//! `sala restore` on bad days: what a crash left, what is damaged, what must not go on.

use std::path::Path;
use std::time::{Duration, Instant};

use sala::clock;
use sala::db::logins::{LoginDevice, LoginId, NewLogin};
use sala::db::operators::OperatorRow;
use sala::db::{Db, DbError};
use sala::protocol::{MessageStatus, OperatorId, Presence, Role};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection as _, SqliteConnection};

use super::program::{Place, errors};
use crate::harness::database::number;
use crate::harness::ws_client::PATIENCE;
use crate::stage::{Stage, on_both};

async fn connect(path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(path);
    options.connect().await.expect("a connection")
}

/// Leaves the database as a crash does: the newest operator is in the log only.
async fn crash(place: &Place) {
    let db = Db::open(&place.url()).await.expect("opens");
    add_operator(&db).await;
    let files = ["sala.db", "sala.db-wal"].map(|name| {
        let path = place.path("data").join(name);
        let bytes = std::fs::read(&path).expect("there");
        (path, bytes)
    });
    db.close().await;
    for (path, bytes) in files {
        std::fs::write(path, bytes).expect("written");
    }
}

async fn add_operator(db: &Db) -> OperatorId {
    let row = OperatorRow {
        id: OperatorId::generate(),
        email: "newest@example.com".to_owned(),
        name: "Newest".to_owned(),
        role: Role::Operator,
        password_hash: String::new(),
        presence: Presence::Online,
        created_at: clock::now(),
        disabled_at: None,
    };
    let id = row.id;
    let added: Result<(), DbError> = db
        .write(move |mut conn| Box::pin(async move { conn.insert_operator(&row).await }))
        .await;
    added.expect("added");
    id
}

async fn operators(path: &Path) -> i64 {
    let mut connection = connect(path).await;
    let count = sqlx::query_scalar("SELECT count(*) FROM operators");
    count.fetch_one(&mut connection).await.expect("a number")
}

async fn is_sound(path: &Path) -> bool {
    let mut connection = connect(path).await;
    let check = sqlx::query_scalar("PRAGMA integrity_check");
    let found: String = check.fetch_one(&mut connection).await.expect("an answer");
    found == "ok"
}

#[tokio::test]
async fn a_left_over_log_is_moved_aside_with_its_database() {
    let place = Place::started();
    place.done(&["operator", "add", "mali@example.com"]);
    place.done(&["backup", "copy.db"]);
    crash(&place).await;
    place.done(&["restore", "copy.db", "--force"]);
    assert!(!place.path("data/sala.db-wal").exists());
    assert!(is_sound(&place.path("data/sala.db")).await);
    assert_eq!(operators(&place.path("data/sala.db")).await, 1);
    // Nothing of what was there is lost, its newest changes included.
    assert!(place.path("data/sala.db.bak-wal").exists());
    assert_eq!(operators(&place.path("data/sala.db.bak")).await, 2);
    let again = place.data();
    place.done(&["restore", "copy.db", "--force"]);
    assert!(place.path("data/sala.db.bak2").exists(), "{again:?}");
}

#[tokio::test]
async fn a_log_without_its_database_is_named_and_kept() {
    let place = Place::started();
    place.done(&["backup", "copy.db"]);
    crash(&place).await;
    std::fs::rename(place.path("data/sala.db"), place.path("elsewhere")).expect("moved");
    for words in [
        &["serve", "--addr", "127.0.0.1:0"][..],
        &["restore", "copy.db"],
    ] {
        let refused = place.run(words);
        assert_eq!(refused.status.code(), Some(1), "{words:?}");
        let said = errors(&refused);
        assert!(said.contains("sala.db-wal"), "{words:?}: {said}");
    }
    assert!(!place.path("data/sala.db").exists());
    place.done(&["restore", "copy.db", "--force"]);
    assert!(is_sound(&place.path("data/sala.db")).await);
    assert!(place.path("data/sala.db.bak-wal").exists());
}

#[test]
fn a_damaged_database_is_not_called_in_use_and_can_be_replaced() {
    let place = Place::started();
    place.done(&["operator", "add", "mali@example.com"]);
    place.done(&["backup", "copy.db"]);
    std::fs::write(place.path("data/sala.db"), "x".repeat(8_192)).expect("written");
    for words in [
        &["serve", "--addr", "127.0.0.1:0"][..],
        &["backup", "other.db"],
        &["operator", "list"],
    ] {
        let refused = place.run(words);
        let said = errors(&refused);
        assert_eq!(refused.status.code(), Some(1), "{words:?}");
        assert!(
            said.contains("damaged") && said.contains("sala restore"),
            "{words:?}: {said}"
        );
        assert!(!said.contains("in use"), "{words:?}: {said}");
    }
    place.done(&["restore", "copy.db", "--force"]);
    assert!(place.done(&["operator", "list"]).contains("mali@"));
}

#[tokio::test]
async fn what_is_not_the_whole_of_a_copy_is_refused() {
    let place = Place::started();
    place.done(&["backup", "copy.db"]);
    crash(&place).await;
    // Copied by hand.
    for ending in ["", "-wal"] {
        let (from, to) = (format!("data/sala.db{ending}"), format!("hand.db{ending}"));
        std::fs::copy(place.path(&from), place.path(&to)).expect("copied");
    }
    let before = place.data();
    let said = errors(&place.run(&["restore", "hand.db", "--force"]));
    assert!(said.contains("hand.db-wal"), "{said}");
    let itself = errors(&place.run(&["restore", "data/sala.db", "--force"]));
    assert!(itself.contains("the database itself"), "{itself}");
    let mut newer = connect(&place.path("copy.db")).await;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'newer', TRUE, X'00', 0)",
    )
    .execute(&mut newer)
    .await
    .expect("marked");
    // Dropped, it would still be putting its log away while the copy is looked at.
    newer.close().await.expect("closed");
    let began = Instant::now();
    while ["-wal", "-shm"]
        .iter()
        .any(|end| place.path(&format!("copy.db{end}")).exists())
    {
        assert!(began.elapsed() < PATIENCE, "its log stays");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let said = errors(&place.run(&["restore", "copy.db", "--force"]));
    assert!(said.contains("newer Sala"), "{said}");
    assert_eq!(place.data(), before, "nothing was moved");
}

/// A message that waits and somebody who is signed in.
async fn wait_and_log_in(stage: &Stage) -> sala::protocol::MessageId {
    stage.customer_writes().await;
    let id = stage.queue("once", clock::now()).await;
    let operator = add_operator(&stage.db).await;
    let login = NewLogin {
        id: LoginId::generate(),
        token_hash: [7; 32],
        operator,
        created_at: clock::now(),
        expires_at: clock::now().plus_ms(60_000),
        device: LoginDevice::default(),
    };
    let added: Result<(), DbError> = stage
        .db
        .write(move |mut conn| Box::pin(async move { conn.insert_login(&login).await }))
        .await;
    added.expect("added");
    id
}

async fn has_ended(db: &Db) {
    assert_eq!(
        number(db, "SELECT count(*) FROM logins WHERE $1 = ''", "").await,
        0
    );
    assert_eq!(
        number(db, "SELECT count(*) FROM outbox WHERE $1 = ''", "").await,
        0
    );
    let unconfirmed = "SELECT count(*) FROM messages WHERE status = $1 AND error <> ''";
    assert_eq!(number(db, unconfirmed, "unconfirmed").await, 1);
}

on_both!(
    what_waited_in_a_copy_is_not_sent_and_who_was_signed_in_is_not,
    stage,
    {
        let id = wait_and_log_in(stage).await;
        let before = stage.message(id).await.rev;
        let place = Place::new();
        let restored = place
            .sala(&["restored"])
            .env("DATABASE_URL", stage.url())
            .env("SALA_SECRET_KEY", "0123456789abcdef0123456789abcdef")
            .output()
            .expect("it runs");
        assert!(restored.status.success(), "{}", errors(&restored));
        has_ended(&stage.db).await;
        stage.step(clock::now().plus_ms(60_000)).await;
        assert_eq!(stage.phone(), []);
        let message = stage.message(id).await;
        assert_eq!(message.status, MessageStatus::Unconfirmed);
        assert!(message.rev > before, "consoles see that it changed");
    }
);

#[tokio::test]
async fn a_restored_copy_sends_nothing_again_and_nobody_is_signed_in() {
    crate::stage::run(crate::harness::Database::Sqlite, async |stage| {
        wait_and_log_in(stage).await;
        let place = Place::new();
        place.done(&["backup", "copy.db", "--database-url", &stage.url()]);
        let said = place.done(&["restore", "copy.db"]);
        assert!(said.contains("not confirmed"), "{said}");
        assert_eq!(place.data(), ["sala.db"]);
        let db = Db::open(&place.url()).await.expect("opens");
        has_ended(&db).await;
        db.close().await;
    })
    .await;
}
