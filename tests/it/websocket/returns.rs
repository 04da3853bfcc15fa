//! No chat stays with an operator who may no longer sign in.

use sala::app::Core;
use sala::protocol::Operator;
use sala::service::ServiceError;
use serde_json::{Value, json};

use crate::harness::customer::Customer;
use crate::harness::ws_client::WsClient;
use crate::harness::{TestApp, both_databases, database};

/// A chat that Mali has.
async fn chat_of_mali(app: &TestApp) -> Customer {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let mut mali = app.console("mali@example.com").await;
    let claimed = mali
        .ask("claim_session", json!({ "room": customer.room() }))
        .await;
    assert_eq!(claimed["type"], "session_claimed", "{claimed}");
    customer
}

/// That everyone hears that the chat is back in the queue, with a line that says why.
async fn hears_of_it(console: &mut WsClient, customer: &Customer) {
    let told = console.next("session_transferred").await;
    let payload = &told["payload"];
    assert_eq!(payload["room"], customer.room().as_str());
    assert_eq!(payload["from"]["name"], "Mali");
    assert_eq!(payload["session"]["status"], "waiting");
    assert_eq!(payload["session"].get("operator"), None);
    assert_eq!(payload["message"]["event"]["name"], "given_back");
    assert_eq!(payload["message"]["event"]["operator"]["name"], "Mali");
    let update = console
        .expect(|f| f["type"] == "conversation_update" && f["payload"]["rev"] == payload["rev"])
        .await;
    let session = &update["payload"]["conversation"]["session"];
    assert_eq!(session["status"], "waiting");
}

both_databases!(
    the_chats_of_a_disabled_operator_wait_again_and_everyone_hears_it,
    |app| {
        let (one, two) = (chat_of_mali(app).await, chat_of_mali(app).await);
        let closed = chat_of_mali(app).await;
        let mut admin = app.console("admin@example.com").await;
        admin
            .ask("close_session", json!({ "room": closed.room() }))
            .await;
        let mut somchai = app.console("somchai@example.com").await;
        let before = somchai.join(&one.room()).await["rev"].clone();
        app.disable("mali@example.com").await;
        // In the same transaction, so that there is nothing to wait for.
        let waiting = "SELECT count(*) FROM conversations WHERE state = $1 AND owner_id IS NULL";
        assert_eq!(database::number(&app.state.db, waiting, "waiting").await, 2);
        for customer in [&one, &two] {
            hears_of_it(&mut somchai, customer).await;
            let audited = app.audited(&customer.room()).await;
            assert!(audited.contains(&"session.give_back".to_owned()));
        }
        let snapshot = somchai.join(&one.room()).await;
        assert_eq!(
            snapshot["rev"].as_i64(),
            before.as_i64().map(|rev| rev + 1),
            "one change"
        );
        let taken = somchai
            .ask("claim_session", json!({ "room": two.room() }))
            .await;
        assert_eq!(taken["type"], "session_claimed", "{taken}");
        let audited = app.audited(&closed.room()).await;
        assert!(!audited.contains(&"session.give_back".to_owned()));
        let untold = "SELECT count(*) FROM untold_returns WHERE $1 = ''";
        assert_eq!(database::number(&app.state.db, untold, "").await, 0);
    }
);

both_databases!(
    consoles_hear_of_chats_that_another_process_gave_back,
    |app| {
        let customer = chat_of_mali(app).await;
        let mut somchai = app.console("somchai@example.com").await;
        let other = Core::open(&app.state.config).await.expect("a process");
        let disabled = other.operators.disable("mali@example.com", None).await;
        disabled.expect("disabled");
        other.db.close().await;
        hears_of_it(&mut somchai, &customer).await;
        assert_eq!(somchai.settled("session_transferred").await.len(), 0);
    }
);

both_databases!(
    chats_that_a_disabled_operator_still_has_are_found_and_given_back,
    |app| {
        let customer = chat_of_mali(app).await;
        let mut somchai = app.console("somchai@example.com").await;
        let sql = "UPDATE operators SET disabled_at = 1 WHERE email = $1";
        database::change(&app.state.db, sql, "mali@example.com").await;
        hears_of_it(&mut somchai, &customer).await;
    }
);

both_databases!(
    who_was_disabled_a_moment_ago_takes_no_chat_and_is_given_none,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let room = customer.room().parse().expect("a room");
        let all = app.state.operators.list().await.expect("operators");
        let mali = all.into_iter().find(|row| row.email == "mali@example.com");
        let mali: Operator = mali.expect("Mali").into();
        app.disable("mali@example.com").await;
        let refused = app.state.sessions.claim(&mali, &room, None).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)));
        let mut admin = app.console("admin@example.com").await;
        let given: Value = admin
            .ask(
                "transfer_session",
                json!({ "room": customer.room(), "operator_id": mali.id }),
            )
            .await;
        assert_eq!(given["payload"]["code"], "validation_error");
    }
);
