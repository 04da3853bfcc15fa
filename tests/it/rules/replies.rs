//! What is written to customers by itself: on which occasions, in which words, and at whose cost.

use serde_json::{Value, json};

use crate::answering::{ADMIN, MALI, SOMCHAI, a_chat, called, invalid, refused};
use crate::harness::customer::Customer;
use crate::harness::database::number;
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases, in_time_on_both};

const MINUTE: i64 = 60_000;

fn saving(section: &str, version: i64, value: &Value) -> Value {
    json!({ "section": section, "version": version, "value": value })
}

/// It is never open.
async fn close_for_good(by: &Session) {
    let value = json!({ "default": { "week": {}, "holidays": [] } });
    called(by, "save_settings", saving("hours", 0, &value)).await;
}

/// These rules of the first account.
async fn rules(by: &Session, version: i64, replies: Value) {
    let value = json!({ "default": replies });
    let save = saving("automatic_replies", version, &value);
    called(by, "save_settings", save).await;
}

/// A rule that is on.
fn says(text: &str, spend_quota: bool) -> Value {
    json!({ "on": true, "texts": { "en": text }, "spend_quota": spend_quota })
}

/// The calls that LINE took: `reply` is free, `push` is not; with the texts of each.
async fn calls(app: &TestApp, customer: &Customer) -> Vec<(String, Vec<String>)> {
    app.outbox_empty().await;
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let texts = |call: &Value| {
        let messages = call["messages"].as_array().into_iter().flatten();
        messages.map(|message| word(&message["text"])).collect()
    };
    let calls = customer.inbox().await;
    let calls = calls.iter().map(|call| (word(&call["kind"]), texts(call)));
    calls.collect()
}

fn call(kind: &str, texts: &[&str]) -> (String, Vec<String>) {
    let texts = texts.iter().map(|text| (*text).to_owned()).collect();
    (kind.to_owned(), texts)
}

async fn claims(mali: &Session, customer: &Customer) {
    called(mali, "claim_session", json!({ "room": customer.room() })).await;
}

async fn answers(app: &TestApp, by: &Session, customer: &Customer, text: &str) {
    let message = app.text(customer, text);
    called(by, "send_message", json!({ "message": message })).await;
}

/// The chat as lists show it.
async fn conversation(by: &Session, customer: &Customer) -> Value {
    let thread = called(by, "thread", json!({ "room": customer.room() })).await;
    thread["conversation"].clone()
}

in_time_on_both!(
    three_messages_in_a_minute_bring_one_away_text,
    |app, time| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        close_for_good(&admin).await;
        let texts = json!({ "en": "We are closed.", "ja": "営業時間外です。" });
        let away = json!({ "on": true, "texts": texts, "spend_quota": false });
        rules(&admin, 0, json!({ "away": away })).await;
        let customer = a_chat(app, "Nok").await;
        customer.writes("are you there?").await;
        time.pass(20_000);
        customer.writes("hello?").await;
        let closed = call("reply", &["We are closed."]);
        assert_eq!(calls(app, &customer).await, std::slice::from_ref(&closed));
        // Nobody was answered by it.
        let chat = conversation(&mali, &customer).await;
        assert_eq!(chat["unread"], 3);
        assert_eq!(chat["session"]["status"], "waiting");
        assert_eq!(chat["session"].get("first_response_at"), None);
        assert_eq!(chat["last_message"]["text"], "hello?");
        assert!(chat["waiting_since"].is_string(), "{chat}");
        let thread = called(&mali, "thread", json!({ "room": customer.room() })).await;
        let said: Vec<&Value> = thread["messages"]
            .as_array()
            .expect("messages")
            .iter()
            .filter(|message| message["direction"] == "out")
            .collect();
        assert_eq!(said.len(), 1);
        assert_eq!(said[0]["sender"]["type"], "bot");
        assert_eq!(said[0]["status"], "sent");
        // It stands below what it answers to, and above what came later.
        assert_eq!(thread["messages"][1]["id"], said[0]["id"]);
        time.pass(4 * 60 * MINUTE);
        customer.writes("still closed?").await;
        assert_eq!(calls(app, &customer).await, [closed.clone(), closed]);
    }
);

in_time_on_both!(
    whoever_was_answered_within_the_hour_is_not_told_that_nobody_is_there,
    |app, time| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        close_for_good(&admin).await;
        let customer = a_chat(app, "Nok").await;
        claims(&mali, &customer).await;
        answers(app, &mali, &customer, "I am here.").await;
        app.outbox_empty().await;
        rules(&admin, 0, json!({ "away": says("We are closed.", false) })).await;
        time.pass(59 * MINUTE);
        customer.writes("good").await;
        let answered = call("reply", &["I am here."]);
        assert_eq!(calls(app, &customer).await, std::slice::from_ref(&answered));
        time.pass(2 * MINUTE);
        customer.writes("are you still there?").await;
        let away = call("reply", &["We are closed."]);
        assert_eq!(calls(app, &customer).await, [answered, away]);
    }
);

