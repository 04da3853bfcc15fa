//! How fast an operator may go, to the message.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::customer::Customer;
use crate::harness::ws_client::WsClient;
use crate::harness::{TestApp, both_databases};

/// Sends so many notes at once; answers how many were taken, and the last refusal.
async fn flood(
    app: &TestApp,
    client: &mut WsClient,
    customer: &Customer,
    count: usize,
) -> (usize, Option<Value>) {
    for _ in 0..count {
        let note = json!({ "room": customer.room(), "client_id": app.client_id(), "note": "n" });
        client.tell("send_message", note).await;
    }
    let (mut taken, mut refusal) = (0, None);
    for _ in 0..count {
        let answer = client.expect(|frame| {
            frame["type"] == "message_sent" || frame["payload"]["client_id"].is_string()
        });
        let answer = answer.await;
        if answer["type"] == "message_sent" {
            taken += 1;
        } else {
            assert_eq!(answer["payload"]["code"], "rate_limit_exceeded", "{answer}");
            refusal = Some(answer["payload"].clone());
        }
    }
    (taken, refusal)
}

/// The most that 30 a second give in the time since `began`.
fn most_since(began: Instant) -> usize {
    let ms = usize::try_from(began.elapsed().as_millis()).expect("a short time");
    ms * 30 / 1_000 + 1
}

// What holds on a slow machine too: a time that was measured around what happened is never
// shorter than the time in which it happened.
both_databases!(
    thirty_messages_a_second_with_bursts_of_a_hundred_are_taken,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let mut client = app.console("mali@example.com").await;
        let began = Instant::now();
        let mut burst = 0;
        let refusal = loop {
            let (taken, refusal) = flood(app, &mut client, &customer, 150).await;
            burst += taken;
            assert!(burst <= 100 + most_since(began), "{burst}");
            if let Some(refusal) = refusal {
                break refusal;
            }
        };
        assert!(burst >= 100, "{burst}");
        let wait = refusal["retry_after_ms"].as_u64().expect("a time to wait");
        assert!((1..=34).contains(&wait), "a thirtieth of a second at most");

        // Whatever is left now is less than one message.
        let empty_since = loop {
            let before = Instant::now();
            let (taken, _) = flood(app, &mut client, &customer, 1).await;
            if taken == 0 {
                break before;
            }
        };
        tokio::time::sleep(Duration::from_secs(1)).await;
        let (taken, _) = flood(app, &mut client, &customer, 150).await;
        assert!(taken >= 30, "{taken} in a second");
        assert!(taken <= most_since(empty_since), "{taken}");

        // The allowance is the operator's: a second tab has none of its own, a colleague has.
        let mut tab = app.console("mali@example.com").await;
        let began = empty_since;
        let (more, _) = flood(app, &mut tab, &customer, 150).await;
        assert!(taken + more <= most_since(began), "{taken} and {more}");
        let mut somchai = app.console("somchai@example.com").await;
        let (theirs, _) = flood(app, &mut somchai, &customer, 100).await;
        assert_eq!(theirs, 100);
    }
);
