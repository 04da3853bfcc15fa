//! The month's quota: asked by one node, counted on in between, and the end of it.

use std::sync::Arc;

use sala::clock;
use sala::config::StorageConfig;
use sala::fetch::Fetcher;
use sala::line::error::MONTHLY_LIMIT;
use sala::protocol::quota::QuotaLevel;
use sala::protocol::{MessageStatus, Timestamp};
use sala::simulator::{Fault, NewCustomer, QuotaChange};
use serde_json::json;
use tokio::sync::Notify;

use super::{MINUTE, allow, node, quota};
use crate::harness::{TestApp, both_databases};
use crate::sending::sent;
use crate::stage::{Stage, on_both};
use crate::uploads::a_chat;

/// Later than every reply token's end.
fn late() -> Timestamp {
    clock::now().plus_ms(2 * MINUTE)
}

async fn used(stage: &Stage) -> u32 {
    quota(stage).await.expect("known").used
}

async fn push(stage: &mut Stage, now: Timestamp) -> MessageStatus {
    let id = stage.queue("paid", now).await;
    stage.step(now).await;
    stage.status(id).await
}

on_both!(
    with_the_quota_used_up_a_push_fails_untried_and_a_free_reply_goes,
    stage,
    {
        stage.customer_writes().await;
        allow(stage, QuotaChange::Limited(1));
        let now = late();
        node(stage).ask(now).await;
        assert_eq!(push(stage, now).await, MessageStatus::Sent);
        assert_eq!(quota(stage).await.expect("known").level(), QuotaLevel::Full);
        // LINE would take it now, and is not asked.
        allow(stage, QuotaChange::Unlimited);
        let id = stage.queue("too much", now).await;
        stage.step(now).await;
        let message = stage.message(id).await;
        assert_eq!(message.status, MessageStatus::Failed);
        assert_eq!(message.error.as_deref(), Some(MONTHLY_LIMIT));
        assert_eq!(stage.phone(), [("push", vec!["paid".to_owned()])]);
        let told: Vec<_> = stage.told().into_iter().map(|(id, _)| id).collect();
        assert_eq!(told.last(), Some(&id));

        stage.customer_writes().await;
        let free = stage.queue("free", clock::now()).await;
        stage.step(clock::now()).await;
        assert_eq!(stage.status(free).await, MessageStatus::Sent);
        assert_eq!(stage.phone().last().expect("a reply").0, "reply");
        // With the next turn LINE says that there is no limit any more.
        let later = now.plus_ms(5 * MINUTE);
        node(stage).ask(later).await;
        assert_eq!(push(stage, later).await, MessageStatus::Sent);
    }
);

on_both!(
    one_node_asks_every_five_minutes_and_what_is_sent_is_counted_on,
    stage,
    {
        stage.customer_writes().await;
        assert_eq!(quota(stage).await, None);
        allow(stage, QuotaChange::Limited(200));
        let now = late();
        node(stage).ask(now).await;
        assert_eq!(used(stage).await, 0);
        for sent in 1..=3 {
            assert_eq!(push(stage, now).await, MessageStatus::Sent);
            assert_eq!(used(stage).await, sent);
        }
        // Another node finds that it has been asked.
        allow(stage, QuotaChange::Limited(500));
        node(stage).ask(now.plus_ms(5 * MINUTE - 1)).await;
        assert_eq!(quota(stage).await.expect("known").limit, Some(200));
        node(stage).ask(now.plus_ms(5 * MINUTE)).await;
        let known = quota(stage).await.expect("known");
        // What LINE has counted by now is not counted twice.
        assert_eq!((known.limit, known.used), (Some(500), 3));
        assert_eq!(push(stage, now).await, MessageStatus::Sent);
        assert_eq!(used(stage).await, 4);
    }
);

on_both!(a_clock_that_was_ahead_puts_no_reading_off, stage, {
    allow(stage, QuotaChange::Limited(200));
    node(stage).ask(clock::now().plus_ms(600 * MINUTE)).await;
    allow(stage, QuotaChange::Limited(500));
    node(stage).ask(clock::now()).await;
    assert_eq!(quota(stage).await.expect("known").limit, Some(500));
});

