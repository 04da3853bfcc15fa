//! Lists: updates of one chat may be merged, and what a list shows is the newest state all the same.

use serde_json::{Value, json};

use crate::harness::ws_client::{Received, WsClient};
use crate::harness::{TestApp, both_databases};

const LINES: usize = 30;

/// The next frame about the chat, with its type and `rev`.
async fn about(client: &mut WsClient, room: &str) -> (String, i64, Value) {
    loop {
        let Received::Frame(frame) = client.receive().await else {
            panic!("the connection ended");
        };
        let (kind, payload) = (frame["type"].as_str(), &frame["payload"]);
        if let (Some(kind), Some(rev)) = (kind, payload["rev"].as_i64())
            && payload["room"] == room
        {
            return (kind.to_owned(), rev, payload.clone());
        }
    }
}

/// All updates of the chat's lists up to the one that shows this text: their `rev`s.
async fn updates_until(client: &mut WsClient, room: &str, text: &str) -> Vec<i64> {
    let mut revs = Vec::new();
    loop {
        let (kind, rev, payload) = about(client, room).await;
        if kind == "conversation_update" {
            revs.push(rev);
            if payload["conversation"]["last_message"]["text"] == text {
                return revs;
            }
        }
    }
}

both_databases!(
    lists_hear_the_newest_state_and_who_follows_a_chat_each_of_its_changes,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let mut elsewhere = app.console("mali@example.com").await;
        let mut there = app.console("somchai@example.com").await;
        there.join(&customer.room()).await;
        for n in 0..LINES {
            customer.writes(&format!("line {n}")).await;
        }
        let last = format!("line {}", LINES - 1);
        let all = updates_until(&mut there, &customer.room(), &last).await;
        assert!(all.len() >= LINES, "{all:?}");
        let some = updates_until(&mut elsewhere, &customer.room(), &last).await;
        assert!(some.is_sorted(), "an older state came later: {some:?}");
        assert_eq!(some.last(), all.last());
    }
);

both_databases!(nothing_overtakes_an_update_that_waits, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let mut mali = app.console("mali@example.com").await;
    let mut elsewhere = app.console("somchai@example.com").await;
    for n in 0..LINES {
        customer.writes(&format!("line {n}")).await;
    }
    let claimed = mali
        .ask("claim_session", json!({ "room": customer.room() }))
        .await;
    assert_eq!(claimed["type"], "session_claimed", "{claimed}");

    let mut before = 0;
    loop {
        let (kind, rev, _) = about(&mut elsewhere, &customer.room()).await;
        assert!(rev >= before, "{kind} of {rev} came behind {before}");
        if kind == "session_claimed" {
            assert_eq!(rev, before + 1, "what it stands on was told first");
            break;
        }
        before = rev;
    }
    let (kind, rev, payload) = about(&mut elsewhere, &customer.room()).await;
    assert_eq!(kind, "conversation_update");
    assert_eq!(Some(rev), claimed["payload"]["rev"].as_i64());
    assert_eq!(payload["conversation"]["session"]["status"], "active");
});
