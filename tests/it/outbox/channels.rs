//! What concerns a whole channel: a token that LINE refuses, and a LINE that is down.

use sala::clock;
use sala::protocol::MessageStatus;

use super::{DAY, MINUTE, late, sent};
use crate::stage::on_both;

on_both!(
    a_refused_access_token_pauses_the_channel_and_loses_nothing,
    stage,
    {
        stage.customer_writes().await;
        stage.line.use_token("revoked");
        let now = clock::now();
        let id = stage.queue("waits", now).await;
        stage.step(now).await;
        assert_eq!(stage.status(id).await, MessageStatus::Queued);
        assert!(
            stage
                .paused_reason()
                .await
                .expect("paused")
                .contains("Authentication failed")
        );

        stage
            .outbox
            .maintain(now.plus_ms(MINUTE))
            .await
            .expect("maintained");
        assert!(stage.paused_reason().await.is_some());
        stage.step(now.plus_ms(2 * DAY)).await;
        assert_eq!(stage.status(id).await, MessageStatus::Queued);

        stage.line.use_token("demo-token");
        stage
            .outbox
            .maintain(now.plus_ms(2 * DAY))
            .await
            .expect("maintained");
        assert_eq!(stage.paused_reason().await, None);
        stage.step(now.plus_ms(2 * DAY)).await;
        assert_eq!(stage.status(id).await, sent());
    }
);

on_both!(
    while_line_is_down_one_conversation_probes_and_all_go_when_it_is_back,
    stage,
    {
        stage.customer_writes().await;
        let first = stage.conversation().await;
        let mut ids = Vec::new();
        let mut now = late();
        stage.line.use_base("http://127.0.0.1:1");
        ids.push(stage.queue_in(first, "first", now).await);
        for _ in 0..12 {
            stage.step(now).await;
            now = now.plus_ms(6 * MINUTE);
        }
        // The breaker is open now: of two conversations that are due, one is tried.
        let customer = std::mem::take(&mut stage.customer);
        for name in ["Fon", "Lek"] {
            let new = sala::simulator::NewCustomer {
                display_name: name.to_owned(),
                ..Default::default()
            };
            stage.customer = stage.sim.add_customer(new);
            stage.customer_writes().await;
            ids.push(stage.queue("waits", now).await);
        }
        stage.customer = customer;
        stage.line.use_base(&format!("http://{}", stage.line_addr));
        stage.step(now).await;
        let mut waiting = 0;
        for id in &ids {
            waiting += usize::from(stage.status(*id).await == MessageStatus::Queued);
        }
        assert_eq!(waiting, 2);
        stage.step(now.plus_ms(1_000)).await;
        for id in &ids {
            assert_eq!(stage.status(*id).await, sent());
        }
    }
);
