//! Who may use a socket, and how it ends.

use serde_json::json;

use crate::harness::ws_client::{Received, WsClient};
use crate::harness::{TestApp, both_databases};

both_databases!(auth_success_names_the_operator_and_the_team, |app| {
    let token = app.token("mali@example.com").await;
    let mut client = WsClient::open(app.addr).await;
    let answer = client.ask("auth", json!({ "token": token })).await;
    assert_eq!(answer["type"], "auth_success");
    let payload = &answer["payload"];
    assert_eq!(payload["heartbeat_ms"], 25_000);
    assert_eq!(payload["operator"]["role"], "operator");
    assert!(payload["connection_id"].is_string());
    let team = payload["presence"].as_array().expect("a list");
    let me = team
        .iter()
        .find(|one| one["id"] == payload["operator"]["id"])
        .expect("myself");
    assert_eq!(me["status"], "online");
    assert!(
        answer["ts"]
            .as_str()
            .is_some_and(|ts| ts.len() == 24 && ts.ends_with('Z'))
    );
});

both_databases!(a_wrong_token_gets_auth_error_and_4401, |app| {
    for (token, code) in [
        (json!("nonsense"), "auth_invalid_token"),
        (json!(null), "auth_missing_token"),
    ] {
        let mut client = WsClient::open(app.addr).await;
        let answer = client.ask("auth", json!({ "token": token })).await;
        assert_eq!(answer["type"], "auth_error");
        assert_eq!(answer["payload"]["code"], code);
        assert_eq!(client.closed().await, Received::Closed(4401));
    }
});

both_databases!(before_auth_only_auth_and_ping_are_served, |app| {
    let mut client = WsClient::open(app.addr).await;
    let pong = client.ask("ping", json!({})).await;
    assert_eq!(pong["payload"], json!({ "revs": {} }));
    let refused = client
        .ask("join_room", json!({ "room": "conversation:U1" }))
        .await;
    assert_eq!(refused["payload"]["code"], "not_authenticated");
});

both_databases!(no_auth_within_ten_seconds_closes_with_4401, |app| {
    let mut client = WsClient::open(app.addr).await;
    assert_eq!(client.closed().await, Received::Closed(4401));
});

both_databases!(cross_origin_upgrades_are_refused_with_403, |app| {
    assert_eq!(
        WsClient::open_from(app.addr, "https://evil.example")
            .await
            .err(),
        Some(403)
    );
    let own = format!("http://{}", app.addr);
    assert!(WsClient::open_from(app.addr, &own).await.is_ok());
});

both_databases!(a_disabled_operators_sockets_close_with_4403, |app| {
    let mut client = app.console("mali@example.com").await;
    app.disable("mali@example.com").await;
    assert_eq!(client.closed().await, Received::Closed(4403));
});

both_databases!(logging_out_closes_the_sockets_of_that_login, |app| {
    let session = app.log_in("mali@example.com").await;
    let mut client = WsClient::connect(app.addr, &session.token).await;
    let mut other = app.console("mali@example.com").await;
    session.log_out().await;
    assert_eq!(client.closed().await, Received::Closed(4401));
    assert_eq!(other.ask("ping", json!({})).await["type"], "pong");
});

both_databases!(a_restart_closes_with_1001, |app| {
    let mut client = app.console("mali@example.com").await;
    app.stop().await;
    assert_eq!(client.closed().await, Received::Closed(1001));
});
