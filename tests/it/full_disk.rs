//! A disk that is full, and then is not: nothing that was acknowledged is lost, what could not be
//! taken is refused so that LINE sends it again, and everything goes on by itself.

use sala::db::{Conn, DbError};
use serde_json::json;

use crate::harness::app::TestApp;
use crate::harness::customer::Customer;
use crate::harness::database::{Database, number};
use crate::harness::ws_client::PATIENCE;

/// Lets the database grow by so many pages and no further; SQLite then says what it says of a
/// full disk.
async fn let_grow_by(app: &TestApp, pages: i64) {
    let done: Result<(), DbError> = app
        .state
        .db
        .write(move |conn| {
            Box::pin(async move {
                let Conn::Sqlite(mut c) = conn else {
                    return Ok(());
                };
                let now: i64 = sqlx::query_scalar("PRAGMA page_count")
                    .fetch_one(&mut c)
                    .await?;
                let sql = format!("PRAGMA max_page_count = {}", now + pages);
                let sql = sqlx::AssertSqlSafe(sql);
                sqlx::query(sql).fetch_one(&mut c).await?;
                Ok(())
            })
        })
        .await;
    done.expect("the bound is set");
}

const ROOM_ENOUGH: i64 = 1_000_000;

/// How many lines with this text there are.
async fn lines(app: &TestApp, text: &str) -> i64 {
    let sql = "SELECT count(*) FROM messages WHERE text = $1";
    number(&app.state.db, sql, text).await
}

/// Posts texts until one is refused; answers how many were taken, and the event of the last.
async fn fill(app: &TestApp, customer: &Customer) -> (i64, serde_json::Value) {
    for taken in 0..500 {
        let event = app.text_event(customer, &"x".repeat(4_000));
        match app.webhook(json!([event])).await {
            200 => {}
            status => {
                assert!(
                    status >= 500,
                    "LINE sends again after {status} only if it is 5xx"
                );
                return (taken, event);
            }
        }
    }
    panic!("the database is never full");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn webhooks_are_refused_while_the_disk_is_full_and_taken_once_afterwards() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let app = TestApp::start(Database::Sqlite, &[]).await;
    let customer = app.customer("Nok").await;
    customer.writes("before").await;
    let_grow_by(&app, 8).await;
    let text = "x".repeat(4_000);
    let (taken, refused) = fill(&app, &customer).await;
    assert_eq!(
        lines(&app, &text).await,
        taken,
        "what got 200 is there, and no more"
    );
    // What is shown goes on being shown.
    let session = app.log_in("mali@example.com").await;
    let (status, _) = session
        .call("thread", json!({ "room": customer.room() }))
        .await;
    assert_eq!(status, 200);

    let_grow_by(&app, ROOM_ENOUGH).await;
    assert_eq!(app.webhook(json!([refused])).await, 200);
    assert_eq!(app.webhook(json!([refused])).await, 200);
    assert_eq!(lines(&app, &text).await, taken + 1);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operators_hear_that_nothing_was_stored_and_the_same_message_goes_out_once_afterwards() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let app = TestApp::start(Database::Sqlite, &[]).await;
    let customer = app.customer("Nok").await;
    customer.writes("before").await;
    let mut console = app.console("mali@example.com").await;
    console.join(&customer.room()).await;
    console
        .ask("claim_session", json!({ "room": customer.room() }))
        .await;
    let_grow_by(&app, 0).await;
    fill(&app, &customer).await;
    let sending = app.text(&customer, &"y".repeat(4_900));
    let answer = console.ask("send_message", sending.clone()).await;
    assert_eq!(answer["type"], "error", "{answer}");
    assert_eq!(lines(&app, &"y".repeat(4_900)).await, 0);
    let_grow_by(&app, ROOM_ENOUGH).await;
    let answer = console.ask("send_message", sending.clone()).await;
    assert_eq!(answer["type"], "message_sent", "{answer}");
    console.ask("send_message", sending).await;
    let began = std::time::Instant::now();
    while customer.texts().await.is_empty() {
        assert!(began.elapsed() < PATIENCE, "it does not go out");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    app.outbox_empty().await;
    assert_eq!(customer.texts().await.len(), 1);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_no_longer_fits_is_refused_and_nothing_of_it_is_left() {
    if !Database::Sqlite.is_wanted() {
        return;
    }
    let app = TestApp::start(Database::Sqlite, &[]).await;
    let customer = app.customer("Nok").await;
    customer.writes("before").await;
    let session = app.log_in("mali@example.com").await;
    let room = json!({ "room": customer.room() });
    assert_eq!(session.call("claim_session", room).await.0, 200);
    let_grow_by(&app, 300).await;
    let large = vec![7; 3 << 20];
    let (status, answer) = session.upload(&customer.room(), "a.bin", &large).await;
    assert_eq!(
        (status, answer["code"].as_str()),
        (507, Some("no_room")),
        "{answer}"
    );
    let left = "SELECT count(*) FROM media WHERE $1 = ''";
    assert_eq!(number(&app.state.db, left, "").await, 0);
    let_grow_by(&app, ROOM_ENOUGH).await;
    let (status, answer) = session.upload(&customer.room(), "a.bin", &large).await;
    assert_eq!(status, 200, "{answer}");
    app.stop().await;
}
