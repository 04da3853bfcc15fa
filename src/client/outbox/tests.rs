//! The outgoing queue: order, limit, retries.

use super::*;
use crate::client::fixtures::{draft, room};

fn filled(rooms: &[&str]) -> Outbox {
    let mut outbox = Outbox::default();
    for (number, name) in (1..).zip(rooms) {
        outbox.push(draft(&room(name), number), 0).expect("space");
    }
    outbox
}

fn keys(items: &[Item]) -> Vec<u128> {
    let keys = items.iter().map(|i| i.message.client_id.0.as_u128());
    keys.collect()
}

fn error(code: ErrorCode) -> ErrorPayload {
    ErrorPayload::new(code, "no")
}

#[test]
fn the_hundred_and_first_is_refused_and_refused_ones_do_not_count() {
    let mut outbox = filled(&["U1"; QUEUE_MAX]);
    assert_eq!(outbox.push(draft(&room("U1"), 200), 0), Err(QueueFull));
    let first = outbox.items()[0].message.client_id;
    outbox.refuse(first, error(ErrorCode::NotClaimed), 0);
    assert!(outbox.push(draft(&room("U1"), 200), 0).is_ok());
    assert_eq!(outbox.resend(first, 0), Err(QueueFull));
}

#[test]
fn one_at_a_time_leaves_for_each_conversation() {
    let mut outbox = filled(&["U1", "U1", "U2"]);
    assert_eq!(keys(&outbox.due(0, |_| true)), [1, 3]);
    assert!(outbox.due(1, |_| true).is_empty());
    let first = outbox.items()[0].message.client_id;
    outbox.remove(first);
    assert_eq!(keys(&outbox.due(2, |_| true)), [2]);
}

#[test]
fn a_message_without_an_answer_leaves_again() {
    let mut outbox = filled(&["U1"]);
    outbox.due(5, |_| true);
    assert_eq!(outbox.deadline(|_| true), Some(5 + ANSWER_MS));
    assert!(outbox.due(4 + ANSWER_MS, |_| true).is_empty());
    assert_eq!(keys(&outbox.due(5 + ANSWER_MS, |_| true)), [1]);
}

#[test]
fn a_message_that_came_too_fast_waits_and_holds_the_later_ones_back() {
    let mut outbox = filled(&["U1", "U1"]);
    let sent = outbox.due(0, |_| true);
    let mut slow = error(ErrorCode::RateLimitExceeded);
    slow.retry_after_ms = Some(300);
    outbox.refuse(sent[0].message.client_id, slow, 0);
    assert!(outbox.due(299, |_| true).is_empty());
    assert_eq!(keys(&outbox.due(300, |_| true)), [1]);
}

#[test]
fn a_failing_server_is_tried_five_times() {
    let mut outbox = filled(&["U1"]);
    let key = outbox.items()[0].message.client_id;
    for _ in 0..TRIES_MAX {
        outbox.refuse(key, error(ErrorCode::InternalError), 0);
        assert!(outbox.items()[0].waits());
    }
    outbox.refuse(key, error(ErrorCode::InternalError), 0);
    assert!(!outbox.items()[0].waits());
}

#[test]
fn a_reload_keeps_order_and_sends_again_what_was_on_its_way() {
    let mut outbox = filled(&["U1", "U1", "U1"]);
    outbox.due(0, |_| true);
    let mut kept: Vec<Item> = outbox
        .items()
        .iter()
        .map(|item| serde_json::to_string(item).expect("serialises"))
        .map(|text| serde_json::from_str(&text).expect("reads"))
        .collect();
    kept.reverse();
    let mut again = Outbox::restore(kept);
    assert_eq!(keys(again.items()), [1, 2, 3]);
    assert_eq!(keys(&again.due(0, |_| true)), [1]);
}
