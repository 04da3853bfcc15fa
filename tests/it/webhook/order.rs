//! Times of LINE's clock and of ours: what stands where, and what is believed.

use serde_json::{Value, json};

use super::events::{conversation, lines};
use crate::harness::customer::Customer;
use crate::harness::database::execute;
use crate::harness::{TestApp, both_databases};

/// A text that LINE dates so many milliseconds from now.
fn text_at(app: &TestApp, customer: &Customer, text: &str, offset_ms: i64) -> Value {
    let mut event = app.text_event(customer, text);
    event["timestamp"] = json!(sala::clock::now().0 + offset_ms);
    event
}

/// Mali answers.
async fn answer(app: &TestApp, customer: &Customer, text: &str) {
    let mut mali = app.console("mali@example.com").await;
    mali.join(&customer.room()).await;
    mali.ask("claim_session", json!({ "room": customer.room() }))
        .await;
    let sent = mali.ask("send_message", app.text(customer, text)).await;
    assert_eq!(sent["type"], "message_sent", "{sent}");
}

async fn words(app: &TestApp, customer: &Customer) -> Vec<String> {
    let lines = lines(app, &customer.room()).await;
    let texts = lines.iter().filter(|line| line["kind"] == "text");
    texts
        .filter_map(|line| line["text"].as_str().map(str::to_owned))
        .collect()
}

both_databases!(
    what_comes_after_an_answer_stands_below_it_though_our_clock_is_ahead,
    |app| {
        let customer = app.customer("Nut").await;
        app.webhook(json!([text_at(app, &customer, "hello", -8_000)]))
            .await;
        answer(app, &customer, "answer").await;
        // LINE's clock is behind ours, so that both seem to be older than the answer.
        app.webhook(json!([text_at(app, &customer, "second thanks", -5_000)]))
            .await;
        app.webhook(json!([text_at(app, &customer, "first thanks", -6_000)]))
            .await;
        assert_eq!(
            words(app, &customer).await,
            ["hello", "answer", "first thanks", "second thanks"]
        );
        let last = &conversation(app, &customer.room()).await["last_message"];
        assert_eq!(last["text"], "second thanks");
    }
);

both_databases!(
    what_is_late_by_more_than_a_minute_stands_where_lines_time_puts_it,
    |app| {
        let customer = app.customer("Nut").await;
        app.webhook(json!([text_at(app, &customer, "hello", -200_000)]))
            .await;
        answer(app, &customer, "answer").await;
        app.webhook(json!([text_at(app, &customer, "delayed", -100_000)]))
            .await;
        assert_eq!(words(app, &customer).await, ["hello", "delayed", "answer"]);
        let last = &conversation(app, &customer.room()).await["last_message"];
        assert_eq!(last["text"], "answer");
    }
);

both_databases!(
    customers_lines_keep_lines_order_whatever_overtakes_what,
    |app| {
        let customer = app.customer("Nut").await;
        let base = -30_000;
        for n in [3, 1, 4, 0, 2] {
            let text = format!("{n}");
            app.webhook(json!([text_at(app, &customer, &text, base + n * 1_000)]))
                .await;
        }
        assert_eq!(words(app, &customer).await, ["0", "1", "2", "3", "4"]);
    }
);

both_databases!(a_time_that_cannot_be_is_that_of_arrival, |app| {
    let customer = app.customer("Nut").await;
    for (text, timestamp) in [
        ("year 33658", json!(1_000_000_000_000_000_i64)),
        ("tomorrow", json!(sala::clock::now().0 + 86_400_000)),
        ("before LINE", json!(5)),
        ("the end", json!(i64::MAX)),
        ("the beginning", json!(i64::MIN)),
    ] {
        let mut event = app.text_event(&customer, text);
        event["timestamp"] = timestamp;
        assert_eq!(app.webhook(json!([event])).await, 200);
    }
    customer.writes("now").await;
    let texts = words(app, &customer).await;
    assert_eq!(
        texts,
        [
            "year 33658",
            "tomorrow",
            "before LINE",
            "the end",
            "the beginning",
            "now"
        ]
    );
    let last = &conversation(app, &customer.room()).await["last_message"];
    assert_eq!(last["text"], "now");
});

both_databases!(older_history_is_read_to_its_beginning_line_by_line, |app| {
    let customer = app.customer("Nut").await;
    let now = sala::clock::now().0;
    app.webhook(json!([text_at(app, &customer, "hello", -30_000)]))
        .await;
    answer(app, &customer, "answer").await;
    let events: Vec<Value> = (0..120)
        .map(|n| {
            let mut event = app.text_event(&customer, &format!("{n}"));
            event["timestamp"] = json!(now - 20_000 + n * 37 % 120);
            event
        })
        .collect();
    for part in events.chunks(40) {
        app.webhook(json!(part)).await;
    }
    let session = app.log_in("mali@example.com").await;
    let (mut before, mut all) = (Value::Null, Vec::new());
    loop {
        let call = json!({ "room": customer.room(), "before": before });
        let (status, page) = session.call("thread", call).await;
        assert_eq!(status, 200, "{page}");
        let mut messages = page["messages"].as_array().expect("messages").clone();
        messages.append(&mut all);
        all = messages;
        before = page["older"].clone();
        if before.is_null() {
            break;
        }
    }
    let texts: Vec<_> = all
        .iter()
        .filter(|line| line["kind"] == "text")
        .filter_map(|line| line["text"].as_str())
        .collect();
    let mut sorted: Vec<i64> = (0..120).collect();
    sorted.sort_by_key(|n| n * 37 % 120);
    let mut expected = vec!["hello".to_owned(), "answer".to_owned()];
    expected.extend(sorted.iter().map(i64::to_string));
    assert_eq!(texts, expected);
});

both_databases!(one_row_that_cannot_be_read_hides_no_other, |app| {
    let (nut, ploy) = (app.customer("Nut").await, app.customer("Ploy").await);
    for text in ["one", "two", "three"] {
        nut.writes(text).await;
    }
    ploy.writes("hello").await;
    execute(
        &app.state.db,
        "UPDATE messages SET content = '{' WHERE text = 'one'",
    )
    .await;
    execute(&app.state.db, "UPDATE messages SET direction = 'in', kind = 'dream', created_at = 9007199254740993 WHERE text = 'two'")
        .await;
    execute(
        &app.state.db,
        "UPDATE messages SET status = 'dreaming' WHERE text = 'hello'",
    )
    .await;
    execute(&app.state.db, "UPDATE conversations SET tags = '{'").await;
    let shown = lines(app, &nut.room()).await;
    assert_eq!(shown.len(), 3, "{shown:?}");
    let texts: Vec<_> = shown.iter().map(|line| line["text"].as_str()).collect();
    assert!(texts.contains(&Some("one")) && texts.contains(&Some("three")));
    let session = app.log_in("mali@example.com").await;
    let (status, page) = session
        .call("conversations", json!({ "tab": "all", "after": null }))
        .await;
    assert_eq!(status, 200);
    assert_eq!(page["conversations"].as_array().map(Vec::len), Some(2));
});
