//! A WebSocket client that sends bytes as a test wants them and reads bytes as they come, so that
//! nothing between the test and the server mends or hides anything.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use super::ws_client::PATIENCE;

/// The handshake's answer to a key that is always the same.
pub const HANDSHAKE: &str = "GET /ws/live-chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\
     Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// A frame of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawFrame {
    /// FIN, reserved bits, opcode.
    pub first: u8,
    /// What it carries.
    pub payload: Vec<u8>,
}

impl RawFrame {
    /// The `type` of the event in a text frame.
    pub fn kind(&self) -> Option<String> {
        let value: Value = serde_json::from_slice(&self.payload).ok()?;
        (self.first == 0x81).then(|| value["type"].as_str().unwrap_or_default().to_owned())
    }

    /// The code of a close frame; 1005, as the RFC has it, when it holds none.
    pub fn close(&self) -> Option<u16> {
        (self.first == 0x88).then(|| match self.payload[..] {
            [high, low, ..] => u16::from_be_bytes([high, low]),
            _ => 1005,
        })
    }
}

/// A connection.
pub struct RawSocket {
    stream: TcpStream,
    seen: Vec<u8>,
}

/// A frame as clients send it: masked, and as short as can be.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    match payload.len() {
        short @ 0..=125 => bytes.push(0x80 | u8::try_from(short).expect("short")),
        long @ 126..=0xffff => {
            bytes.push(0xfe);
            bytes.extend(u16::try_from(long).expect("long").to_be_bytes());
        }
        longer => {
            bytes.push(0xff);
            bytes.extend((longer as u64).to_be_bytes());
        }
    }
    let mask = [0x5a, 0x00, 0xff, 0x13];
    bytes.extend(mask);
    bytes.extend(payload.iter().zip(mask.iter().cycle()).map(|(b, m)| b ^ m));
    bytes
}

impl RawSocket {
    /// A connection on which nothing was said.
    pub async fn connect(addr: SocketAddr) -> Self {
        let stream = TcpStream::connect(addr).await.expect("a connection");
        Self::over(stream)
    }

    fn over(stream: TcpStream) -> Self {
        stream.set_nodelay(true).expect("a live connection");
        Self {
            stream,
            seen: Vec::new(),
        }
    }

    /// A WebSocket.
    pub async fn open(addr: SocketAddr) -> Self {
        Self::connect(addr).await.upgraded().await
    }

    /// A WebSocket that holds next to nothing unread.
    pub async fn open_narrow(addr: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket
            .set_recv_buffer_size(4 * 1024)
            .expect("a small buffer");
        let stream = socket.connect(addr).await.expect("a connection");
        Self::over(stream).upgraded().await
    }

    async fn upgraded(mut self) -> Self {
        let (status, _) = self.ask(&format!("{HANDSHAKE}\r\n")).await;
        assert_eq!(status, 101);
        self
    }

    /// Signs in.
    pub async fn auth(&mut self, token: &str) {
        let auth = serde_json::json!({ "type": "auth", "payload": { "token": token } });
        self.send(&frame(0x81, auth.to_string().as_bytes())).await;
        let answer = self.next().await.expect("an answer");
        assert_eq!(answer.kind().as_deref(), Some("auth_success"));
    }

    /// Sends bytes; a server that is gone is noticed when reading.
    pub async fn send(&mut self, bytes: &[u8]) {
        let _ = self.stream.write_all(bytes).await;
    }

    /// Sends so many bytes while what comes is read.
    pub async fn send_and_read(&mut self, bytes: &[u8]) {
        let (mut reading, mut writing) = self.stream.split();
        let sending = async { writing.write_all(bytes).await };
        tokio::pin!(sending);
        let mut buffer = vec![0; 4_096];
        loop {
            tokio::select! {
                _ = &mut sending => return,
                read = reading.read(&mut buffer) => match read {
                    Ok(size) if size > 0 => self.seen.extend(&buffer[..size]),
                    _ => return,
                },
            }
        }
    }

    /// Sends an HTTP request; answers its status and the head of the answer.
    pub async fn ask(&mut self, request: &str) -> (u16, String) {
        self.send(request.as_bytes()).await;
        loop {
            if let Some(end) = self.seen.windows(4).position(|four| four == b"\r\n\r\n") {
                let head: Vec<u8> = self.seen.drain(..end + 4).collect();
                let head = String::from_utf8(head).expect("a head is ASCII");
                let status = head.get(9..12).and_then(|status| status.parse().ok());
                return (status.unwrap_or_else(|| panic!("{head}")), head);
            }
            assert!(self.read().await, "it ended: {:?}", self.seen);
        }
    }

    /// The next frame; `None` when the server ended the connection in order.
    pub async fn next(&mut self) -> Option<RawFrame> {
        loop {
            if let Some(frame) = self.whole() {
                return Some(frame);
            }
            if !self.read().await {
                assert!(self.seen.is_empty(), "half a frame: {:?}", self.seen);
                return None;
            }
        }
    }

    /// Every frame up to the end, which must be one in order.
    pub async fn rest(&mut self) -> Vec<RawFrame> {
        let mut all = Vec::new();
        while let Some(frame) = self.next().await {
            all.push(frame);
        }
        all
    }

    fn whole(&mut self) -> Option<RawFrame> {
        let (at, length) = match *self.seen.get(1)? {
            126 => (
                4,
                u64::from(u16::from_be_bytes(self.seen.get(2..4)?.try_into().ok()?)),
            ),
            127 => (
                10,
                u64::from_be_bytes(self.seen.get(2..10)?.try_into().ok()?),
            ),
            short => (2, u64::from(short)),
        };
        let end = at + usize::try_from(length).expect("a length");
        if self.seen.len() < end {
            return None;
        }
        let whole: Vec<u8> = self.seen.drain(..end).collect();
        Some(RawFrame {
            first: whole[0],
            payload: whole[at..].to_vec(),
        })
    }

    /// Reads some; false at the end.
    async fn read(&mut self) -> bool {
        let mut buffer = vec![0; 64 * 1024];
        let reading = tokio::time::timeout(PATIENCE, self.stream.read(&mut buffer));
        let size = reading
            .await
            .unwrap_or_else(|_| panic!("nothing came; seen: {} bytes", self.seen.len()))
            .expect("an end in order, not a reset");
        self.seen.extend(&buffer[..size]);
        size > 0
    }
}
