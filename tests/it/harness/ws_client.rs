//! A client of the WebSocket that speaks the contract by hand: JSON in, JSON out, no types of
//! ours, so that a change of ours that breaks others fails here.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// No test waits longer than this for anything.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A connection.
pub struct WsClient {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Frames that arrived while another one was awaited.
    seen: VecDeque<Value>,
    next_ref: u32,
}

/// What `receive` came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Received {
    /// A frame.
    Frame(Value),
    /// The server closed with this code.
    Closed(u16),
    /// The connection ended without a close frame.
    Gone,
}

impl WsClient {
    /// Opens a socket without authenticating.
    pub async fn open(addr: SocketAddr) -> Self {
        let (socket, _) = tokio_tungstenite::connect_async(format!("ws://{addr}/ws/live-chat"))
            .await
            .expect("the socket opens");
        Self {
            socket,
            seen: VecDeque::new(),
            next_ref: 0,
        }
    }

    /// Tries to open a socket from a page of `origin`; answers the HTTP status of a refusal.
    pub async fn open_from(addr: SocketAddr, origin: &str) -> Result<Self, u16> {
        let mut request = format!("ws://{addr}/ws/live-chat")
            .into_client_request()
            .expect("a request");
        request
            .headers_mut()
            .insert("origin", origin.parse().expect("a header value"));
        match tokio_tungstenite::connect_async(request).await {
            Ok((socket, _)) => Ok(Self {
                socket,
                seen: VecDeque::new(),
                next_ref: 0,
            }),
            Err(tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("the socket failed otherwise: {error}"),
        }
    }

    /// Opens a socket and authenticates.
    pub async fn connect(addr: SocketAddr, token: &str) -> Self {
        let mut client = Self::open(addr).await;
        let answer = client.ask("auth", json!({ "token": token })).await;
        assert_eq!(answer["type"], "auth_success", "{answer}");
        client
    }

    /// As [`WsClient::connect`], over a connection that holds next to nothing unread.
    pub async fn connect_narrow(addr: SocketAddr, token: &str) -> Self {
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket
            .set_recv_buffer_size(8 * 1024)
            .expect("a small buffer");
        let stream = socket.connect(addr).await.expect("a connection");
        let (socket, _) = tokio_tungstenite::client_async(
            format!("ws://{addr}/ws/live-chat"),
            MaybeTlsStream::Plain(stream),
        )
        .await
        .expect("the socket opens");
        let mut client = Self {
            socket,
            seen: VecDeque::new(),
            next_ref: 0,
        };
        let answer = client.ask("auth", json!({ "token": token })).await;
        assert_eq!(answer["type"], "auth_success", "{answer}");
        client
    }

    /// Sends a text frame as it is.
    pub async fn send_raw(&mut self, text: &str) {
        self.socket
            .send(Message::text(text))
            .await
            .expect("the frame is sent");
    }

    /// Sends an event without a `ref`.
    pub async fn tell(&mut self, kind: &str, payload: Value) {
        self.send_raw(&json!({ "type": kind, "payload": payload }).to_string())
            .await;
    }

    /// Sends an event and awaits the frame that carries its `ref`.
    pub async fn ask(&mut self, kind: &str, payload: Value) -> Value {
        self.next_ref += 1;
        let reference = format!("r{}", self.next_ref);
        let frame = json!({ "type": kind, "payload": payload, "ref": reference });
        self.send_raw(&frame.to_string()).await;
        self.expect(|frame| frame["ref"] == reference.as_str())
            .await
    }

    /// Joins a room and answers the snapshot's payload.
    pub async fn join(&mut self, room: &str) -> Value {
        let answer = self.ask("join_room", json!({ "room": room })).await;
        assert_eq!(answer["type"], "conversation_update", "{answer}");
        answer["payload"].clone()
    }

    /// Awaits a frame of this type; others are kept for later.
    pub async fn next(&mut self, kind: &str) -> Value {
        self.expect(|frame| frame["type"] == kind).await
    }

    /// Awaits a frame; others are kept for later.
    pub async fn expect(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.seen.iter().position(&wanted) {
            return self.seen.remove(at).expect("it was just found");
        }
        loop {
            match self.receive().await {
                Received::Frame(frame) if wanted(&frame) => return frame,
                Received::Frame(frame) => self.seen.push_back(frame),
                other => panic!("{other:?} while a frame was awaited; seen: {:?}", self.seen),
            }
        }
    }

    /// The frames of this type that are here once the server has answered a `ping`.
    pub async fn settled(&mut self, kind: &str) -> Vec<Value> {
        self.ask("ping", json!({})).await;
        let (these, others): (Vec<_>, Vec<_>) =
            self.seen.drain(..).partition(|frame| frame["type"] == kind);
        self.seen = others.into();
        these
    }

    /// Awaits the end and answers its code.
    pub async fn closed(&mut self) -> Received {
        loop {
            match self.receive().await {
                Received::Frame(frame) => self.seen.push_back(frame),
                end => return end,
            }
        }
    }

    /// Awaits whatever comes.
    pub async fn receive(&mut self) -> Received {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.socket.next())
                .await
                .unwrap_or_else(|_| panic!("nothing came; seen: {:?}", self.seen));
            return match message {
                Some(Ok(Message::Text(text))) => {
                    Received::Frame(serde_json::from_str(&text).expect("frames are JSON"))
                }
                Some(Ok(Message::Close(Some(close)))) => Received::Closed(close.code.into()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(other)) => panic!("{other:?} is no frame of the contract"),
                Some(Err(_)) | None => Received::Gone,
            };
        }
    }

    /// Ends the connection in order.
    pub async fn leave(mut self) {
        let _ = self.socket.close(None).await;
    }
}
