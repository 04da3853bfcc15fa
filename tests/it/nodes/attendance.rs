//! Presence, typing and who looks at what, over all nodes.

use serde_json::{Value, json};

use super::on_three;
use crate::harness::ws_client::WsClient;

/// Waits until an operator is shown so.
async fn shown_as(client: &mut WsClient, name: &str, status: &str) {
    let is = |frame: &Value| status_of(frame, name) == Some(json!(status));
    client
        .expect(|frame| frame["type"] == "presence_update" && is(frame))
        .await;
}

fn status_of(frame: &Value, name: &str) -> Option<Value> {
    let team = frame["payload"]["operators"].as_array()?;
    let one = team.iter().find(|one| one["name"] == name)?;
    Some(one["status"].clone())
}

on_three!(
    colleagues_at_other_nodes_are_seen_looking_and_typing,
    |cluster| {
        let customer = cluster.known_customer("hello").await;
        let room = json!({ "room": customer.room() });
        let mut mali = cluster.console(0, "mali@example.com").await;
        mali.join(&customer.room()).await;
        let mut somchai = cluster.console(1, "somchai@example.com").await;
        shown_as(&mut mali, "Somchai", "online").await;
        somchai.join(&customer.room()).await;
        let joined = mali.next("operator_joined").await;
        assert_eq!(joined["payload"]["operator"]["name"], "Somchai");
        // A third node tells a newcomer at once who is there.
        let mut admin = cluster.console(2, "admin@example.com").await;
        let viewers = admin.join(&customer.room()).await["viewers"].clone();
        let mut names: Vec<_> = viewers
            .as_array()
            .expect("viewers")
            .iter()
            .map(|viewer| viewer["name"].as_str().expect("a name"))
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["Mali", "Somchai", "admin"]);

        somchai.tell("typing_start", room.clone()).await;
        for console in [&mut mali, &mut admin] {
            let typing = console.next("typing_indicator").await;
            assert_eq!(typing["payload"]["typing"], true);
            assert_eq!(typing["payload"]["operator"]["name"], "Somchai");
        }
        somchai.tell("typing_stop", room.clone()).await;
        for console in [&mut mali, &mut admin] {
            let typing = console.next("typing_indicator").await;
            assert_eq!(typing["payload"]["typing"], false);
        }
        assert!(somchai.settled("typing_indicator").await.is_empty());

        somchai
            .tell("set_presence", json!({ "status": "busy" }))
            .await;
        for console in [&mut mali, &mut admin] {
            shown_as(console, "Somchai", "busy").await;
        }
        somchai.ask("leave_room", room).await;
        for console in [&mut mali, &mut admin] {
            let left = console.next("operator_left").await;
            assert_eq!(left["payload"]["operator"]["name"], "Somchai");
            assert!(console.settled("operator_left").await.is_empty());
        }
    }
);

on_three!(nobody_has_left_while_another_node_holds_a_tab, |cluster| {
    let customer = cluster.known_customer("hello").await;
    let room = json!({ "room": customer.room() });
    let mut mali = cluster.console(0, "mali@example.com").await;
    mali.join(&customer.room()).await;
    let mut one = cluster.console(1, "somchai@example.com").await;
    one.join(&customer.room()).await;
    mali.next("operator_joined").await;
    let mut two = cluster.console(2, "somchai@example.com").await;
    two.join(&customer.room()).await;
    // The second tab is known everywhere once it types.
    two.tell("typing_start", room.clone()).await;
    mali.next("typing_indicator").await;
    cluster.attendance_settled().await;
    one.ask("leave_room", room.clone()).await;
    cluster.attendance_settled().await;
    assert!(mali.settled("operator_left").await.is_empty());
    assert!(mali.settled("operator_joined").await.is_empty());
    two.ask("leave_room", room).await;
    let left = mali.next("operator_left").await;
    assert_eq!(left["payload"]["operator"]["name"], "Somchai");
});

on_three!(
    a_node_killed_without_goodbye_is_forgotten_with_its_operators,
    |cluster| {
        let customer = cluster.known_customer("hello").await;
        let mut mali = cluster.console(0, "mali@example.com").await;
        mali.join(&customer.room()).await;
        let mut somchai = cluster.console(1, "somchai@example.com").await;
        somchai.join(&customer.room()).await;
        mali.next("operator_joined").await;
        shown_as(&mut mali, "Somchai", "online").await;
        let mut admin = cluster.console(2, "admin@example.com").await;
        let viewers = admin.join(&customer.room()).await["viewers"].clone();
        assert!(viewers.to_string().contains("Somchai"), "{viewers}");
        cluster.kill(1);
        for console in [&mut mali, &mut admin] {
            let left = console.next("operator_left").await;
            assert_eq!(left["payload"]["operator"]["name"], "Somchai");
            shown_as(console, "Somchai", "offline").await;
        }
        let viewers = admin.join(&customer.room()).await["viewers"].clone();
        assert!(!viewers.to_string().contains("Somchai"), "{viewers}");
    }
);

on_three!(
    a_node_that_ends_in_order_is_no_departure_for_who_comes_back_elsewhere,
    |cluster| {
        let customer = cluster.known_customer("hello").await;
        let mut mali = cluster.console(0, "mali@example.com").await;
        mali.join(&customer.room()).await;
        let mut somchai = cluster.console(1, "somchai@example.com").await;
        somchai.join(&customer.room()).await;
        mali.next("operator_joined").await;
        cluster.end(1).await;
        let closed = crate::harness::ws_client::Received::Closed(1001);
        assert_eq!(somchai.closed().await, closed);
        let mut again = cluster.console(2, "somchai@example.com").await;
        again.join(&customer.room()).await;
        cluster.attendance_settled().await;
        let seen = mali.settled("presence_update").await;
        let offline = |frame: &Value| status_of(frame, "Somchai") == Some(json!("offline"));
        let since = seen.iter().skip_while(|frame| offline(frame));
        assert!(!since.into_iter().any(offline), "{seen:?}");
        assert!(mali.settled("operator_left").await.is_empty());
        assert!(mali.settled("operator_joined").await.is_empty());
    }
);

on_three!(a_node_that_comes_hears_who_is_there_already, |cluster| {
    let customer = cluster.known_customer("hello").await;
    let mut mali = cluster.console(0, "mali@example.com").await;
    mali.join(&customer.room()).await;
    let new = cluster.add_node().await;
    cluster.ready(new).await;
    cluster.attendance_settled().await;
    let mut somchai = cluster.console(new, "somchai@example.com").await;
    let viewers = somchai.join(&customer.room()).await["viewers"].clone();
    assert!(viewers.to_string().contains("Mali"), "{viewers}");
    mali.next("operator_joined").await;
});
