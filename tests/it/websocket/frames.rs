//! Frames that are not as they should be, and going too fast.

use serde_json::json;

use crate::harness::ws_client::Received;
use crate::harness::{TestApp, both_databases};

// What went wrong before, 11: malformed frames dropped the connection.
both_databases!(
    malformed_frames_get_an_error_and_the_connection_stays,
    |app| {
        let mut client = app.console("mali@example.com").await;
        for text in [
            "",
            "{",
            "[]",
            "\"ping\"",
            r#"{"payload":{}}"#,
            r#"{"type":1}"#,
        ] {
            client.send_raw(text).await;
            assert_eq!(
                client.next("error").await["payload"]["code"],
                "validation_error",
                "{text}"
            );
        }
        let unknown = client.ask("make_coffee", json!({})).await;
        assert_eq!(unknown["payload"]["code"], "unknown_event");
        let wrong = client.ask("join_room", json!({ "room": 7 })).await;
        assert_eq!(wrong["payload"]["code"], "validation_error");
        assert_eq!(
            client.ask("ping", json!({ "extra": true })).await["type"],
            "pong"
        );
    }
);

both_databases!(a_frame_over_64_kib_closes_with_1009, |app| {
    let mut client = app.console("mali@example.com").await;
    client.send_raw(&"x".repeat(64 * 1024 + 1)).await;
    assert_eq!(client.closed().await, Received::Closed(1009));
});

both_databases!(too_many_commands_are_refused_with_a_time_to_wait, |app| {
    let mut client = app.console("mali@example.com").await;
    for _ in 0..1_000 {
        client
            .tell("leave_room", json!({ "room": "conversation:U1" }))
            .await;
    }
    let limited = client
        .expect(|f| f["payload"]["code"] == "rate_limit_exceeded")
        .await;
    assert!(
        limited["payload"]["retry_after_ms"]
            .as_u64()
            .is_some_and(|ms| ms > 0)
    );
    let pong = client.ask("ping", json!({})).await;
    assert_eq!(
        pong["type"], "pong",
        "a heartbeat has an allowance of its own"
    );
});

// What went wrong before, 10: typing ate the rate limit.
both_databases!(typing_never_eats_the_allowance_of_messages, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let mut client = app.console("mali@example.com").await;
    client.join(&customer.room()).await;
    client
        .ask("claim_session", json!({ "room": customer.room() }))
        .await;
    for _ in 0..120 {
        client
            .tell("typing_start", json!({ "room": customer.room() }))
            .await;
    }
    let sent = client
        .ask("send_message", app.text(&customer, "still goes out"))
        .await;
    assert_eq!(sent["type"], "message_sent", "{sent}");
});

// What went wrong before, 10: closing a tab reset the rate limit.
both_databases!(closing_a_tab_does_not_reset_the_allowance, |app| {
    let customer = app.customer("Nut").await;
    customer.writes("hello").await;
    let mut client = app.console("mali@example.com").await;
    for _ in 0..400 {
        let note = json!({ "room": customer.room(), "client_id": app.client_id(), "note": "n" });
        client.tell("send_message", note).await;
    }
    client
        .expect(|f| f["payload"]["code"] == "rate_limit_exceeded")
        .await;
    client.leave().await;
    let mut again = app.console("mali@example.com").await;
    for _ in 0..400 {
        let note = json!({ "room": customer.room(), "client_id": app.client_id(), "note": "n" });
        again.tell("send_message", note).await;
    }
    again
        .expect(|f| f["payload"]["code"] == "rate_limit_exceeded")
        .await;
});
