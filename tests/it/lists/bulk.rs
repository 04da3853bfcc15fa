//! One thing done with several chats: each has its own outcome.

use serde_json::{Value, json};

use super::{chat_of_mali, in_ms, tab};
use crate::answering::{ADMIN, MALI, SOMCHAI, a_chat, called, invalid, refused};
use crate::harness::customer::Customer;
use crate::harness::session::Session;
use crate::harness::{TestApp, both_databases};

/// For each chat whether it was done, or why not.
async fn done(by: &Session, asked: Value) -> Vec<String> {
    let outcomes = called(by, "bulk", asked).await;
    let word = |one: &Value| match &one["error"]["code"] {
        Value::String(code) => code.clone(),
        _ => one["ok"].to_string(),
    };
    outcomes
        .as_array()
        .expect("a list")
        .iter()
        .map(word)
        .collect()
}

fn rooms(customers: &[Customer]) -> Vec<String> {
    customers.iter().map(Customer::room).collect()
}

both_databases!(
    thirty_are_closed_and_one_in_which_the_customer_wrote_is_not,
    |app| {
        let mali = app.log_in(MALI).await;
        let mut customers = Vec::new();
        let mut revs = serde_json::Map::new();
        for n in 0..30 {
            let customer = chat_of_mali(app, &format!("Customer {n}")).await;
            let thread = called(&mali, "thread", json!({ "room": customer.room() })).await;
            revs.insert(customer.room(), thread["conversation"]["rev"].clone());
            customers.push(customer);
        }
        let mut console = app.console(SOMCHAI).await;
        customers[7].writes("one thing more").await;
        // One's own note is no word of the customer's.
        let note =
            json!({ "room": customers[8].room(), "client_id": app.client_id(), "note": "x" });
        called(&mali, "send_message", json!({ "message": note })).await;
        let asked = json!({ "rooms": rooms(&customers), "action": "close", "revs": revs });
        let outcomes = done(&mali, asked).await;
        let mut wanted = vec!["true".to_owned(); 30];
        "stale".clone_into(&mut wanted[7]);
        assert_eq!(outcomes, wanted);
        for _ in 0..29 {
            console.next("session_closed").await;
        }
        assert!(console.settled("session_closed").await.is_empty());
        assert_eq!(tab(&mali, "mine").await, [customers[7].room()]);
        assert_eq!(tab(&mali, "closed").await.len(), 29);
    }
);

both_databases!(each_is_done_as_if_it_were_called_alone, |app| {
    let (mali, somchai) = tokio::join!(app.log_in(MALI), app.log_in(SOMCHAI));
    let admin = app.log_in(ADMIN).await;
    let (waiting, taken) = (a_chat(app, "Nut").await, chat_of_mali(app, "Nok").await);
    let three = [
        waiting.room(),
        taken.room(),
        "conversation:Unobody".to_owned(),
    ];
    let all = |action: &str| json!({ "rooms": three, "action": action });
    let with = |action: &str, name: &str, value: Value| {
        let mut asked = all(action);
        asked[name] = value;
        asked
    };
    let outcomes = done(&somchai, all("claim")).await;
    assert_eq!(outcomes, ["true", "already_claimed", "room_not_found"]);
    let answer = called(&somchai, "bulk", all("claim")).await;
    assert_eq!(answer[1]["error"]["operator"]["name"], "Mali");
    assert_eq!(answer[1]["room"], taken.room());
    let outcomes = done(&somchai, all("read")).await;
    assert_eq!(outcomes, ["true", "true", "room_not_found"]);
    let thread = called(&mali, "thread", json!({ "room": waiting.room() })).await;
    assert_eq!(thread["conversation"]["unread"], 0);
    let outcomes = done(&somchai, with("snooze", "until", json!(in_ms(60_000)))).await;
    assert_eq!(outcomes, ["true", "not_claimed", "room_not_found"]);
    let outcomes = done(&somchai, with("snooze", "until", json!(in_ms(-1)))).await;
    assert_eq!(outcomes, ["validation_error"; 3]);
    let tag = called(
        &admin,
        "save_tag",
        json!({ "name": "VIP", "color": "gold" }),
    )
    .await;
    let outcomes = done(&somchai, with("tag", "tag_ids", json!([tag["id"]]))).await;
    assert_eq!(outcomes, ["true", "true", "room_not_found"]);
    let thread = called(&mali, "thread", json!({ "room": taken.room() })).await;
    assert_eq!(thread["conversation"]["tags"][0]["name"], "VIP");
    let gone = json!([app.client_id()]);
    let outcomes = done(&somchai, with("tag", "tag_ids", gone.clone())).await;
    assert_eq!(
        outcomes,
        ["validation_error", "validation_error", "room_not_found"]
    );
    // What one has not is not taken from it, and that is well.
    let outcomes = done(&somchai, with("untag", "tag_ids", gone)).await;
    assert_eq!(outcomes, ["true", "true", "room_not_found"]);
    let outcomes = done(&somchai, with("untag", "tag_ids", json!([tag["id"]]))).await;
    assert_eq!(outcomes, ["true", "true", "room_not_found"]);
    let thread = called(&mali, "thread", json!({ "room": taken.room() })).await;
    assert_eq!(thread["conversation"]["tags"], json!([]));
    let to = app.operator_id(MALI).await;
    let outcomes = done(&somchai, with("transfer", "operator_id", json!(to))).await;
    assert_eq!(outcomes, ["true", "not_claimed", "room_not_found"]);
    let outcomes = done(&admin, all("transfer")).await;
    assert_eq!(outcomes, ["true", "true", "room_not_found"]);
    let mut waiting = tab(&mali, "waiting").await;
    waiting.sort();
    let mut both = three[..2].to_vec();
    both.sort();
    assert_eq!(waiting, both, "to nobody is to the queue");
});

both_databases!(more_than_a_hundred_are_refused, |app| {
    let mali = app.log_in(MALI).await;
    let many: Vec<String> = (0..101).map(|n| format!("conversation:U{n}")).collect();
    let asked = json!({ "rooms": many, "action": "close" });
    assert_eq!(refused(&mali, "bulk", asked).await, invalid("rooms"));
    let asked = json!({ "rooms": many[..100], "action": "close" });
    assert_eq!(done(&mali, asked).await, vec!["room_not_found"; 100]);
    assert!(
        done(&mali, json!({ "rooms": [], "action": "claim" }))
            .await
            .is_empty()
    );
    for (action, field) in [
        ("tag", "tag_ids"),
        ("untag", "tag_ids"),
        ("snooze", "until"),
    ] {
        let asked = json!({ "rooms": many[..1], "action": action });
        assert_eq!(
            refused(&mali, "bulk", asked).await,
            invalid(field),
            "{action}"
        );
    }
    let (status, _) = mali
        .call("bulk", json!({ "rooms": [], "action": "explode" }))
        .await;
    assert_eq!(status, 400);
});
