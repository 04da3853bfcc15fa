//! Asking customers how satisfied they were, and what they say.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::answering::{ADMIN, MALI, a_chat, called, invalid, refused};
use crate::harness::customer::Customer;
use crate::harness::database::number;
use crate::harness::session::Session;
use crate::harness::ws_client::PATIENCE;
use crate::harness::{TestApp, both_databases, in_time_on_both};
use crate::line_contract::check_push;

const MINUTE: i64 = 60_000;

fn saving(section: &str, version: i64, value: &Value) -> Value {
    json!({ "section": section, "version": version, "value": value })
}

/// Customers are asked two minutes after the close, at LINE's price.
async fn ask(by: &Session) {
    let value = json!({
        "on": true, "questions": { "en": "How was it?" }, "wait_minutes": 2, "spend_quota": true,
    });
    let saved = called(by, "save_settings", saving("csat", 0, &value)).await;
    assert_eq!(saved, json!({ "version": 1, "value": value }));
}

async fn claims(mali: &Session, customer: &Customer) {
    called(mali, "claim_session", json!({ "room": customer.room() })).await;
}

async fn answers(app: &TestApp, mali: &Session, customer: &Customer) {
    let message = app.text(customer, "Here you are.");
    called(mali, "send_message", json!({ "message": message })).await;
}

async fn closes(mali: &Session, customer: &Customer) -> Value {
    called(mali, "close_session", json!({ "room": customer.room() })).await
}

/// Waits until it is so.
async fn until(is_so: impl AsyncFn() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < PATIENCE, "it does not come about");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// How many questions there were.
async fn asked(app: &TestApp) -> i64 {
    let sql = "SELECT count(*) FROM automatic_messages WHERE cause = $1";
    number(&app.state.db, sql, "survey").await
}

/// How many timers of questions there are.
async fn timers(app: &TestApp) -> i64 {
    let sql = "SELECT count(*) FROM timers WHERE kind = $1";
    number(&app.state.db, sql, "csat").await
}

/// The chat was answered and closed, and its customer was asked; answers the question as LINE got
/// it.
async fn asked_of(
    app: &TestApp,
    time: &sala::clock::Shift,
    mali: &Session,
    customer: &Customer,
) -> Value {
    claims(mali, customer).await;
    answers(app, mali, customer).await;
    app.outbox_empty().await;
    let before = asked(app).await;
    closes(mali, customer).await;
    time.pass(2 * MINUTE);
    until(async || asked(app).await == before + 1).await;
    app.outbox_empty().await;
    let inbox = customer.inbox().await;
    let last = inbox.last().expect("a call");
    assert_eq!(last["kind"], "push");
    last["messages"][0].clone()
}

/// What the button of this score carries.
fn button(question: &Value, score: usize) -> String {
    let buttons = &question["contents"]["footer"]["contents"];
    let data = &buttons[5 - score]["action"]["data"];
    data.as_str().expect("data").to_owned()
}

async fn presses(customer: &Customer, data: &str) {
    let answer = customer.act("press", json!({ "data": data })).await;
    assert_eq!(answer["webhook_status"], 200);
}

