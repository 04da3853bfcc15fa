//! Events that overtake each other: what happened last counts, not what came last.

use serde_json::{Value, json};

use super::events::{conversation, lines};
use crate::harness::customer::Customer;
use crate::harness::database::number;
use crate::harness::{TestApp, both_databases};

/// An event of this kind that LINE dates so many seconds ago.
fn event(app: &TestApp, customer: &Customer, kind: &str, seconds_ago: i64) -> Value {
    let mut event = app.text_event(customer, "words");
    event["type"] = json!(kind);
    event["timestamp"] = json!(sala::clock::now().0 - seconds_ago * 1_000);
    if kind != "message" {
        event.as_object_mut().expect("an object").remove("message");
    }
    event
}

async fn post(app: &TestApp, event: Value) {
    assert_eq!(app.webhook(json!([event])).await, 200);
}

async fn is_blocked(app: &TestApp, customer: &Customer) -> bool {
    let conversation = conversation(app, &customer.room()).await;
    conversation["contact"]["blocked"] == true
}

both_databases!(
    the_block_that_happened_last_counts_whatever_came_last,
    |app| {
        for (pair, blocked) in [
            ([("follow", 10), ("unfollow", 20)], false),
            ([("unfollow", 10), ("follow", 20)], true),
            ([("leave", 10), ("join", 20)], true),
            ([("join", 10), ("leave", 20)], false),
            ([("message", 10), ("unfollow", 20)], false),
            ([("unfollow", 10), ("message", 20)], true),
            ([("unfollow", 20), ("message", 10)], false),
        ] {
            let customer = app.customer("Nut").await;
            for (kind, ago) in pair {
                post(app, event(app, &customer, kind, ago)).await;
            }
            assert_eq!(is_blocked(app, &customer).await, blocked, "{pair:?}");
        }
    }
);

both_databases!(a_customer_who_presses_a_button_is_not_blocked, |app| {
    let customer = app.customer("Nut").await;
    post(app, event(app, &customer, "unfollow", 20)).await;
    assert!(is_blocked(app, &customer).await);
    let mut pressed = event(app, &customer, "postback", 10);
    pressed["postback"] = json!({ "data": "a=1" });
    post(app, pressed).await;
    assert!(!is_blocked(app, &customer).await);
});

both_databases!(standby_follows_the_event_that_happened_last, |app| {
    for (first, second, standby) in [
        (("standby", 10), ("active", 20), true),
        (("active", 10), ("standby", 20), false),
        (("active", 20), ("standby", 10), true),
    ] {
        let customer = app.customer("Nut").await;
        for (mode, ago) in [first, second] {
            let mut event = event(app, &customer, "message", ago);
            event["mode"] = json!(mode);
            post(app, event).await;
        }
        let shown = conversation(app, &customer.room()).await;
        assert_eq!(
            shown.get("standby").is_some(),
            standby,
            "{first:?} {second:?}"
        );
    }
});

both_databases!(what_was_taken_back_stays_so_in_every_order, |app| {
    let orders = [
        ["message", "edit", "unsend"],
        ["message", "unsend", "edit"],
        ["edit", "message", "unsend"],
        ["edit", "unsend", "message"],
        ["unsend", "message", "edit"],
        ["unsend", "edit", "message"],
    ];
    for order in orders {
        let customer = app.customer("Nut").await;
        let message = event(app, &customer, "message", 30);
        let id = &message["message"]["id"];
        let mut unsend = event(app, &customer, "unsend", 10);
        unsend["unsend"] = json!({ "messageId": id });
        let mut edit = event(app, &customer, "messageEdited", 20);
        edit["message"] = json!({ "type": "text", "id": id, "text": "words, edited" });
        for step in order {
            let event = match step {
                "message" => &message,
                "edit" => &edit,
                _ => &unsend,
            };
            post(app, event.clone()).await;
        }
        let shown = lines(app, &customer.room()).await;
        assert_eq!(shown.len(), 1, "{order:?}: {shown:?}");
        assert_eq!(shown[0]["status"], "unsent", "{order:?}");
        assert_eq!(shown[0].get("text"), None, "{order:?}");
        let shown = conversation(app, &customer.room()).await;
        assert_eq!(shown["unread"], 0, "{order:?}");
        assert_eq!(shown.get("waiting_since"), None, "{order:?}");
        let sql = "SELECT count(*) FROM messages WHERE raw LIKE $1";
        assert_eq!(number(&app.state.db, sql, "%words%").await, 0, "{order:?}");
    }
});

both_databases!(unread_and_waiting_are_right_after_an_unsend, |app| {
    let customer = app.customer("Nut").await;
    let first = event(app, &customer, "message", 30);
    let second = event(app, &customer, "message", 20);
    let unsend = |message: &Value| {
        let mut event = event(app, &customer, "unsend", 5);
        event["unsend"] = json!({ "messageId": message["message"]["id"] });
        event
    };
    post(app, first.clone()).await;
    post(app, second.clone()).await;
    let both = conversation(app, &customer.room()).await;
    assert_eq!(both["unread"], 2);
    post(app, unsend(&first)).await;
    let one = conversation(app, &customer.room()).await;
    assert_eq!(one["unread"], 1);
    let shown = lines(app, &customer.room()).await;
    assert_eq!(one["waiting_since"], shown[1]["created_at"]);
    post(app, unsend(&second)).await;
    let none = conversation(app, &customer.room()).await;
    assert_eq!(
        (&none["unread"], none.get("waiting_since")),
        (&json!(0), None)
    );
    // What comes then waits as ever.
    customer.writes("again").await;
    let again = conversation(app, &customer.room()).await;
    assert_eq!(again["unread"], 1);
    assert!(again["waiting_since"].is_string());
});
