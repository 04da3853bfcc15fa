//! Chats that are closed by themselves, in a time that the tests let pass.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::answering::{ADMIN, MALI, a_chat, called, invalid, refused};
use crate::harness::customer::{Customer, harness_client};
use crate::harness::database::{execute, number};
use crate::harness::session::Session;
use crate::harness::ws_client::PATIENCE;
use crate::harness::{TestApp, both_databases, in_time_on_both};

const MINUTE: i64 = 60_000;

fn rule(version: i64, value: &Value) -> Value {
    json!({ "section": "auto_close", "version": version, "value": value })
}

/// Chats are closed after an hour.
async fn after_an_hour(by: &Session) {
    let value = json!({ "after_minutes": 60, "only_if_answered": true });
    let saved = called(by, "save_settings", rule(0, &value)).await;
    assert_eq!(saved, json!({ "version": 1, "value": value }));
}

/// A chat that Mali has.
async fn claimed(app: &TestApp, mali: &Session, name: &str) -> Customer {
    let customer = a_chat(app, name).await;
    called(mali, "claim_session", json!({ "room": customer.room() })).await;
    customer
}

async fn answers(app: &TestApp, mali: &Session, customer: &Customer) {
    let message = app.text(customer, "Anything else?");
    called(mali, "send_message", json!({ "message": message })).await;
}

/// Whether a frame says that this chat was closed.
fn closes(room: &str) -> impl Fn(&Value) -> bool {
    move |frame| frame["type"] == "session_closed" && frame["payload"]["room"] == room
}

/// How many chats the rule has closed.
async fn closed(app: &TestApp) -> i64 {
    let sql = "SELECT count(*) FROM audit WHERE action = $1 AND operator_id IS NULL";
    number(&app.state.db, sql, "session.close_by_rule").await
}

in_time_on_both!(
    a_chat_in_which_nobody_writes_is_closed_once_and_told,
    |app, time| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        after_an_hour(&admin).await;
        let customer = claimed(app, &mali, "Nok").await;
        answers(app, &mali, &customer).await;
        let mut console = app.console(MALI).await;
        // The customer's words count as well.
        time.pass(50 * MINUTE);
        customer.writes("yes").await;
        answers(app, &mali, &customer).await;
        time.pass(61 * MINUTE);
        let told = console.expect(closes(&customer.room())).await;
        let event = &told["payload"]["message"]["event"];
        assert_eq!(
            (&event["name"], event.get("operator")),
            (&json!("closed"), None)
        );
        assert_eq!(told["payload"]["session"]["status"], "closed");
        let list = called(&mali, "conversations", json!({ "tab": "closed" })).await;
        assert_eq!(list["conversations"][0]["room"], customer.room());
        // The next message opens it again.
        customer.writes("one thing more").await;
        let list = called(&mali, "conversations", json!({ "tab": "waiting" })).await;
        assert_eq!(list["conversations"][0]["room"], customer.room());
        assert_eq!(closed(app).await, 1);
        let left = "SELECT count(*) FROM timers WHERE kind = $1";
        assert_eq!(number(&app.state.db, left, "close").await, 0);
    }
);

in_time_on_both!(what_waits_for_us_is_never_closed, |app, time| {
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    after_an_hour(&admin).await;
    let waits = claimed(app, &mali, "Nok").await;
    let queued = a_chat(app, "Ploy").await;
    let answered = claimed(app, &mali, "Somsak").await;
    answers(app, &mali, &answered).await;
    let mut console = app.console(MALI).await;
    time.pass(5 * 60 * MINUTE);
    console.expect(closes(&answered.room())).await;
    // Its timer was due before that of the one that is closed now.
    assert_eq!(closed(app).await, 1);
    let list = called(&mali, "conversations", json!({ "tab": "mine" })).await;
    assert_eq!(list["conversations"][0]["room"], waits.room());
    let list = called(&mali, "conversations", json!({ "tab": "waiting" })).await;
    assert_eq!(list["conversations"][0]["room"], queued.room());
});