in_time_on_both!(
    an_away_text_costs_nothing_and_an_answer_after_it_does,
    |app, time| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        close_for_good(&admin).await;
        rules(&admin, 0, json!({ "away": says("We are closed.", false) })).await;
        let customer = a_chat(app, "Nok").await;
        time.pass(20_000);
        claims(&mali, &customer).await;
        answers(app, &mali, &customer, "I am here.").await;
        let [free, paid] = [
            call("reply", &["We are closed."]),
            call("push", &["I am here."]),
        ];
        assert_eq!(calls(app, &customer).await, [free, paid]);
    }
);

in_time_on_both!(
    a_handed_over_text_leaves_the_free_reply_to_whoever_is_there,
    |app, time| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        let somchai = app.log_in(SOMCHAI).await;
        let to = app.operator_id(SOMCHAI).await;
        let pass_on = async |customer: &Customer| {
            claims(&mali, customer).await;
            let transfer = json!({ "room": customer.room(), "operator_id": to });
            called(&mali, "transfer_session", transfer).await;
            time.pass(20_000);
            answers(app, &somchai, customer, "How can I help?").await;
        };
        let handed = says("One moment, please.", false);
        rules(&admin, 0, json!({ "handed_over": handed })).await;
        // Nobody looks at a console.
        let alone = Customer::new(app.addr, "Nok").await;
        alone.writes("hello").await;
        pass_on(&alone).await;
        let answer = &["How can I help?"];
        let [free, paid] = [
            call("reply", &["One moment, please."]),
            call("push", answer),
        ];
        assert_eq!(calls(app, &alone).await, [free, paid]);
        let _console = app.console(MALI).await;
        let there = Customer::new(app.addr, "Ploy").await;
        there.writes("hello").await;
        pass_on(&there).await;
        assert_eq!(calls(app, &there).await, [call("reply", answer)]);
        // Paid for where that is wished, and the free reply is a person's all the same.
        let handed = says("One moment, please.", true);
        rules(&admin, 1, json!({ "handed_over": handed })).await;
        let spent = Customer::new(app.addr, "Somsak").await;
        spent.writes("hello").await;
        pass_on(&spent).await;
        let [paid, free] = [
            call("push", &["One moment, please."]),
            call("reply", answer),
        ];
        assert_eq!(calls(app, &spent).await, [paid, free]);
    }
);

in_time_on_both!(a_closing_text_is_an_operators_and_free, |app, time| {
    let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
    rules(&admin, 0, json!({ "closed": says("Thank you.", false) })).await;
    let quick = a_chat(app, "Nok").await;
    claims(&mali, &quick).await;
    let close = json!({ "room": quick.room() });
    called(&mali, "close_session", close.clone()).await;
    let thanked = call("reply", &["Thank you."]);
    assert_eq!(calls(app, &quick).await, std::slice::from_ref(&thanked));
    // Opened once more and closed again within ten minutes: once is enough.
    quick.writes("wait").await;
    claims(&mali, &quick).await;
    called(&mali, "close_session", close).await;
    assert_eq!(calls(app, &quick).await, [thanked]);
    // Without a free reply it is left out.
    let slow = a_chat(app, "Ploy").await;
    claims(&mali, &slow).await;
    answers(app, &mali, &slow, "Done.").await;
    app.outbox_empty().await;
    time.pass(5 * MINUTE);
    called(&mali, "close_session", json!({ "room": slow.room() })).await;
    assert_eq!(calls(app, &slow).await, [call("reply", &["Done."])]);
    // By a rule it is closed in silence.
    let rule = json!({ "after_minutes": 60, "only_if_answered": false });
    called(&admin, "save_settings", saving("auto_close", 0, &rule)).await;
    let silent = a_chat(app, "Somsak").await;
    claims(&mali, &silent).await;
    let mut console = app.console(MALI).await;
    time.pass(61 * MINUTE);
    console.next("session_closed").await;
    assert_eq!(calls(app, &silent).await, []);
});

