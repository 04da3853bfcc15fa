//! The end of a socket whose way out is full: what was begun is ended, and the Close arrives.

use std::time::Instant;

use serde_json::json;

use crate::harness::customer::Customer;
use crate::harness::raw_socket::{RawFrame, RawSocket, frame};
use crate::harness::ws_client::PATIENCE;
use crate::harness::{TestApp, both_databases};

/// A socket that looks at a customer's chat and does not read, so that its frames wait.
async fn stalled(app: &TestApp, customer: &Customer) -> RawSocket {
    let token = app.token("mali@example.com").await;
    let mut socket = RawSocket::open_narrow(app.addr).await;
    socket.auth(&token).await;
    let join = json!({ "type": "join_room", "payload": { "room": customer.room() }, "ref": "j" });
    socket.send(&frame(0x81, join.to_string().as_bytes())).await;
    let joined =
        |frame: &RawFrame| String::from_utf8_lossy(&frame.payload).contains("\"ref\":\"j\"");
    while !joined(&socket.next().await.expect("an answer")) {}
    let long = "ก".repeat(4_900);
    let began = Instant::now();
    while waiting(app) == 0 {
        assert!(began.elapsed() < PATIENCE, "nothing waits for it");
        let events: Vec<_> = (0..20).map(|_| app.text_event(customer, &long)).collect();
        assert_eq!(app.webhook(json!(events)).await, 200);
    }
    socket
}

/// Frames that wait for the slowest socket.
fn waiting(app: &TestApp) -> usize {
    let connections = app.state.hub.connections();
    let depths = connections.iter().map(|connection| connection.depth());
    depths.max().unwrap_or_default()
}

/// Fails unless all are whole events but the last ones.
fn whole(frames: &[RawFrame]) {
    for frame in frames {
        let is_event = frame.first == 0x81 && frame.kind().is_some();
        let is_control = matches!(frame.first, 0x88 | 0x8a) && frame.payload.len() <= 125;
        assert!(is_event || is_control, "{:#x} is torn", frame.first);
    }
}

both_databases!(
    a_close_behind_a_full_way_out_is_answered_behind_whole_frames,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let mut socket = stalled(app, &customer).await;
        socket.send(&frame(0x88, &4001_u16.to_be_bytes())).await;
        let frames = socket.rest().await;
        whole(&frames);
        assert_eq!(frames.last().and_then(RawFrame::close), Some(4001));
    }
);

both_databases!(
    a_ping_behind_a_full_way_out_is_answered_between_whole_frames,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let mut socket = stalled(app, &customer).await;
        socket.send(&frame(0x89, b"still there?")).await;
        socket
            .send(&frame(0x81, br#"{"type":"ping","payload":{},"ref":"p"}"#))
            .await;
        let mut frames = Vec::new();
        loop {
            let next = socket.next().await.expect("the connection stays");
            let is_last = next.kind().as_deref() == Some("pong");
            frames.push(next);
            if is_last {
                break;
            }
        }
        whole(&frames);
        let pongs: Vec<_> = frames.iter().filter(|frame| frame.first == 0x8a).collect();
        assert_eq!(pongs.len(), 1);
        assert_eq!(pongs[0].payload, b"still there?");
    }
);

both_databases!(
    a_protocol_error_behind_a_full_way_out_ends_with_1002_behind_whole_frames,
    |app| {
        let customer = app.customer("Nut").await;
        customer.writes("hello").await;
        let mut socket = stalled(app, &customer).await;
        socket.send(&frame(0xc1, b"reserved")).await;
        let frames = socket.rest().await;
        whole(&frames);
        assert_eq!(frames.last().and_then(RawFrame::close), Some(1002));
    }
);

// A client that does not read before it has sent all: the Close must outlive what it still sends.
both_databases!(a_frame_of_8_mib_ends_with_1009_that_arrives, |app| {
    let token = app.token("mali@example.com").await;
    for signed_in in [false, true] {
        let mut socket = RawSocket::open(app.addr).await;
        if signed_in {
            socket.auth(&token).await;
        }
        socket
            .send(&frame(0x81, &vec![b'x'; 8 * 1_024 * 1_024]))
            .await;
        let frames = socket.rest().await;
        assert_eq!(frames.last().and_then(RawFrame::close), Some(1009));
    }
});