in_time_on_both!(a_rule_takes_up_the_chats_that_there_are, |app, time| {
    let mali = app.log_in(MALI).await;
    let customer = claimed(app, &mali, "Nok").await;
    answers(app, &mali, &customer).await;
    // A week, in which no rule closes anything.
    time.pass(7 * 24 * 60 * MINUTE);
    let admin = app.log_in(ADMIN).await;
    let mut console = app.console(MALI).await;
    assert_eq!(closed(app).await, 0);
    after_an_hour(&admin).await;
    console.expect(closes(&customer.room())).await;
    assert_eq!(closed(app).await, 1);
});

both_databases!(a_rule_is_refused_by_its_field, |app| {
    let admin = app.log_in(ADMIN).await;
    let warn = |minutes: i64, texts: Value| json!({ "minutes_before": minutes, "texts": texts });
    let bye = json!({ "en": "Bye" });
    for (value, field) in [
        (json!({ "after_minutes": 0 }), "after_minutes"),
        (json!({ "after_minutes": 527_041 }), "after_minutes"),
        (json!({ "after_minutes": -1 }), "value"),
        (
            json!({ "after_minutes": 60, "warn": warn(60, bye.clone()) }),
            "warn.minutes_before",
        ),
        (
            json!({ "after_minutes": 60, "warn": warn(0, bye) }),
            "warn.minutes_before",
        ),
        (
            json!({ "after_minutes": 60, "warn": warn(10, json!({})) }),
            "warn",
        ),
        (
            json!({ "after_minutes": 60, "warn": warn(10, json!({ "th": "ก".repeat(5_001) })) }),
            "warn.th",
        ),
        (json!({ "before": 60 }), "value"),
    ] {
        let refused = refused(&admin, "save_settings", rule(0, &value)).await;
        assert_eq!(refused, invalid(field), "{value}");
    }
    let off = called(&admin, "settings", json!({ "section": "auto_close" })).await;
    assert_eq!(
        off,
        json!({ "version": 0, "value": { "only_if_answered": true } })
    );
});

in_time_on_both!(
    a_customer_is_told_before_and_anew_after_somebody_has_written,
    |app, time| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        // Free replies are good for as long as LINE may take them.
        let_tokens_live(app).await;
        let warn = json!({ "minutes_before": 5, "texts": { "en": "Closing soon." } });
        let value = json!({ "after_minutes": 15, "only_if_answered": true, "warn": warn });
        called(&admin, "save_settings", rule(0, &value)).await;
        let customer = Customer::new(app.addr, "Nok").await;
        customer.writes("hello").await;
        called(&mali, "claim_session", json!({ "room": customer.room() })).await;
        answers(app, &mali, &customer).await;
        app.outbox_empty().await;
        // What waits for us is not told that it will be closed.
        customer.writes("yes").await;
        time.pass(11 * MINUTE);
        assert_eq!(said(app).await, 0);
        answers(app, &mali, &customer).await;
        customer.writes("and one thing more").await;
        customer.writes("and another").await;
        answers(app, &mali, &customer).await;
        time.pass(9 * MINUTE);
        assert_eq!(said(app).await, 0);
        time.pass(2 * MINUTE);
        until(async || said(app).await == 1).await;
        app.outbox_empty().await;
        assert_eq!(
            customer.texts().await.last().map(String::as_str),
            Some("Closing soon.")
        );
        assert_eq!(closed(app).await, 0, "it is no message that counts");
        time.pass(5 * MINUTE);
        until(async || closed(app).await == 1).await;
        assert_eq!(said(app).await, 1);
    }
);

/// Lets reply tokens be good for twenty minutes, at LINE and here.
async fn let_tokens_live(app: &TestApp) {
    let sql = "UPDATE channels SET reply_token_seconds = 1200";
    execute(&app.state.db, sql).await;
    let request = harness_client().post(app.url("/_sim/settings"));
    let changed = request
        .json(&json!({ "reply_token_seconds": 1_200 }))
        .send();
    assert!(changed.await.expect("an answer").status().is_success());
}

/// Waits until it is so.
async fn until(is_so: impl AsyncFn() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < PATIENCE, "it does not come about");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// How many warnings there were.
async fn said(app: &TestApp) -> i64 {
    let sql = "SELECT count(*) FROM automatic_messages WHERE cause = $1";
    number(&app.state.db, sql, "warning").await
}