on_both!(a_push_that_line_may_have_taken_counts, stage, {
    stage.customer_writes().await;
    allow(stage, QuotaChange::Limited(200));
    let now = late();
    node(stage).ask(now).await;
    let cut = Fault {
        cut: true,
        accepted: Some(true),
        ..Fault::default()
    };
    stage.fault(cut);
    let id = stage.queue("perhaps", now).await;
    stage.step(now).await;
    stage.step(now.plus_ms(1_500 * MINUTE)).await;
    assert_eq!(stage.status(id).await, MessageStatus::Unconfirmed);
    assert_eq!(used(stage).await, 1);
});

on_both!(a_push_to_a_group_costs_its_members, stage, {
    let members = ["Nok", "Fon", "Lek"].map(|name| {
        stage.sim.add_customer(NewCustomer {
            display_name: name.to_owned(),
            ..NewCustomer::default()
        })
    });
    let group = stage.sim.add_group("Orders".to_owned(), members.into());
    stage.customer = group.expect("a group");
    stage.customer_writes().await;
    let wake = Arc::new(Notify::new());
    let (db, line, hub) = (stage.db.clone(), stage.line.clone(), stage.hub.clone());
    let mut fetcher = Fetcher::new(db, line, hub, wake, StorageConfig::default());
    fetcher.step(clock::now()).await.expect("fetches");

    allow(stage, QuotaChange::Limited(5));
    let now = late();
    node(stage).ask(now).await;
    assert_eq!(push(stage, now).await, MessageStatus::Sent);
    assert_eq!(used(stage).await, 3);
    // Two are left, and three people would get it.
    allow(stage, QuotaChange::Unlimited);
    assert_eq!(push(stage, now).await, MessageStatus::Failed);
    assert_eq!(stage.phone().len(), 1);
    let conversation = stage.conversation().await;
    let mut reader = stage.db.reader().await.expect("reads");
    let shown = reader.conn().conversation(conversation).await;
    let shown = shown.expect("reads").expect("there");
    assert_eq!(shown.contact.members, Some(3));
});

on_both!(a_rate_limit_is_tried_again_under_the_same_key, stage, {
    stage.customer_writes().await;
    allow(stage, QuotaChange::Limited(200));
    let now = late();
    node(stage).ask(now).await;
    let rate = |accepted| Fault {
        status: Some(429),
        reason: Some("rate".to_owned()),
        accepted: Some(accepted),
        ..Fault::default()
    };
    // LINE would not take one of another key for the same again: it took the first.
    stage.fault(rate(true));
    let id = stage.queue("later", now).await;
    stage.step(now).await;
    assert_eq!(stage.status(id).await, MessageStatus::Queued);
    stage.step(now.plus_ms(MINUTE)).await;
    assert_eq!(stage.status(id).await, MessageStatus::Sent);
    assert_eq!(stage.phone(), [("push", vec!["later".to_owned()])]);
    assert_eq!(used(stage).await, 1);
});

/// A reply and a push to the customer of one chat.
async fn answer_twice(app: &TestApp) {
    let (customer, mali) = a_chat(app).await;
    for text in ["free", "paid"] {
        sent(app, &mali, &customer, json!({ "text": text })).await;
        app.outbox_empty().await;
    }
}

both_databases!(consoles_are_told_what_was_used_and_saved, |app| {
    let mut console = app.console("somchai@example.com").await;
    answer_twice(app).await;
    let counted = console.expect(|frame| {
        let quota = &frame["payload"]["quotas"][0];
        frame["type"] == "quota_update" && quota["used"] == 1 && quota["saved"] == 1
    });
    let quota = counted.await["payload"]["quotas"][0].clone();
    assert_eq!(quota["channel"], "default");
    assert_eq!(quota.get("limit"), None, "no limit: {quota}");
    // Whoever was away finds it with the list.
    let mali = app.log_in("mali@example.com").await;
    let (_, page) = mali.call("conversations", json!({ "tab": "all" })).await;
    assert_eq!(page["quotas"][0], quota);
});