in_time_on_both!(
    a_customer_is_asked_and_what_they_say_is_taken_once_with_one_comment,
    |app, time| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        ask(&admin).await;
        let customer = a_chat(app, "Nok").await;
        let question = asked_of(app, time, &mali, &customer).await;
        check_push(&question);
        assert_eq!(question["altText"], "How was it?");
        let mut console = app.console(MALI).await;
        let data = button(&question, 4);
        presses(&customer, &data).await;
        let told = console.next("csat_received").await;
        assert_eq!(told["payload"]["room"], customer.room());
        assert_eq!(told["payload"]["score"], 4);
        assert_eq!(told["payload"]["session"]["csat"], 4);
        assert_eq!(told["payload"].get("comment"), None);
        // Once, whatever is pressed afterwards.
        presses(&customer, &button(&question, 1)).await;
        app.outbox_empty().await;
        let said = customer.texts().await;
        let thanks = "Thank you. Would you like to tell us more?";
        assert_eq!(said.last().map(String::as_str), Some(thanks));
        let inbox = customer.inbox().await;
        assert_eq!(inbox.last().expect("a call")["kind"], "reply");
        customer.writes("Very quick, thanks.").await;
        let told = console.next("csat_received").await;
        assert_eq!(told["payload"]["comment"], "Very quick, thanks.");
        assert_eq!(told["payload"]["score"], 4);
        // Nobody is to answer that.
        let thread = called(&mali, "thread", json!({ "room": customer.room() })).await;
        assert_eq!(thread["conversation"]["session"]["status"], "closed");
        assert_eq!(thread["conversation"]["unread"], 0);
        let lines = thread["messages"].as_array().expect("messages");
        let rated: Vec<&Value> = lines
            .iter()
            .filter(|line| line["event"]["name"] == "rated")
            .collect();
        assert_eq!(rated.len(), 1);
        assert_eq!(rated[0]["event"]["detail"], "4");
        let known = called(&mali, "contact", json!({ "room": customer.room() })).await;
        assert_eq!(known["sessions"][0]["csat"], 4);
        // One comment; what comes next is a chat.
        customer.writes("One thing more?").await;
        let list = called(&mali, "conversations", json!({ "tab": "waiting" })).await;
        assert_eq!(list["conversations"][0]["room"], customer.room());
    }
);

in_time_on_both!(
    only_an_operators_close_after_an_answer_asks_and_once_a_day,
    |app, time| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        ask(&admin).await;
        let unanswered = a_chat(app, "Ploy").await;
        claims(&mali, &unanswered).await;
        closes(&mali, &unanswered).await;
        assert_eq!(timers(app).await, 0);
        let customer = a_chat(app, "Nok").await;
        asked_of(app, time, &mali, &customer).await;
        // A word of thanks opens the chat again, and the next close asks nothing.
        customer.writes("thank you").await;
        claims(&mali, &customer).await;
        answers(app, &mali, &customer).await;
        closes(&mali, &customer).await;
        time.pass(3 * MINUTE);
        until(async || timers(app).await == 0).await;
        assert_eq!(asked(app).await, 1);
        // Whoever wrote meanwhile is not asked while their chat is open.
        time.pass(24 * 60 * MINUTE);
        customer.writes("good morning").await;
        claims(&mali, &customer).await;
        answers(app, &mali, &customer).await;
        closes(&mali, &customer).await;
        customer.writes("wait").await;
        time.pass(3 * MINUTE);
        until(async || timers(app).await == 0).await;
        assert_eq!(asked(app).await, 1);
    }
);

in_time_on_both!(a_forged_and_a_late_press_are_forgotten, |app, time| {
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    ask(&admin).await;
    let customer = a_chat(app, "Nok").await;
    let question = asked_of(app, time, &mali, &customer).await;
    let stranger = a_chat(app, "Ploy").await;
    claims(&mali, &stranger).await;
    closes(&mali, &stranger).await;
    let data = button(&question, 1);
    for (who, data) in [
        (&stranger, data.as_str()),
        (&customer, "csat:nobody:5"),
        (&customer, &data.replace(":1", ":9")),
    ] {
        presses(who, data).await;
    }
    time.pass(8 * 24 * 60 * MINUTE);
    presses(&customer, &data).await;
    let mali = app.log_in(MALI).await;
    let rated = "SELECT count(*) FROM sessions WHERE csat IS NOT NULL AND status = $1";
    assert_eq!(number(&app.state.db, rated, "closed").await, 0);
    // None of them opened a chat.
    let list = called(&mali, "conversations", json!({ "tab": "waiting" })).await;
    assert_eq!(list["conversations"], json!([]));
});

both_databases!(a_survey_is_refused_by_its_field, |app| {
    let admin = app.log_in(ADMIN).await;
    let long = "ก".repeat(401);
    for (value, field) in [
        (json!({ "on": true, "questions": {} }), "questions"),
        (
            json!({ "on": true, "questions": { "th": long } }),
            "questions.th",
        ),
        (
            json!({ "on": false, "wait_minutes": 1_441 }),
            "wait_minutes",
        ),
        (json!({ "on": false, "wait_minutes": -1 }), "value"),
        (json!({}), "value"),
    ] {
        let refused = refused(&admin, "save_settings", saving("csat", 0, &value)).await;
        assert_eq!(refused, invalid(field), "{value}");
    }
});
