//! What a webhook costs in the log.

use std::fs::File;

use sala::line::signature::sign;

use super::program::{Place, Serving};
use crate::harness::customer::harness_client;
use crate::harness::line::{Line, free_addr};

/// Posts this many events that nobody knows, in one webhook, and answers the log's lines.
async fn lines_of(events: usize) -> usize {
    let place = Place::started();
    let addr = free_addr();
    let line = Line::start(addr).await;
    let log = place.path("log");
    let mut sala = place.sala(&["serve", "--addr", &addr.to_string()]);
    sala.stderr(File::create(&log).expect("a file"));
    let mut serving = Serving::start(&mut sala, addr, &line).await;
    let events: Vec<String> = (0..events).map(|n| format!(r#"{{"n":{n}}}"#)).collect();
    let body = format!(r#"{{"events":[{}]}}"#, events.join(","));
    let signature = sign("demo-secret", body.as_bytes());
    let answer = harness_client()
        .post(format!("http://{addr}/line/webhook"))
        .header("X-LINE-Signature", signature)
        .body(body)
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    assert!(serving.ended().await.success());
    let log = std::fs::read_to_string(log).expect("readable");
    log.lines().count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_of_a_thousand_odd_events_has_no_more_lines_than_one_of_two() {
    let (two, thousand) = (lines_of(2).await, lines_of(1_000).await);
    assert!(two > 0, "the log is where it is looked for");
    assert!(thousand <= two + 2, "{two} and {thousand} lines");
}
