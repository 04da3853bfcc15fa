//! Order within a conversation, and no waiting between conversations.

use sala::clock;
use sala::protocol::MessageStatus;
use sala::simulator::{NewCustomer, Utterance};
use serde_json::json;

use super::{MINUTE, late, sent, status};
use crate::stage::on_both;

on_both!(a_message_that_waits_is_not_overtaken, stage, {
    stage.customer_writes().await;
    stage.fault(status(500));
    let first = stage.queue("first", late()).await;
    let second = stage.queue("second", late()).await;
    stage.step(late()).await;
    stage.step(late()).await;
    assert_eq!(stage.status(first).await, MessageStatus::Queued);
    assert_eq!(stage.status(second).await, MessageStatus::Queued);
    stage.step(late().plus_ms(MINUTE)).await;
    let texts: Vec<_> = stage
        .phone()
        .into_iter()
        .flat_map(|(_, texts)| texts)
        .collect();
    assert_eq!(texts, ["first", "second"]);
});

on_both!(a_failed_message_does_not_hold_up_the_next, stage, {
    stage.customer_writes().await;
    stage.fault(status(400));
    let first = stage.queue("first", late()).await;
    let second = stage.queue("second", late()).await;
    stage.step(late()).await;
    assert_eq!(stage.status(first).await, MessageStatus::Failed);
    assert_eq!(stage.status(second).await, sent());
});

on_both!(another_conversation_does_not_wait, stage, {
    stage.customer_writes().await;
    let other = NewCustomer {
        display_name: "Fon".to_owned(),
        ..NewCustomer::default()
    };
    let other = stage.sim.add_customer(other);
    let message = json!({ "type": "text", "text": "hello" });
    let message = message.as_object().expect("an object").clone();
    let what = Utterance {
        message,
        ..Utterance::default()
    };
    stage.sim.say(&other, what).await.expect("said");
    let theirs = stage.conversation_with(&other).await;

    stage.fault(status(500));
    let now = clock::now();
    let waits = stage.queue("waits", now).await;
    stage.step(now).await;
    let goes = stage.queue_in(theirs, "goes", now).await;
    stage.step(now).await;
    assert_eq!(stage.status(waits).await, MessageStatus::Queued);
    assert_eq!(stage.status(goes).await, sent());
});
