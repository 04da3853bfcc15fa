//! Joining, leaving, resuming, presence and typing.

use serde_json::{Value, json};

use crate::harness::customer::Customer;
use crate::harness::ws_client::WsClient;
use crate::harness::{TestApp, both_databases};

fn texts(payload: &Value) -> Vec<&str> {
    let messages = payload["messages"].as_array().expect("messages");
    messages
        .iter()
        .filter_map(|message| message["text"].as_str())
        .collect()
}

/// A customer who wrote and whose profile has arrived: its name goes into the line, which is a
/// change of its own, so that from here on only the test changes the conversation.
async fn known_customer(app: &TestApp, client: &mut WsClient, text: &str) -> Customer {
    let customer = app.customer("Nut").await;
    customer.writes(text).await;
    let room = customer.room();
    let named = |payload: &Value| {
        payload["room"] == room.as_str()
            && payload["conversation"]["contact"]["display_name"] == "Nut"
    };
    client
        .expect(|f| f["type"] == "conversation_update" && named(&f["payload"]))
        .await;
    customer
}

both_databases!(joining_answers_the_latest_fifty_in_display_order, |app| {
    let customer = app.customer("Nut").await;
    for n in 0..55 {
        customer.writes(&format!("line {n}")).await;
    }
    let mut client = app.console("mali@example.com").await;
    let snapshot = client.join(&customer.room()).await;
    let expected: Vec<_> = (5..55).map(|n| format!("line {n}")).collect();
    assert_eq!(texts(&snapshot), expected);
    assert_eq!(snapshot["complete"], true);
    assert_eq!(snapshot["rev"], snapshot["conversation"]["rev"]);
});

// What went wrong before, 9: nothing recovered what was missed. (Reconnecting for ever
// and the token's renewal: `client/engine/tests.rs`.)
both_databases!(resuming_answers_exactly_what_changed, |app| {
    let mut client = app.console("mali@example.com").await;
    let customer = known_customer(app, &mut client, "before").await;
    let rev = client.join(&customer.room()).await["rev"].clone();
    client.leave().await;
    customer.writes("missed 1").await;
    customer.writes("missed 2").await;
    let mut again = app.console("mali@example.com").await;
    let answer = again
        .ask(
            "join_room",
            json!({ "room": customer.room(), "after_rev": rev }),
        )
        .await;
    assert_eq!(texts(&answer["payload"]), ["missed 1", "missed 2"]);
    assert_eq!(answer["payload"]["complete"], true);
});

both_databases!(more_than_500_changes_start_afresh, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("first").await;
    let events: Vec<_> = (0..501)
        .map(|n| app.text_event(&customer, &format!("e{n}")))
        .collect();
    for some in events.chunks(100) {
        assert_eq!(app.webhook(json!(some)).await, 200);
    }
    let mut client = app.console("mali@example.com").await;
    let answer = client
        .ask(
            "join_room",
            json!({ "room": customer.room(), "after_rev": 0 }),
        )
        .await;
    assert_eq!(answer["payload"]["complete"], false);
    assert_eq!(texts(&answer["payload"]).len(), 50);
});

both_databases!(a_room_that_does_not_exist_is_room_not_found, |app| {
    let mut client = app.console("mali@example.com").await;
    let answer = client
        .ask("join_room", json!({ "room": "conversation:Unobody" }))
        .await;
    assert_eq!(answer["payload"]["code"], "room_not_found");
    let left = client
        .ask("leave_room", json!({ "room": "conversation:Unobody" }))
        .await;
    assert_eq!(left["payload"]["code"], "not_in_room");
});

both_databases!(colleagues_hear_of_joining_and_leaving, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let mut mali = app.console("mali@example.com").await;
    let mut somchai = app.console("somchai@example.com").await;
    mali.join(&customer.room()).await;
    somchai.join(&customer.room()).await;
    let joined = mali.next("operator_joined").await;
    assert_eq!(joined["payload"]["room"], customer.room().as_str());
    let left = somchai
        .ask("leave_room", json!({ "room": customer.room() }))
        .await;
    assert_eq!(left["type"], "operator_left");
    let heard = mali.next("operator_left").await;
    assert_eq!(heard["payload"]["operator"], joined["payload"]["operator"]);
});

both_databases!(a_connection_is_in_at_most_fifty_rooms, |app| {
    let mut client = app.console("mali@example.com").await;
    let mut last = json!(null);
    for n in 0..51 {
        let customer = app.customer(&format!("c{n}")).await;
        customer.writes("hello").await;
        last = client
            .ask("join_room", json!({ "room": customer.room() }))
            .await;
    }
    assert_eq!(last["payload"]["code"], "validation_error");
});

both_databases!(
    typing_reaches_the_others_in_the_room_and_ends_with_the_message,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let mut mali = app.console("mali@example.com").await;
        let mut somchai = app.console("somchai@example.com").await;
        mali.join(&customer.room()).await;
        somchai.join(&customer.room()).await;
        mali.ask("claim_session", json!({ "room": customer.room() }))
            .await;
        mali.tell("typing_start", json!({ "room": customer.room() }))
            .await;
        assert_eq!(
            somchai.next("typing_indicator").await["payload"]["typing"],
            true
        );
        mali.ask("send_message", app.text(&customer, "hi")).await;
        assert_eq!(
            somchai.next("typing_indicator").await["payload"]["typing"],
            false
        );
        assert!(mali.settled("typing_indicator").await.is_empty());
    }
);

both_databases!(typing_expires_by_itself, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let mut mali = app.console("mali@example.com").await;
    let mut somchai = app.console("somchai@example.com").await;
    mali.join(&customer.room()).await;
    somchai.join(&customer.room()).await;
    mali.tell("typing_start", json!({ "room": customer.room() }))
        .await;
    assert_eq!(
        somchai.next("typing_indicator").await["payload"]["typing"],
        true
    );
    assert_eq!(
        somchai.next("typing_indicator").await["payload"]["typing"],
        false
    );
});

both_databases!(typing_in_a_room_that_was_not_joined_is_refused, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let mut mali = app.console("mali@example.com").await;
    let answer = mali
        .ask("typing_start", json!({ "room": customer.room() }))
        .await;
    assert_eq!(answer["payload"]["code"], "not_in_room");
});

// What went wrong before, 10: presence was told only to the newcomer.
both_databases!(
    presence_is_told_to_everyone_and_offline_follows_the_last_connection,
    |app| {
        let mut mali = app.console("mali@example.com").await;
        let mut somchai = app.console("somchai@example.com").await;
        let id = app.operator_id("somchai@example.com").await;
        let status_of = |frame: &Value| {
            let team = frame["payload"]["operators"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            team.into_iter()
                .find(|one| one["id"] == id.as_str())
                .map(|one| one["status"].clone())
        };
        somchai
            .tell("set_presence", json!({ "status": "busy" }))
            .await;
        mali.expect(|f| f["type"] == "presence_update" && status_of(f) == Some(json!("busy")))
            .await;
        somchai.leave().await;
        mali.expect(|f| f["type"] == "presence_update" && status_of(f) == Some(json!("offline")))
            .await;
    }
);

both_databases!(pong_names_the_rev_of_every_room_joined, |app| {
    let mut client = app.console("mali@example.com").await;
    let customer = known_customer(app, &mut client, "hello").await;
    let rev = client.join(&customer.room()).await["rev"].clone();
    let pong = client.ask("ping", json!({})).await;
    assert_eq!(pong["payload"]["revs"], json!({ customer.room(): rev }));
});
