//! Pushes: one key for all tries, LINE's words for what fails, a day at most.

use sala::protocol::MessageStatus;
use sala::simulator::{Fault, QuotaChange, SettingsChange};

use super::{DAY, MINUTE, cut, late, sent, status};
use crate::stage::on_both;

on_both!(a_repeated_push_has_the_same_key_and_409_is_sent, stage, {
    stage.customer_writes().await;
    stage.fault(cut(true));
    let id = stage.queue("once", late()).await;
    stage.step(late()).await;
    assert_eq!(stage.status(id).await, MessageStatus::Queued);
    stage.step(late().plus_ms(MINUTE)).await;
    assert_eq!(stage.status(id).await, sent());
    let inbox = stage.sim.inbox(&stage.customer).expect("an inbox");
    assert_eq!(inbox.len(), 1);
    assert!(inbox[0].retry_key.is_some());
});

on_both!(errors_of_lines_servers_back_off_and_repeat, stage, {
    stage.customer_writes().await;
    stage.sim.add_fault(status(500), 3);
    let id = stage.queue("at last", late()).await;
    let mut now = late();
    for _ in 0..3 {
        stage.step(now).await;
        assert_eq!(stage.status(id).await, MessageStatus::Queued);
        stage.step(now.plus_ms(400)).await;
        now = now.plus_ms(10_000);
    }
    stage.step(now).await;
    assert_eq!(stage.status(id).await, sent());
    assert_eq!(stage.phone().len(), 1);
});

on_both!(
    the_monthly_limit_fails_in_lines_words_and_trying_again_is_a_new_attempt,
    stage,
    {
        stage.customer_writes().await;
        let limit = |quota| SettingsChange {
            quota: Some(quota),
            ..SettingsChange::default()
        };
        stage.sim.change_settings(limit(QuotaChange::Limited(0)));
        let id = stage.queue("paid", late()).await;
        stage.step(late()).await;
        let message = stage.message(id).await;
        assert_eq!(message.status, MessageStatus::Failed);
        assert_eq!(
            message.error.as_deref(),
            Some("You have reached your monthly limit.")
        );

        stage.sim.change_settings(limit(QuotaChange::Unlimited));
        let db = stage.db.clone();
        let again = || {
            db.write(move |mut conn| Box::pin(async move { conn.requeue(id, 99, late()).await }))
        };
        assert!(again().await.expect("queues"));
        assert_eq!(stage.status(id).await, MessageStatus::Queued);
        assert!(!again().await.expect("refuses"));
        stage.step(late().plus_ms(MINUTE)).await;
        let message = stage.message(id).await;
        assert_eq!((message.status, message.error), (sent(), None));
    }
);

on_both!(a_rate_limit_is_waited_out, stage, {
    stage.customer_writes().await;
    stage.fault(Fault {
        reason: Some("rate".to_owned()),
        ..status(429)
    });
    let id = stage.queue("later", late()).await;
    stage.step(late()).await;
    assert_eq!(stage.status(id).await, MessageStatus::Queued);
    stage.step(late().plus_ms(MINUTE)).await;
    assert_eq!(stage.status(id).await, sent());
});

on_both!(after_a_day_of_refused_connections_it_is_failed, stage, {
    stage.customer_writes().await;
    stage.line.use_base("http://127.0.0.1:1");
    let id = stage.queue("never", late()).await;
    stage.step(late()).await;
    assert_eq!(stage.status(id).await, MessageStatus::Queued);
    stage.step(late().plus_ms(DAY)).await;
    assert_eq!(stage.status(id).await, MessageStatus::Failed);
});

on_both!(
    after_a_day_with_an_unclear_try_it_is_unconfirmed_without_another_call,
    stage,
    {
        stage.customer_writes().await;
        stage.fault(cut(false));
        let id = stage.queue("perhaps", late()).await;
        stage.step(late()).await;
        stage.step(late().plus_ms(DAY + MINUTE)).await;
        assert_eq!(stage.status(id).await, MessageStatus::Unconfirmed);
        assert_eq!(stage.phone(), []);
    }
);

// Whatever the clock said while it was wrong, an hour ahead here.
on_both!(a_clock_that_was_set_back_keeps_no_message_waiting, stage, {
    stage.customer_writes().await;
    let ahead = late().plus_ms(60 * MINUTE);
    stage.fault(status(500));
    let id = stage.queue("soon", ahead).await;
    stage.step(ahead).await;
    stage.step(late()).await;
    assert_eq!(stage.status(id).await, MessageStatus::Queued);
    stage.outbox.maintain(late()).await.expect("maintained");
    stage.step(late()).await;
    assert_eq!(stage.status(id).await, sent());
    assert_eq!(stage.phone(), [("push", vec!["soon".to_owned()])]);
});

on_both!(a_wait_that_was_meant_is_kept, stage, {
    stage.customer_writes().await;
    stage.fault(status(500));
    let id = stage.queue("later", late()).await;
    stage.step(late()).await;
    stage.outbox.maintain(late()).await.expect("maintained");
    stage.step(late()).await;
    assert_eq!(stage.status(id).await, MessageStatus::Queued);
});
