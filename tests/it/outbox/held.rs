//! Messages that operators hold back, and taking them back beside an outbox that begins.

use futures_util::FutureExt;
use sala::clock;
use sala::db::DbError;
use sala::db::outbox::Lease;
use sala::outbox::attempt::{self, Begun};
use sala::protocol::{MessageId, MessageStatus, Timestamp};
use sala::simulator::Fault;
use tokio::sync::oneshot;

use super::{MINUTE, cut, late, sent, status};
use crate::stage::{Stage, links, on_both};

const HELD_MS: i64 = 10_000;

/// Takes a message back; says whether it was in time.
async fn cancel(stage: &Stage, id: MessageId) -> bool {
    let conversation = stage.conversation().await;
    let now = clock::now();
    let cancelled: Result<bool, DbError> = stage
        .db
        .write(move |mut conn| {
            Box::pin(async move {
                let rev = conn.bump_rev(conversation, now).await?;
                conn.cancel_queued(id, rev, now).await
            })
        })
        .await;
    cancelled.expect("an answer")
}

/// Takes a message back while a call with it is being begun.
async fn cancel_beside_a_beginning(stage: &Stage, id: MessageId, at: Timestamp) -> bool {
    let conversation = stage.conversation().await;
    let lease = Lease {
        node: "a".to_owned(),
        until: at.plus_ms(MINUTE),
    };
    let (reached, reaching) = oneshot::channel();
    let (release, released) = oneshot::channel::<()>();
    let db = stage.db.clone();
    let beginning = tokio::spawn(async move {
        db.write(move |mut conn| {
            Box::pin(async move {
                let begun = attempt::begin(&mut conn, conversation, &lease, &links(), at).await?;
                reached.send(()).expect("the test waits");
                released.await.expect("the test goes on");
                Ok::<_, DbError>(matches!(begun, Begun::Call(_)))
            })
        })
        .await
    });
    reaching.await.expect("it has the row");
    let mut cancelling = Box::pin(cancel(stage, id));
    assert!((&mut cancelling).now_or_never().is_none());
    release.send(()).expect("it is held");
    let cancelled = cancelling.await;
    assert!(beginning.await.expect("no panic").expect("begins"));
    cancelled
}

on_both!(nothing_overtakes_what_is_held_back, stage, {
    stage.customer_writes().await;
    let now = clock::now();
    let first = stage.queue("first", now).await;
    let held = stage.hold("held", now, now.plus_ms(HELD_MS)).await;
    let last = stage.queue("last", now).await;
    stage.step(now).await;
    assert_eq!(stage.phone(), [("reply", vec!["first".to_owned()])]);
    assert_eq!(stage.status(first).await, sent());
    // Neither a restart nor LINE's coming back makes it leave earlier.
    stage.restart().await;
    let channel = stage.channel;
    let hastened: Result<(), DbError> = stage
        .db
        .write(move |mut conn| Box::pin(async move { conn.hasten(channel, now).await }))
        .await;
    hastened.expect("hastened");
    stage.step(now.plus_ms(HELD_MS - 1)).await;
    assert_eq!(stage.status(held).await, MessageStatus::Queued);
    assert_eq!(stage.status(last).await, MessageStatus::Queued);
    stage.step(now.plus_ms(HELD_MS)).await;
    let texts = stage.phone().into_iter().flat_map(|(_, texts)| texts);
    assert_eq!(texts.collect::<Vec<_>>(), ["first", "held", "last"]);
});

on_both!(
    what_is_held_back_is_gone_after_a_restart_once_taken_back,
    stage,
    {
        stage.customer_writes().await;
        let now = clock::now();
        let held = stage.hold("held", now, now.plus_ms(HELD_MS)).await;
        stage.queue("last", now).await;
        stage.restart().await;
        assert!(cancel(stage, held).await);
        // Once more finds nothing in the queue.
        assert!(!cancel(stage, held).await);
        assert_eq!(stage.status(held).await, MessageStatus::Cancelled);
        stage.step(now).await;
        assert_eq!(stage.phone(), [("reply", vec!["last".to_owned()])]);
        stage.step(now.plus_ms(HELD_MS)).await;
        assert_eq!(stage.phone().len(), 1);
    }
);

on_both!(what_the_outbox_has_begun_is_not_taken_back, stage, {
    stage.customer_writes().await;
    let now = clock::now();
    let id = stage.queue("once", now).await;
    assert!(!cancel_beside_a_beginning(stage, id, now).await);
    assert_eq!(stage.status(id).await, MessageStatus::Queued);
});

on_both!(a_further_attempt_that_has_begun_is_not_undone, stage, {
    stage.customer_writes().await;
    stage.fault(Fault {
        reason: Some("rate".to_owned()),
        ..status(429)
    });
    let now = clock::now();
    stage.queue("one", now).await;
    let second = stage.queue("two", now).await;
    stage.step(now).await;
    let again = now.plus_ms(HELD_MS);
    assert!(!cancel_beside_a_beginning(stage, second, again).await);
    assert_eq!(stage.status(second).await, MessageStatus::Queued);
});

on_both!(what_line_has_refused_for_now_can_be_taken_back, stage, {
    stage.customer_writes().await;
    stage.fault(Fault {
        reason: Some("rate".to_owned()),
        ..status(429)
    });
    let now = clock::now();
    let first = stage.queue("first", now).await;
    stage.queue("second", now).await;
    stage.step(now).await;
    assert!(cancel(stage, first).await);
    // The other one still goes as the reply that costs nothing.
    stage.step(now.plus_ms(HELD_MS)).await;
    assert_eq!(stage.phone(), [("reply", vec!["second".to_owned()])]);
});

on_both!(what_line_may_have_taken_is_not_taken_back, stage, {
    stage.customer_writes().await;
    stage.fault(cut(true));
    let id = stage.queue("perhaps", late()).await;
    stage.step(late()).await;
    assert!(!cancel(stage, id).await);
    stage.step(late().plus_ms(MINUTE)).await;
    assert_eq!(stage.status(id).await, sent());
});
