//! Clients that send or open too much: every frame counts, and so does every socket.

use serde_json::json;

use crate::harness::raw_socket::{HANDSHAKE, RawFrame, RawSocket, frame};
use crate::harness::ws_client::{Received, WsClient};
use crate::harness::{TestApp, both_databases};

/// How the socket ends when the client sends this over and over.
async fn ended_by(app: &TestApp, token: Option<&str>, bytes: &[u8], times: usize) -> Option<u16> {
    let mut socket = RawSocket::open(app.addr).await;
    if let Some(token) = token {
        socket.auth(token).await;
    }
    socket.send_and_read(&bytes.repeat(times)).await;
    socket.rest().await.last().and_then(RawFrame::close)
}

both_databases!(the_eleventh_frame_before_auth_closes_with_1008, |app| {
    let token = app.token("mali@example.com").await;
    let kinds: [&[u8]; 5] = [
        &frame(0x81, br#"{"type":"ping"}"#),
        &frame(0x81, b"nonsense"),
        &frame(0x82, b"x"),
        &frame(0x89, b""),
        &frame(0x8a, b""),
    ];
    for bytes in kinds {
        assert_eq!(
            ended_by(app, None, bytes, 11).await,
            Some(1008),
            "{bytes:x?}"
        );
    }
    let mut socket = RawSocket::open(app.addr).await;
    socket.send(&kinds[4].repeat(9)).await;
    // The tenth.
    socket.auth(&token).await;
});

both_databases!(
    a_client_that_goes_on_sending_what_is_refused_is_closed_with_1008,
    |app| {
        let token = app.token("mali@example.com").await;
        let kinds: [&[u8]; 6] = [
            &frame(0x81, b"nonsense"),
            &frame(0x81, br#"{"type":"make_coffee"}"#),
            &frame(0x82, b"x"),
            &frame(0x89, b""),
            &frame(0x8a, b""),
            &frame(
                0x81,
                br#"{"type":"leave_room","payload":{"room":"conversation:U1"}}"#,
            ),
        ];
        for bytes in kinds {
            let ended = ended_by(app, Some(&token), bytes, 100_000).await;
            assert_eq!(ended, Some(1008), "{bytes:x?}");
        }
        let mut endless = frame(0x01, b"");
        endless.extend(frame(0x00, b"").repeat(100_000));
        assert_eq!(ended_by(app, Some(&token), &endless, 1).await, Some(1008));
    }
);

both_databases!(an_operator_has_at_most_fifty_sockets, |app| {
    let token = app.token("mali@example.com").await;
    let mut sockets = Vec::new();
    for _ in 0..50 {
        sockets.push(WsClient::connect(app.addr, &token).await);
    }
    let mut one_more = WsClient::open(app.addr).await;
    let refused = one_more.ask("auth", json!({ "token": token })).await;
    assert_eq!(refused["type"], "auth_error");
    assert_eq!(refused["payload"]["code"], "rate_limit_exceeded");
    assert_eq!(one_more.closed().await, Received::Closed(1008));
    // A colleague has sockets of their own, and one that ends makes room.
    app.console("somchai@example.com").await.leave().await;
    sockets.pop().expect("fifty").leave().await;
    loop {
        let mut again = WsClient::open(app.addr).await;
        if again.ask("auth", json!({ "token": token })).await["type"] == "auth_success" {
            break;
        }
    }
});

both_databases!(an_address_has_at_most_fifty_sockets_without_auth, |app| {
    let from = |address: &str| format!("{HANDSHAKE}X-Forwarded-For: {address}\r\n\r\n");
    let mut sockets = Vec::new();
    for _ in 0..50 {
        let mut socket = RawSocket::connect(app.addr).await;
        assert_eq!(socket.ask(&from("203.0.113.7")).await.0, 101);
        sockets.push(socket);
    }
    let mut refused = RawSocket::connect(app.addr).await;
    let (status, head) = refused.ask(&from("203.0.113.7")).await;
    assert_eq!(status, 429);
    assert!(
        head.to_ascii_lowercase().contains("retry-after: 1"),
        "{head}"
    );
    let mut other = RawSocket::connect(app.addr).await;
    assert_eq!(other.ask(&from("203.0.113.8")).await.0, 101);
    // Who has signed in is none of them any more.
    let token = app.token("mali@example.com").await;
    sockets[0].auth(&token).await;
    let mut next = RawSocket::connect(app.addr).await;
    assert_eq!(next.ask(&from("203.0.113.7")).await.0, 101);
});
