//! Sockets and signed webhooks.

use futures_util::{SinkExt, StreamExt};
use sala::line::signature;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::server::{SECRET, Server};

/// An operator's socket.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens a socket and authenticates.
    pub async fn open(server: &Server) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(4_096)
            .write_buffer_size(0);
        let url = format!("ws://{}/ws/live-chat", server.addr);
        let (socket, _) = tokio_tungstenite::connect_async_with_config(url, Some(config), true)
            .await
            .unwrap();
        let mut socket = Self(socket);
        socket.send("auth", json!({ "token": server.token })).await;
        socket.until("auth_success").await;
        socket
    }

    /// Opens a socket, authenticates and joins.
    pub async fn joined(server: &Server, room: &str) -> Self {
        let mut socket = Self::open(server).await;
        socket.send("join_room", json!({ "room": room })).await;
        loop {
            let frame = socket.until("conversation_update").await;
            if frame["payload"]["messages"].is_array() {
                return socket;
            }
        }
    }

    async fn send(&mut self, kind: &str, payload: Value) {
        let frame = json!({ "type": kind, "payload": payload }).to_string();
        self.0.send(Message::text(frame)).await.unwrap();
    }

    /// The next frame's text.
    pub async fn next(&mut self) -> String {
        loop {
            if let Message::Text(text) = self.0.next().await.expect("the socket stays").unwrap() {
                return text.to_string();
            }
        }
    }

    async fn until(&mut self, kind: &str) -> Value {
        loop {
            let frame: Value = serde_json::from_str(&self.next().await).unwrap();
            if frame["type"] == kind {
                return frame;
            }
        }
    }
}

/// A webhook with one text of `customer`, unique by `number`, with its signature.
pub fn webhook(customer: &str, number: usize, text: &str) -> (String, String) {
    let body = json!({
        "destination": "Ubench",
        "events": [{
            "type": "message",
            "mode": "active",
            "timestamp": 1_700_000_000_000_u64 + number as u64,
            "webhookEventId": format!("E{customer}{number:010}"),
            "deliveryContext": { "isRedelivery": false },
            "replyToken": format!("R{customer}{number:010}"),
            "source": { "type": "user", "userId": customer },
            "message": {
                "type": "text",
                "id": format!("{}{number:010}", customer.len()),
                "quoteToken": "q",
                "text": text,
            },
        }],
    })
    .to_string();
    let signature = signature::sign(SECRET, body.as_bytes());
    (body, signature)
}

/// Posts a webhook and expects 200.
pub async fn post(server: &Server, (body, signature): (String, String)) {
    let answer = server
        .http
        .post(format!("http://{}/line/webhook", server.addr))
        .header("x-line-signature", signature)
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
}
