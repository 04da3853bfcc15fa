//! The limit: a tokio-tungstenite broadcaster that does nothing else. It is this program, started
//! again, so that its processor time and memory are its own.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::sync::broadcast::{self, error::TryRecvError};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use crate::process::Process;

/// Starts the broadcaster instead of the bench.
pub const ARGUMENT: &str = "--bare-broadcaster";

/// What begins so is answered to its sender only.
pub const ECHO: &str = "echo";

/// Events that wait in a room.
const QUEUE: usize = 4_096;

/// A running broadcaster.
pub struct Bare {
    child: Child,
    /// Where it listens.
    pub addr: SocketAddr,
}

impl Bare {
    /// Starts it.
    pub async fn start() -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg(ARGUMENT)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let addr = lines.next_line().await.unwrap().unwrap().parse().unwrap();
        Self { child, addr }
    }

    /// For what it has used.
    pub fn process(&self) -> Process {
        Process(self.child.id().expect("the broadcaster runs"))
    }

    /// Ends it.
    pub async fn stop(mut self) {
        let _ = self.child.kill().await;
    }
}

/// Who said something, and what.
type Said = (u64, Message);

#[derive(Clone, Default)]
struct Rooms(Arc<Mutex<HashMap<String, broadcast::Sender<Said>>>>);

impl Rooms {
    fn enter(&self, room: String) -> broadcast::Sender<Said> {
        let mut rooms = self.0.lock().unwrap();
        let new = || broadcast::channel(QUEUE).0;
        rooms.entry(room).or_insert_with(new).clone()
    }
}

/// Serves until it is killed. Prints its address first.
pub fn serve() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("{}", listener.local_addr().unwrap());
        let rooms = Rooms::default();
        for id in 0.. {
            let (stream, _) = listener.accept().await.unwrap();
            let rooms = rooms.clone();
            tokio::spawn(async move { serve_one(stream, rooms, id).await });
        }
    });
}

async fn serve_one(stream: TcpStream, rooms: Rooms, id: u64) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    // With tungstenite's default of 128 KiB the read buffers are most of the memory.
    let config = WebSocketConfig::default().read_buffer_size(2_048);
    let mut path = String::new();
    #[expect(clippy::result_large_err, reason = "tungstenite's own signature")]
    let note_path = |request: &Request, response: Response| {
        request.uri().path().clone_into(&mut path);
        Ok(response)
    };
    let socket =
        tokio_tungstenite::accept_hdr_async_with_config(stream, note_path, Some(config)).await;
    let mut socket = socket.ok()?;
    let room = rooms.enter(path);
    let mut said = room.subscribe();
    loop {
        tokio::select! {
            heard = socket.next() => match heard?.ok()? {
                Message::Text(text) if text.starts_with(ECHO) => {
                    socket.send(Message::Text(text)).await.ok()?;
                }
                message @ Message::Text(_) => drop(room.send((id, message))),
                _ => {}
            },
            first = said.recv() => {
                let mut next = first.ok();
                while let Some((from, message)) = next {
                    if from != id {
                        socket.feed(message).await.ok()?;
                    }
                    next = match said.try_recv() {
                        Ok(said) => Some(said),
                        Err(TryRecvError::Empty) => None,
                        Err(_) => return None,
                    };
                }
                socket.flush().await.ok()?;
            }
        }
    }
}
