//! Connections that the server ends because of how their client behaves.

use serde_json::json;

use crate::harness::ws_client::{Received, WsClient};
use crate::harness::{TestApp, both_databases};

both_databases!(two_and_a_half_silent_heartbeats_close_with_4408, |app| {
    let mut client = app.console("mali@example.com").await;
    let now = sala::clock::moment();
    app.state.hub.sweep(now.plus_ms(62_000));
    assert_eq!(client.ask("ping", json!({})).await["type"], "pong");
    app.state.hub.sweep(sala::clock::moment().plus_ms(63_000));
    assert_eq!(client.closed().await, Received::Closed(4408));
});

// What went wrong before, 8: one stalled reader delayed everyone.
both_databases!(
    a_stalled_reader_is_closed_with_4429_and_nobody_else_waits,
    |app| {
        const BATCHES: usize = 16;
        const BATCH: usize = 50;
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let token = app.token("mali@example.com").await;
        let mut stalled = WsClient::connect_narrow(app.addr, &token).await;
        stalled.join(&customer.room()).await;
        let mut reader = app.console("somchai@example.com").await;
        reader.join(&customer.room()).await;
        let long = "ก".repeat(4_900);
        for _ in 0..BATCHES {
            let events: Vec<_> = (0..BATCH)
                .map(|_| app.text_event(&customer, &long))
                .collect();
            assert_eq!(app.webhook(json!(events)).await, 200);
            for _ in 0..BATCH {
                reader.next("new_message").await;
            }
        }
        assert_eq!(stalled.closed().await, Received::Closed(4429));
        // It comes back and finds what it missed.
        let mut again = WsClient::connect(app.addr, &token).await;
        let snapshot = again.join(&customer.room()).await;
        assert_eq!(snapshot["conversation"]["unread"], 1 + BATCHES * BATCH);
    }
);
