//! Redis is away: every node goes on, says so, and makes up for it.

use serde_json::{Value, json};

use super::on_three;
use crate::harness::Database;
use crate::harness::cluster::Cluster;
use crate::harness::database::number;
use crate::harness::redis::Redis;
use crate::harness::ws_client::{Received, WsClient};

/// Waits until the server says whether its nodes are in touch.
async fn told_apart(client: &mut WsClient, apart: bool) {
    let wanted = if apart {
        json!(["broker"])
    } else {
        json!(null)
    };
    client
        .expect(|frame| {
            frame["type"] == "presence_update" && frame["payload"]["degraded"] == wanted
        })
        .await;
}

fn texts(answer: &Value) -> Vec<&str> {
    let messages = answer["payload"]["messages"].as_array();
    let messages = messages.expect("messages").iter();
    messages
        .filter_map(|message| message["text"].as_str())
        .collect()
}

// "What went wrong before", 2: an optional bus is down and customer messages are lost while the
// webhook still answers 200.
on_three!(a_bus_that_is_down_loses_no_customer_message, |cluster| {
    let customer = cluster.known_customer("before").await;
    let mut here = cluster.console(0, "mali@example.com").await;
    let mut there = cluster.console(1, "somchai@example.com").await;
    here.join(&customer.room()).await;
    let rev = there.join(&customer.room()).await["rev"].clone();

    cluster.redis.stop();
    for n in 0..3 {
        let said = cluster.readiness(n, 503).await;
        assert_eq!(said["failing"], json!(["broker"]));
    }
    for console in [&mut here, &mut there] {
        told_apart(console, true).await;
        let pong = console.ask("ping", json!({})).await;
        assert_eq!(pong["payload"]["degraded"], json!(["broker"]));
    }
    for n in 0..3 {
        customer.writes(&format!("meanwhile {n}")).await;
        let heard = here.next("new_message").await;
        let text = &heard["payload"]["message"]["text"];
        assert_eq!(*text, json!(format!("meanwhile {n}")));
    }
    let sql = "SELECT count(*) FROM messages WHERE text LIKE $1";
    assert_eq!(number(&cluster.db, sql, "meanwhile %").await, 3);
    let pong = there.ask("ping", json!({})).await;
    let known = &pong["payload"]["revs"][customer.room()];
    assert!(known.as_i64() > rev.as_i64(), "{pong}");
    assert!(there.settled("new_message").await.is_empty());

    cluster.redis.start();
    for n in 0..3 {
        cluster.ready(n).await;
    }
    for console in [&mut here, &mut there] {
        told_apart(console, false).await;
    }
    // Lists are right without anybody asking, and the `rev` shows what is missing.
    let update = there
        .expect(|frame| frame["type"] == "conversation_update" && frame["payload"]["rev"] == *known)
        .await;
    let last = &update["payload"]["conversation"]["last_message"]["text"];
    assert_eq!(*last, json!("meanwhile 2"));
    let missed = there
        .ask(
            "join_room",
            json!({ "room": customer.room(), "after_rev": rev }),
        )
        .await;
    assert_eq!(
        texts(&missed),
        ["meanwhile 0", "meanwhile 1", "meanwhile 2"]
    );
    assert_eq!(missed["payload"]["complete"], true);
    customer.writes("after").await;
    for console in [&mut here, &mut there] {
        let heard = console.next("new_message").await;
        assert_eq!(heard["payload"]["message"]["text"], "after");
        assert!(console.settled("new_message").await.is_empty());
    }
});

on_three!(a_bus_that_hangs_delays_nobody, |cluster| {
    let customer = cluster.known_customer("before").await;
    let mut here = cluster.console(0, "mali@example.com").await;
    let mut there = cluster.console(1, "somchai@example.com").await;
    for console in [&mut here, &mut there] {
        console.join(&customer.room()).await;
    }
    cluster.redis.pause();
    for n in 0..50 {
        let text = format!("meanwhile {n}");
        customer.writes(&text).await;
        let heard = here.next("new_message").await;
        assert_eq!(heard["payload"]["message"]["text"], json!(text));
    }
    told_apart(&mut here, true).await;
    cluster.readiness(0, 503).await;
    cluster.redis.resume();
    cluster.ready(0).await;
    // What hung in Redis may still arrive; the rest is asked for. No line comes twice.
    let pong = there.ask("ping", json!({})).await;
    let rev = pong["payload"]["revs"][customer.room()].clone();
    there
        .expect(|frame| frame["type"] == "conversation_update" && frame["payload"]["rev"] == rev)
        .await;
    let lines = there.settled("new_message").await;
    let mut ids: Vec<_> = lines
        .iter()
        .map(|line| line["payload"]["message"]["id"].to_string())
        .collect();
    let came = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), came);
});

on_three!(a_node_ends_in_time_though_the_bus_hangs, |cluster| {
    let mut mali = cluster.console(0, "mali@example.com").await;
    cluster.redis.pause();
    cluster.end(0).await;
    assert_eq!(mali.closed().await, Received::Closed(1001));
    cluster.redis.resume();
});

on_three!(colleagues_are_seen_again_after_an_outage, |cluster| {
    let mut mali = cluster.console(0, "mali@example.com").await;
    let _somchai = cluster.console(1, "somchai@example.com").await;
    let is = |frame: &Value, status: &str| {
        let team = frame["payload"]["operators"].as_array();
        team.is_some_and(|team| {
            team.iter()
                .any(|one| one["name"] == "Somchai" && one["status"] == status)
        })
    };
    mali.expect(|frame| frame["type"] == "presence_update" && is(frame, "online"))
        .await;
    cluster.redis.stop();
    mali.expect(|frame| frame["type"] == "presence_update" && is(frame, "offline"))
        .await;
    cluster.redis.start();
    mali.expect(|frame| frame["type"] == "presence_update" && is(frame, "online"))
        .await;
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_starts_without_redis_says_so_and_finds_it_later() {
    if !Database::Postgres.is_wanted() {
        return;
    }
    let mut cluster = Cluster::start(Redis::stopped(), 1).await;
    let said = cluster.readiness(0, 503).await;
    assert_eq!(said["failing"], json!(["broker"]));
    let customer = cluster.known_customer("hello").await;
    let mut mali = cluster.console(0, "mali@example.com").await;
    assert_eq!(
        texts(&json!({ "payload": mali.join(&customer.room()).await })),
        ["hello"]
    );
    cluster.redis.start();
    cluster.ready(0).await;
    told_apart(&mut mali, false).await;
    cluster.end(0).await;
}
