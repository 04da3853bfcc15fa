//! Signed webhooks over connections that stay open.

use std::net::SocketAddr;

use sala::line::signature;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Signs the bench's webhooks.
pub const SECRET: &str = "bench-secret";

/// A connection that is kept.
pub struct Http {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Http {
    /// Connects.
    pub async fn connect(addr: SocketAddr) -> Self {
        let stream = TcpStream::connect(addr).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream,
            buffer: Vec::with_capacity(4_096),
        }
    }

    /// Sends a request and expects 200 without more than the buffer's worth of body.
    pub async fn ask(&mut self, request: &[u8]) {
        self.stream.write_all(request).await.unwrap();
        self.buffer.clear();
        loop {
            assert_ne!(self.stream.read_buf(&mut self.buffer).await.unwrap(), 0);
            let end = self.buffer.windows(4).position(|four| four == b"\r\n\r\n");
            let Some(end) = end else { continue };
            let head = std::str::from_utf8(&self.buffer[..end]).unwrap();
            assert!(head.starts_with("HTTP/1.1 200"), "{head}");
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, value)| value.trim().parse().unwrap());
            if self.buffer.len() >= end + 4 + length {
                return;
            }
        }
    }
}

/// A webhook with one text of `customer`, unique by `number`, as a request.
pub fn webhook(customer: &str, number: usize, text: &str) -> Vec<u8> {
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
                "id": format!("M{customer}{number:010}"),
                "quoteToken": "q",
                "text": text,
            },
        }],
    })
    .to_string();
    let signature = signature::sign(SECRET, body.as_bytes());
    format!(
        "POST /line/webhook HTTP/1.1\r\nhost: localhost\r\nx-line-signature: {signature}\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// A request that costs the server next to nothing.
pub fn alive() -> Vec<u8> {
    b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n".to_vec()
}
