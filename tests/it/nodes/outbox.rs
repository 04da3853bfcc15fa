//! Messages to LINE when several nodes could send them.

use std::sync::Arc;

use sala::clock;
use sala::db::outbox::{Delivery, Lease};
use sala::db::{Db, DbError};
use sala::outbox::attempt::{Answered, Begun};
use sala::outbox::{Outbox, attempt};
use sala::outcome::Outcome;
use sala::protocol::{ConversationId, MessageStatus, Timestamp};
use sala::realtime::Hub;
use serde_json::json;
use tokio::sync::{Barrier, Notify};
use tokio::task::JoinSet;

use super::on_three;
use crate::harness::Database;
use crate::harness::customer::fault;
use crate::harness::database::number;
use crate::stage::{links, on_both};

const MINUTE: i64 = 60_000;

on_three!(
    what_a_killed_node_was_sending_another_sends_once,
    |cluster| {
        let customer = cluster.known_customer("hello").await;
        let mut mali = cluster.console(1, "mali@example.com").await;
        let room = json!({ "room": customer.room() });
        mali.ask("claim_session", room).await;
        // LINE does not answer the reply and does not take it either.
        let silence = json!({ "next": 1, "accepted": false, "delay_ms": 60_000 });
        fault(cluster.line(), silence).await;
        for text in ["one", "two"] {
            let message = json!({
                "room": customer.room(),
                "client_id": uuid::Uuid::new_v4().to_string(),
                "text": text,
            });
            let sent = mali.ask("send_message", message).await;
            assert_eq!(sent["type"], "message_sent", "{sent}");
        }
        let in_hand = "SELECT count(*) FROM outbox WHERE leased_by IS NOT NULL AND $1 = ''";
        while number(&cluster.db, in_hand, "").await == 0 {
            tokio::task::yield_now().await;
        }
        cluster.kill(1);
        // The others keep their hands off until the lease ends; then all of them want it.
        let state = &cluster.node(0).state;
        let (hub, _told) = Hub::new();
        let outbox = || {
            let line = Arc::new(state.channels.clone());
            Outbox::new(
                cluster.db.clone(),
                line,
                hub.clone(),
                Arc::new(Notify::new()),
                links(),
            )
        };
        let (mut one, mut two, mut three) = (outbox(), outbox(), outbox());
        one.step(clock::now()).await.expect("a step");
        assert!(customer.texts().await.is_empty());
        let late = clock::now().plus_ms(2 * MINUTE);
        let (one, two, three) = tokio::join!(one.step(late), two.step(late), three.step(late));
        one.and(two).and(three).expect("steps");
        let waiting = "SELECT count(*) FROM outbox WHERE $1 = ''";
        while number(&cluster.db, waiting, "").await > 0 {
            outbox().step(late.plus_ms(MINUTE)).await.expect("a step");
        }
        assert_eq!(customer.texts().await, ["one", "two"]);
    }
);

