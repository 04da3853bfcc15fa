//! The process dies between "attempt recorded" and "outcome recorded".

use std::time::Duration;

use sala::clock;
use sala::db::DbError;
use sala::db::outbox::Lease;
use sala::outbox::attempt::{self, Begun};
use sala::protocol::{MessageStatus, Timestamp};
use sala::simulator::Fault;

use super::{MINUTE, late, sent};
use crate::stage::{Stage, links, on_both};

/// LINE thinks longer than anybody waits.
fn silence(accepted: bool) -> Fault {
    Fault {
        accepted: Some(accepted),
        delay_ms: Some(60_000),
        ..Fault::default()
    }
}

/// Begins to send and dies once LINE has the call.
async fn die_while_sending(stage: &mut Stage, accepted: bool, now: Timestamp) {
    stage.fault(silence(accepted));
    let sending = tokio::time::timeout(Duration::from_secs(1), stage.outbox.step(now));
    assert!(sending.await.is_err(), "LINE answered");
    stage.restart().await;
}

on_both!(
    a_reply_that_line_took_is_unconfirmed_and_not_sent_again,
    stage,
    {
        stage.customer_writes().await;
        let now = clock::now();
        let id = stage.queue("once", now).await;
        die_while_sending(stage, true, now).await;
        stage.step(now.plus_ms(2_000)).await;
        assert_eq!(stage.phone(), [("reply", vec!["once".to_owned()])]);
        assert_eq!(stage.status(id).await, MessageStatus::Unconfirmed);
    }
);

on_both!(
    a_reply_that_line_did_not_take_goes_out_with_the_same_token,
    stage,
    {
        stage.customer_writes().await;
        let now = clock::now();
        let id = stage.queue("once", now).await;
        die_while_sending(stage, false, now).await;
        stage.step(now.plus_ms(2_000)).await;
        assert_eq!(stage.phone(), [("reply", vec!["once".to_owned()])]);
        assert_eq!(stage.status(id).await, sent());
    }
);

on_both!(a_push_that_line_took_is_sent_once, stage, {
    stage.customer_writes().await;
    let id = stage.queue("once", late()).await;
    die_while_sending(stage, true, late()).await;
    stage.step(late().plus_ms(MINUTE)).await;
    assert_eq!(stage.phone(), [("push", vec!["once".to_owned()])]);
    assert_eq!(stage.status(id).await, sent());
});

on_both!(
    another_node_keeps_its_hands_off_until_the_lease_ends,
    stage,
    {
        stage.customer_writes().await;
        let id = stage.queue("once", late()).await;
        stage.fault(silence(false));
        let sending = tokio::time::timeout(Duration::from_secs(1), stage.outbox.step(late()));
        assert!(sending.await.is_err(), "LINE answered");
        let wake = std::sync::Arc::new(tokio::sync::Notify::new());
        let (db, line, hub) = (stage.db.clone(), stage.line.clone(), stage.hub.clone());
        stage.outbox = sala::outbox::Outbox::new(db, line, hub, wake, links());
        stage.step(late().plus_ms(MINUTE / 2)).await;
        assert_eq!(stage.status(id).await, MessageStatus::Queued);
        stage.step(late().plus_ms(2 * MINUTE)).await;
        assert_eq!(stage.status(id).await, sent());
    }
);

on_both!(a_node_takes_up_at_once_what_it_leased_and_lost, stage, {
    stage.customer_writes().await;
    let now = clock::now();
    stage.queue("once", now).await;
    let (conversation, channel) = (stage.conversation().await, stage.channel);
    let lease = Lease {
        node: "a".to_owned(),
        until: now.plus_ms(MINUTE),
    };
    // The database goes away after it committed and before it said so: the node knows nothing.
    let begun: Result<_, DbError> = stage
        .db
        .write(move |mut conn| {
            Box::pin(
                async move { attempt::begin(&mut conn, conversation, &lease, &links(), now).await },
            )
        })
        .await;
    assert!(matches!(begun.expect("begins"), Begun::Call(_)));
    let mut reader = stage.db.reader().await.expect("reads");
    for (node, due) in [("a", vec![conversation]), ("b", vec![])] {
        let found = reader.conn().due_conversations(channel, node, now, 9).await;
        assert_eq!(found.expect("reads"), due, "{node}");
    }
});

// The dead node's clock was an hour ahead, and so is the end of its lease.
on_both!(
    a_dead_nodes_lease_ends_soon_whatever_its_clock_said,
    stage,
    {
        stage.customer_writes().await;
        let ahead = late().plus_ms(60 * MINUTE);
        let id = stage.queue("once", ahead).await;
        stage.fault(silence(true));
        let sending = tokio::time::timeout(Duration::from_secs(1), stage.outbox.step(ahead));
        assert!(sending.await.is_err(), "LINE answered");
        let wake = std::sync::Arc::new(tokio::sync::Notify::new());
        let (db, line, hub) = (stage.db.clone(), stage.line.clone(), stage.hub.clone());
        stage.outbox = sala::outbox::Outbox::new(db, line, hub, wake, links());
        stage.outbox.maintain(late()).await.expect("maintained");
        stage.step(late()).await;
        assert_eq!(stage.status(id).await, MessageStatus::Queued);
        stage.step(late().plus_ms(2 * MINUTE)).await;
        assert_eq!(stage.status(id).await, sent());
        assert_eq!(stage.phone(), [("push", vec!["once".to_owned()])]);
    }
);
