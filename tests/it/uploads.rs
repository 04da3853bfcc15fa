//! Files that operators send: taken, looked at, and what LINE's clients get of them.

mod phone;
mod refusals;
mod sending;
mod taking;

use sala::clock;
use serde_json::{Value, json};

use crate::harness::TestApp;
use crate::harness::customer::Customer;
use crate::harness::database::number;
use crate::harness::session::Session;
use crate::harness::ws_client::PATIENCE;

/// A customer whose chat Mali has, and Mali.
pub async fn a_chat(app: &TestApp) -> (Customer, Session) {
    let customer = app.customer("Nok").await;
    customer.writes("hello").await;
    let mali = app.log_in("mali@example.com").await;
    let room = json!({ "room": customer.room() });
    let (status, answer) = mali.call("claim_session", room).await;
    assert_eq!(status, 200, "{answer}");
    (customer, mali)
}

/// How many files and pieces of files there are.
async fn kept(app: &TestApp) -> (i64, i64) {
    let db = &app.state.db;
    let files = "SELECT count(*) FROM media WHERE $1 = ''";
    let pieces = "SELECT count(*) FROM media_pieces WHERE $1 = ''";
    (number(db, files, "").await, number(db, pieces, "").await)
}

/// Waits until nothing is left of what was not taken.
async fn nothing_left(app: &TestApp) {
    let began = std::time::Instant::now();
    while kept(app).await != (0, 0) {
        assert!(began.elapsed() < PATIENCE, "{:?} are left", kept(app).await);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// Removes what has come to its end so long from now.
async fn sweep_after(app: &TestApp, ms: i64) -> usize {
    let sweeper = app.state.uploads.sweeper();
    let swept = sweeper.sweep(clock::now().plus_ms(ms)).await;
    swept.expect("the database works")
}

/// The code of a refusal.
fn code(answer: &Value) -> &str {
    answer["code"].as_str().unwrap_or_default()
}