on_three!(
    a_node_that_ends_tells_the_others_what_came_of_its_last_call,
    |cluster| {
        let customer = cluster.known_customer("hello").await;
        let mut mali = cluster.console(0, "mali@example.com").await;
        let mut somchai = cluster.console(1, "somchai@example.com").await;
        somchai.join(&customer.room()).await;
        let room = json!({ "room": customer.room() });
        mali.ask("claim_session", room).await;
        fault(cluster.line(), json!({ "next": 1, "delay_ms": 1_500 })).await;
        let message = json!({
            "room": customer.room(),
            "client_id": uuid::Uuid::new_v4().to_string(),
            "text": "last words",
        });
        mali.ask("send_message", message).await;
        let in_hand = "SELECT count(*) FROM outbox WHERE leased_by IS NOT NULL AND $1 = ''";
        while number(&cluster.db, in_hand, "").await == 0 {
            tokio::task::yield_now().await;
        }
        cluster.end(0).await;
        let updated = somchai.next("message_updated").await;
        assert_eq!(updated["payload"]["message"]["status"], "sent");
        assert_eq!(customer.texts().await, ["last words"]);
    }
);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_nodes_that_reach_for_a_row_at_once_one_has_it() {
    crate::stage::run(Database::Postgres, async |stage| {
        stage.customer_writes().await;
        let (conversation, now) = (stage.conversation().await, clock::now());
        for round in 0..150 {
            stage.queue(&format!("line {round}"), now).await;
            let start = Arc::new(Barrier::new(RACERS));
            let mut racers = JoinSet::new();
            for n in 0..RACERS {
                let (db, start) = (stage.db.clone(), Arc::clone(&start));
                racers.spawn(async move {
                    let lease = Lease {
                        node: format!("node {n}"),
                        until: now.plus_ms(MINUTE),
                    };
                    start.wait().await;
                    reach(&db, conversation, lease, now).await
                });
            }
            let mut won: Vec<Delivery> = racers.join_all().await.into_iter().flatten().collect();
            assert_eq!(won.len(), 1, "{won:?} in round {round}");
            let won = won.remove(0);
            assert_eq!(won.attempts, 1);
            settle(&stage.db, won, now).await;
        }
    })
    .await;
}

const RACERS: usize = 8;

async fn reach(
    db: &Db,
    conversation: ConversationId,
    lease: Lease,
    now: Timestamp,
) -> Option<Delivery> {
    let begun: Result<_, DbError> = db
        .write(move |mut conn| {
            Box::pin(
                async move { attempt::begin(&mut conn, conversation, &lease, &links(), now).await },
            )
        })
        .await;
    match begun.expect("the database works") {
        Begun::Call(delivery) => Some(*delivery),
        Begun::Nothing => None,
        Begun::Beyond(_) => panic!("nothing is known of a quota"),
        Begun::LeftOut(_) => panic!("somebody wrote it"),
    }
}

async fn settle(db: &Db, delivery: Delivery, now: Timestamp) {
    let sent = Outcome::Sent {
        ids: Vec::new(),
        quote_tokens: Vec::new(),
    };
    let settled: Result<_, DbError> = db
        .write(move |mut conn| {
            Box::pin(async move {
                let answered = Answered {
                    outcome: &sent,
                    request_id: None,
                };
                attempt::finish(&mut conn, &delivery, &answered, &links(), now).await
            })
        })
        .await;
    settled.expect("the database works");
}

on_both!(many_nodes_send_each_message_once_and_in_order, stage, {
    stage.customer_writes().await;
    let now = clock::now();
    let mut expected = Vec::new();
    for n in 0..20 {
        let text = format!("line {n}");
        stage.queue(&text, now).await;
        expected.push(text);
    }
    let outbox = || {
        let (db, line, hub) = (stage.db.clone(), stage.line.clone(), stage.hub.clone());
        Outbox::new(db, line, hub, Arc::new(Notify::new()), links())
    };
    let mut nodes: Vec<_> = (0..4).map(|_| outbox()).collect();
    let waiting = "SELECT count(*) FROM outbox WHERE $1 = ''";
    while number(&stage.db, waiting, "").await > 0 {
        let steps = nodes.iter_mut().map(|node| node.step(now));
        for step in futures_util::future::join_all(steps).await {
            step.expect("a step");
        }
    }
    let phone = stage.phone();
    let texts: Vec<_> = phone.into_iter().flat_map(|(_, texts)| texts).collect();
    assert_eq!(texts, expected);
});

on_both!(a_clock_that_runs_behind_does_not_change_the_order, stage, {
    stage.customer_writes().await;
    let now = clock::now();
    let first = stage.queue("first", now).await;
    stage.queue("second", now.plus_ms(-10_000)).await;
    stage.queue("third", now.plus_ms(-5_000)).await;
    stage.step(now).await;
    let phone = stage.phone();
    let texts: Vec<_> = phone.into_iter().flat_map(|(_, texts)| texts).collect();
    assert_eq!(texts, ["first", "second", "third"]);
    assert_eq!(stage.status(first).await, MessageStatus::Sent);
});