in_time_on_both!(
    a_text_whose_free_reply_is_gone_is_left_out_and_never_paid_for,
    |app, time| {
        let (admin, mali) = (app.log_in(ADMIN).await, app.log_in(MALI).await);
        close_for_good(&admin).await;
        rules(&admin, 0, json!({ "away": says("We are closed.", false) })).await;
        let customer = Customer::new(app.addr, "Nok").await;
        // A bot behind the same webhook was faster.
        app.fault(json!({ "status": 400, "reason": "reply_token" }))
            .await;
        customer.writes("hello").await;
        assert_eq!(calls(app, &customer).await, []);
        let thread = called(&mali, "thread", json!({ "room": customer.room() })).await;
        let left = thread["messages"].as_array().expect("messages").len();
        assert_eq!(left, 1, "{thread}");
        let sql = "SELECT count(*) FROM messages WHERE status = $1";
        assert_eq!(number(&app.state.db, sql, "cancelled").await, 1);
        // It was never said, so it is said to the next one.
        time.pass(MINUTE);
        customer.writes("hello?").await;
        assert_eq!(
            calls(app, &customer).await,
            [call("reply", &["We are closed."])]
        );
    }
);

in_time_on_both!(
    whoever_adds_the_account_is_greeted_once_a_day_in_their_language,
    |app, time| {
        let admin = app.log_in(ADMIN).await;
        let texts = json!({ "th": "สวัสดีค่ะ", "ja": "ようこそ" });
        let greeting = json!({ "on": true, "texts": texts, "spend_quota": false });
        let mut console = app.console(MALI).await;
        let customer = Customer::speaking(app.addr, "Nok", "ja").await;
        customer.act("follow", json!({})).await;
        let is_known = |it: &Value| it["payload"]["conversation"]["contact"]["language"] == "ja";
        console.expect(is_known).await;
        rules(&admin, 0, json!({ "greeting": greeting })).await;
        // What happened before the rule was saved is none of its business, however late it comes.
        let late = json!({
            "type": "follow", "mode": "active", "timestamp": sala::clock::now().0 - 60_000,
            "source": { "type": "user", "userId": customer.id },
            "webhookEventId": "late", "deliveryContext": { "isRedelivery": true },
            "replyToken": "late", "follow": { "isUnblocked": false },
        });
        assert_eq!(app.webhook(json!([late])).await, 200);
        assert_eq!(calls(app, &customer).await, []);
        time.pass(MINUTE);
        for _ in 0..2 {
            customer.act("block", json!({})).await;
            customer.act("follow", json!({})).await;
            // LINE shows nothing to whoever blocks the account at that moment.
            app.outbox_empty().await;
        }
        let greeted = call("reply", &["ようこそ"]);
        assert_eq!(calls(app, &customer).await, std::slice::from_ref(&greeted));
        time.pass(24 * 60 * MINUTE);
        customer.act("block", json!({})).await;
        customer.act("follow", json!({})).await;
        assert_eq!(calls(app, &customer).await, [greeted.clone(), greeted]);
        // No chat was opened by it.
        let list = called(&admin, "conversations", json!({ "tab": "waiting" })).await;
        assert_eq!(list["conversations"], json!([]));
    }
);

both_databases!(texts_are_refused_by_their_language, |app| {
    let admin = app.log_in(ADMIN).await;
    let value = |away: Value| json!({ "default": { "away": away } });
    for (value, field) in [
        (value(json!({ "on": true, "texts": {} })), "away"),
        (
            value(json!({ "on": true, "texts": { "th": "  " } })),
            "away",
        ),
        (
            value(json!({ "on": false, "texts": { "ja": "あ".repeat(5_001) } })),
            "away.ja",
        ),
        (
            value(json!({ "on": true, "texts": { "fr": "x" } })),
            "value",
        ),
        (json!({ "nowhere": {} }), "value"),
    ] {
        let save = saving("automatic_replies", 0, &value);
        assert_eq!(refused(&admin, "save_settings", save).await, invalid(field));
    }
    let off = called(
        &admin,
        "settings",
        json!({ "section": "automatic_replies" }),
    )
    .await;
    assert_eq!(off, json!({ "version": 0, "value": {} }));
});

both_databases!(
    whoever_comes_for_the_first_time_is_greeted_in_their_language,
    |app| {
        let admin = app.log_in(ADMIN).await;
        let texts = json!({ "th": "สวัสดีค่ะ", "zh-TW": "歡迎" });
        let greeting = json!({ "on": true, "texts": texts, "spend_quota": false });
        rules(&admin, 0, json!({ "greeting": greeting })).await;
        let customer = Customer::speaking(app.addr, "怡君", "zh-Hant").await;
        customer.act("follow", json!({})).await;
        assert_eq!(calls(app, &customer).await, [call("reply", &["歡迎"])]);
        let thread = called(&admin, "thread", json!({ "room": customer.room() })).await;
        assert_eq!(thread["messages"][1]["text"], "歡迎");
    }
);
