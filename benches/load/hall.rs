//! Where sockets gather: Sala, or the bare broadcaster with the same traffic.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use serde_json::json;

use crate::bare::{Bare, ECHO};
use crate::process::Process;
use crate::server::Server;
use crate::socket::Socket;

/// What an event of the fan-out begins with, on either side.
pub const EVENT: &str = r#"{"type":"typing_indicator""#;

/// Where Sala's sockets are.
const PATH: &str = "/ws/live-chat";

/// Sockets that are being opened at the same time.
const OPENING: usize = 64;

/// One of the two.
#[derive(Clone, Copy)]
pub enum Hall<'a> {
    Sala(&'a Server),
    Bare(&'a Bare),
}

impl Hall<'_> {
    pub fn addr(self) -> SocketAddr {
        match self {
            Self::Sala(server) => server.addr,
            Self::Bare(bare) => bare.addr,
        }
    }

    pub fn process(self) -> Process {
        match self {
            Self::Sala(server) => server.process(),
            Self::Bare(bare) => bare.process(),
        }
    }

    /// Makes rooms, if that takes something.
    pub async fn add_rooms(self, count: usize) {
        if let Self::Sala(server) = self {
            for number in 0..count {
                server.add_customer(&customer(number)).await;
            }
            // What this stirred up beside the sockets is over by then.
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// Opens a socket of the `nth` operator and authenticates it.
    pub async fn open(self, nth: usize, room: usize) -> Socket {
        match self {
            Self::Sala(server) => {
                let socket = Socket::open(server.addr, PATH).await;
                authenticated(server, socket, nth).await
            }
            Self::Bare(bare) => {
                let mut socket = Socket::open(bare.addr, &format!("/{room}")).await;
                socket.send(ECHO).await;
                socket.until(ECHO).await;
                socket
            }
        }
    }

    /// Opens a socket that has joined a room and, where `after` is given, caught up; answers the
    /// room's `rev` too.
    pub async fn join(self, nth: usize, room: usize, after: Option<u64>) -> (Socket, u64) {
        let mut socket = self.open(nth, room).await;
        if let Self::Bare(_) = self {
            socket.send(ECHO).await;
            socket.until(ECHO).await;
            return (socket, 0);
        }
        let rev = enter(&mut socket, room, after).await;
        (socket, rev)
    }

    /// Opens so many of Sala's sockets that have joined the first room and will read nothing.
    pub async fn stall(self, count: usize) -> Vec<Socket> {
        let Self::Sala(server) = self else {
            return Vec::new();
        };
        let mut stalled = Vec::with_capacity(count);
        for nth in 0..count {
            let socket = Socket::open_narrow(server.addr, PATH).await;
            let mut socket = authenticated(server, socket, nth).await;
            enter(&mut socket, 0, None).await;
            stalled.push(socket);
        }
        stalled
    }

    /// Opens so many sockets that have joined; the `n`th is in room `room(n)`.
    pub async fn fill(self, count: usize, room: impl Fn(usize) -> usize) -> Vec<Socket> {
        let open = stream::iter(0..count).map(|n| {
            let room = room(n);
            async move { self.join(n, room, None).await.0 }
        });
        open.buffered(OPENING).collect().await
    }

    /// A frame that makes the server tell everyone else in the room an event of 200 bytes.
    pub fn cue(self, room: usize, nth: usize) -> String {
        match self {
            Self::Sala(_) => {
                let kind = if nth.is_multiple_of(2) {
                    "typing_start"
                } else {
                    "typing_stop"
                };
                json!({ "type": kind, "payload": { "room": room_name(room) } }).to_string()
            }
            Self::Bare(_) => format!("{EVENT}{:>172}", '}'),
        }
    }

    /// A frame of the heartbeat.
    pub fn ping(self) -> &'static str {
        match self {
            Self::Sala(_) => r#"{"type":"ping","payload":{}}"#,
            Self::Bare(_) => ECHO,
        }
    }
}

async fn authenticated(server: &Server, mut socket: Socket, nth: usize) -> Socket {
    let token = &server.tokens[nth % server.tokens.len()];
    let auth = json!({ "type": "auth", "payload": { "token": token } });
    socket.send(&auth.to_string()).await;
    socket.until(r#"{"type":"auth_success""#).await;
    socket
}

/// Joins a room of Sala's; answers its `rev`.
async fn enter(socket: &mut Socket, room: usize, after: Option<u64>) -> u64 {
    let payload = json!({ "room": room_name(room), "after_rev": after });
    let join = json!({ "type": "join_room", "ref": "join", "payload": payload });
    socket.send(&join.to_string()).await;
    loop {
        let frame = socket.until(r#"{"type":"conversation_update""#).await;
        let frame = String::from_utf8(frame).unwrap();
        if frame.contains(r#""ref":"join""#) {
            assert!(frame.contains(r#""complete":true"#) || after.is_none());
            let rev = frame.split_once(r#""rev":"#).unwrap().1;
            let rev = rev.split([',', '}']).next().unwrap();
            return rev.parse().unwrap();
        }
    }
}

/// The customer of a room.
pub fn customer(room: usize) -> String {
    format!("Ubench{room:05}")
}

/// The room's name in the contract.
pub fn room_name(room: usize) -> String {
    format!("conversation:{}", customer(room))
}
