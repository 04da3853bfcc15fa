//! The database goes away under a running server, and comes back.

#[path = "../../chaos/postgres.rs"]
mod postgres;

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::customer::harness_client;
use crate::harness::database::TestDatabase;
use crate::harness::ws_client::PATIENCE;
use crate::harness::{Database, TestApp};
use postgres::Postgres;

/// What `/readyz` says: its status, and what it names as failing.
async fn readiness(app: &TestApp) -> (u16, Value) {
    let answer = harness_client().get(app.url("/readyz")).send().await;
    let answer = answer.expect("an answer");
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.expect("JSON");
    (status, body["failing"].clone())
}

/// An answer holds for a second.
async fn becomes(app: &TestApp, wanted: &(u16, Value)) {
    let began = Instant::now();
    while readiness(app).await != *wanted {
        assert!(began.elapsed() < PATIENCE, "it does not become {wanted:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

// What went wrong before, 2: customers' messages were lost while the webhook still answered 200.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_stored_is_not_answered_with_200_and_nothing_is_lost() {
    if !Database::Postgres.is_wanted() {
        return;
    }
    let mut server = Postgres::start().await;
    let app = TestApp::start_on(TestDatabase::Postgres(server.url()), &[]).await;
    let customer = app.customer("Nut").await;
    customer.writes("before").await;
    let room = customer.room();
    let mut mali = app.console("mali@example.com").await;
    mali.join(&room).await;
    assert_eq!(readiness(&app).await, (200, Value::Null));

    server.order("stop").await;
    becomes(&app, &(503, json!(["database"]))).await;
    let event = app.text_event(&customer, "during");
    assert_eq!(app.webhook(json!([event])).await, 500);
    let note = json!({ "room": room, "client_id": app.client_id(), "note": "kept" });
    let refused = mali.ask("send_message", note.clone()).await;
    assert_eq!(refused["payload"]["code"], "internal_error");
    assert_eq!(refused["payload"]["client_id"], note["client_id"]);

    server.order("start").await;
    becomes(&app, &(200, Value::Null)).await;
    // LINE delivers again what was not answered with 200; the socket has stayed.
    for _ in 0..2 {
        assert_eq!(app.webhook(json!([event])).await, 200);
    }
    let heard = mali.next("new_message").await;
    assert_eq!(heard["payload"]["message"]["text"], "during");
    for _ in 0..2 {
        let noted = mali.ask("send_message", note.clone()).await;
        assert_eq!(noted["type"], "message_sent", "{noted}");
    }
    let snapshot = mali.join(&room).await;
    let texts: Vec<_> = snapshot["messages"]
        .as_array()
        .expect("messages")
        .iter()
        .map(|message| message["text"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(texts, ["before", "during", "kept"]);
    app.stop().await;
    server.end().await;
}
