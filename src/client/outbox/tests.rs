//! The outgoing queue: order, limit, retries.

use super::*;
use crate::client::fixtures::{draft, room};

fn filled(rooms: &[&str]) -> Outbox {
    let mut outbox = Outbox::default();
    for (number, name) in (1..).zip(rooms) {
        outbox
            .push(draft(&room(name), number), None, 0)
            .expect("space");
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
    assert_eq!(
        outbox.push(draft(&room("U1"), 200), None, 0),
        Err(QueueFull)
    );
    let first = outbox.items()[0].message.client_id;
    outbox.refuse(first, error(ErrorCode::NotClaimed), 0);
    assert!(outbox.push(draft(&room("U1"), 200), None, 0).is_ok());
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

fn picture() -> LocalFile {
    LocalFile {
        kind: MessageKind::Image,
        size: 3_100_000,
        name: "แดงเข้ม.jpg".to_owned(),
    }
}

fn carrier(number: u128) -> SendMessage {
    SendMessage {
        text: None,
        ..draft(&room("U1"), number)
    }
}

/// A picture, words, a picture, words.
fn mixed() -> Outbox {
    let mut outbox = Outbox::default();
    for number in 1..=4 {
        let pushed = match number % 2 {
            1 => outbox.push(carrier(number), Some(picture()), 0),
            _ => outbox.push(draft(&room("U1"), number), None, 0),
        };
        pushed.expect("space");
    }
    outbox
}

fn key(outbox: &Outbox, at: usize) -> ClientId {
    outbox.items()[at].message.client_id
}

/// All that leaves, one after the other, when each is stored at once.
fn leaving(outbox: &mut Outbox) -> Vec<u128> {
    let mut left = Vec::new();
    loop {
        let due = outbox.due(0, |_| true);
        if due.is_empty() {
            return left;
        }
        for item in due {
            left.push(item.message.client_id.0.as_u128());
            outbox.remove(item.message.client_id);
        }
    }
}

#[test]
fn words_wait_for_the_files_before_them_in_whatever_order_files_are_there() {
    let mut outbox = mixed();
    assert!(outbox.due(0, |_| true).is_empty());
    assert_eq!(outbox.deadline(|_| true), None);
    let (first, third) = (key(&outbox, 0), key(&outbox, 2));
    outbox.uploaded(third, MediaId(uuid::Uuid::from_u128(33)));
    assert!(outbox.due(0, |_| true).is_empty());
    let sent = outbox.uploaded(first, MediaId(uuid::Uuid::from_u128(11)));
    let media = sent.and_then(|item| item.message.media_id);
    assert_eq!(media, Some(MediaId(uuid::Uuid::from_u128(11))));
    assert_eq!(leaving(&mut outbox), [1, 2, 3, 4]);
}

#[test]
fn a_file_that_will_never_go_keeps_its_place_and_lets_the_others_by() {
    let mut outbox = mixed();
    let (first, third) = (key(&outbox, 0), key(&outbox, 2));
    outbox.not_uploaded(first, error(ErrorCode::MediaType));
    outbox.uploaded(third, MediaId(uuid::Uuid::from_u128(33)));
    assert_eq!(leaving(&mut outbox), [2, 3, 4]);
    assert_eq!(keys(outbox.items()), [1]);
    assert!(matches!(outbox.items()[0].state, ItemState::Refused(_)));
    // What comes too late changes nothing.
    assert_eq!(outbox.uploaded(first, MediaId(uuid::Uuid::nil())), None);
    assert_eq!(outbox.not_uploaded(first, error(ErrorCode::NoRoom)), None);
}

#[test]
fn a_file_that_is_tried_again_is_sent_once_more() {
    let mut outbox = mixed();
    let first = key(&outbox, 0);
    outbox.uploaded(first, MediaId(uuid::Uuid::from_u128(11)));
    outbox.due(0, |_| true);
    outbox.refuse(first, error(ErrorCode::ValidationError), 0);
    let again = outbox.resend(first, 9).expect("space").expect("refused");
    assert_eq!(again.state, ItemState::Uploading);
    assert_eq!(again.message.media_id, None);
    assert_eq!(keys(outbox.items()), [2, 3, 4, 1]);
}

#[test]
fn a_reload_keeps_what_waits_for_its_file() {
    let mut outbox = mixed();
    let third = key(&outbox, 2);
    outbox.uploaded(third, MediaId(uuid::Uuid::from_u128(33)));
    let kept = outbox.items().iter().map(|item| {
        let text = serde_json::to_string(item).expect("serialises");
        crate::protocol::reading::read(&text).expect("reads")
    });
    let mut again = Outbox::restore(kept.collect());
    assert_eq!(again.items(), outbox.items());
    let first = key(&again, 0);
    again.uploaded(first, MediaId(uuid::Uuid::from_u128(11)));
    assert_eq!(leaving(&mut again), [1, 2, 3, 4]);
}
