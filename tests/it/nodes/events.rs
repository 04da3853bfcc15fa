//! What happens at one node is seen at all, once.

use serde_json::{Value, json};

use super::on_three;
use crate::harness::database::number;
use crate::harness::ws_client::WsClient;

/// The texts of all new lines up to `last`, which is waited for.
async fn texts_until(client: &mut WsClient, last: &str) -> Vec<String> {
    let text = |frame: &Value| frame["payload"]["message"]["text"].clone();
    client
        .expect(|frame| frame["type"] == "new_message" && text(frame) == last)
        .await;
    let seen = client.settled("new_message").await;
    seen.iter()
        .map(|frame| text(frame).as_str().unwrap_or_default().to_owned())
        .collect()
}

// "What went wrong before", 1: every broadcast arrives twice when a bus is on, because a node
// hears its own echo.
on_three!(
    no_broadcast_arrives_twice_though_a_node_hears_its_own_echo,
    |cluster| {
        let customer = cluster.known_customer("before").await;
        let mut consoles = Vec::new();
        for n in [0, 0, 1, 2] {
            let mut console = cluster.console(n, "mali@example.com").await;
            console.join(&customer.room()).await;
            consoles.push(console);
        }
        let mut expected = Vec::new();
        for round in 0..6 {
            cluster.webhooks_to(round % 3);
            let text = format!("line {round}");
            customer.writes(&text).await;
            expected.push(text);
            // Of two nodes nobody promises which is faster.
            for console in &mut consoles {
                let seen = texts_until(console, &expected[round]).await;
                assert!(seen.is_empty(), "{seen:?} came again or out of order");
            }
        }
        cluster.webhooks_to(0);
        customer.writes("end").await;
        for console in &mut consoles {
            assert!(texts_until(console, "end").await.is_empty());
            let updates = console.settled("conversation_update").await;
            let mut revs: Vec<_> = updates
                .iter()
                .map(|frame| frame["payload"]["rev"].as_i64().expect("a rev"))
                .collect();
            let told = revs.len();
            revs.sort_unstable();
            revs.dedup();
            assert_eq!(revs.len(), told, "an update came twice");
            assert!(told >= 6, "{told} updates of lists");
        }
    }
);

on_three!(
    a_message_reaches_the_senders_other_tab_on_another_node,
    |cluster| {
        let customer = cluster.known_customer("hello").await;
        let mut mali = cluster.console(0, "mali@example.com").await;
        let mut other_tab = cluster.console(1, "mali@example.com").await;
        let mut somchai = cluster.console(2, "somchai@example.com").await;
        for console in [&mut mali, &mut other_tab, &mut somchai] {
            console.join(&customer.room()).await;
        }
        let claimed = mali
            .ask("claim_session", json!({ "room": customer.room() }))
            .await;
        assert_eq!(claimed["type"], "session_claimed", "{claimed}");
        for console in [&mut other_tab, &mut somchai] {
            let heard = console.next("session_claimed").await;
            assert_eq!(heard["payload"], claimed["payload"]);
        }
        let message = json!({
            "room": customer.room(),
            "client_id": uuid::Uuid::new_v4().to_string(),
            "text": "1 < 2 & <b>ครับ</b>",
        });
        let sent = mali.ask("send_message", message).await;
        assert_eq!(sent["type"], "message_sent", "{sent}");
        for console in [&mut other_tab, &mut somchai] {
            let heard = console.next("new_message").await;
            assert_eq!(heard["payload"]["message"], sent["payload"]["message"]);
            let updated = console.next("message_updated").await;
            assert_eq!(updated["payload"]["message"]["status"], "sent");
            assert!(console.settled("new_message").await.is_empty());
        }
        mali.next("message_updated").await;
        assert!(mali.settled("new_message").await.is_empty());
        assert_eq!(customer.texts().await, ["1 < 2 & <b>ครับ</b>"]);
    }
);

on_three!(of_claims_at_all_nodes_at_once_exactly_one_wins, |cluster| {
    for _ in 0..5 {
        let customer = cluster.known_customer("hello").await;
        let mut mali = cluster.console(0, "mali@example.com").await;
        let mut somchai = cluster.console(1, "somchai@example.com").await;
        let mut admin = cluster.console(2, "admin@example.com").await;
        let room = json!({ "room": customer.room() });
        let (one, two, three) = tokio::join!(
            mali.ask("claim_session", room.clone()),
            somchai.ask("claim_session", room.clone()),
            admin.ask("claim_session", room.clone()),
        );
        let answers = [one, two, three];
        let (won, lost): (Vec<_>, Vec<_>) = answers
            .iter()
            .partition(|answer| answer["type"] == "session_claimed");
        assert_eq!((won.len(), lost.len()), (1, 2), "{answers:?}");
        let winner = &won[0]["payload"]["session"]["operator"];
        for refused in lost {
            assert_eq!(refused["payload"]["code"], "already_claimed");
            assert_eq!(refused["payload"]["operator"]["id"], winner["id"]);
        }
    }
});

on_three!(
    webhooks_may_hit_any_node_and_the_same_one_at_two_is_one,
    |cluster| {
        let customer = cluster.known_customer("hello").await;
        let mut mali = cluster.console(2, "mali@example.com").await;
        mali.join(&customer.room()).await;
        let event = json!({
            "type": "message",
            "mode": "active",
            "timestamp": sala::clock::now().0,
            "source": { "type": "user", "userId": customer.id },
            "webhookEventId": "01HREDELIVERED",
            "deliveryContext": { "isRedelivery": false },
            "message": { "id": "4711", "type": "text", "text": "once" },
        });
        for node in [0, 1, 2] {
            cluster.webhooks_to(node);
            let events = json!([event]);
            let status = crate::harness::customer::events(cluster.line(), events).await;
            assert_eq!(status, 200);
        }
        customer.writes("end").await;
        assert_eq!(texts_until(&mut mali, "end").await, ["once"]);
        let sql = "SELECT count(*) FROM messages WHERE line_message_id = $1";
        assert_eq!(number(&cluster.db, sql, "4711").await, 1);
    }
);

on_three!(a_disabled_operator_is_out_at_every_node, |cluster| {
    let mut consoles = Vec::new();
    for n in 0..3 {
        consoles.push(cluster.console(n, "somchai@example.com").await);
    }
    let state = &cluster.node(0).state;
    let operators = sala::service::operators::Operators::new(
        cluster.db.clone(),
        sala::service::auth::Passwords::light(),
        state.auth.clone(),
    );
    operators
        .disable("somchai@example.com", None)
        .await
        .expect("disabled");
    for mut console in consoles {
        let closed = crate::harness::ws_client::Received::Closed(4403);
        assert_eq!(console.closed().await, closed);
    }
});

on_three!(nodes_that_start_at_once_make_one_of_everything, |cluster| {
    for (sql, bind) in [
        (
            "SELECT count(*) FROM operators WHERE email = $1",
            "admin@example.com",
        ),
        ("SELECT count(*) FROM channels WHERE name = $1", "default"),
    ] {
        assert_eq!(number(&cluster.db, sql, bind).await, 1, "{bind}");
    }
    for n in 0..3 {
        cluster.console(n, "admin@example.com").await.leave().await;
    }
});
