//! A network between clients and servers: spreads connections over the nodes and, when it is
//! rough, delays, stalls and cuts them.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use super::dice::Dice;

/// How long a stalled connection keeps silent before it goes: longer than clients are patient.
const STALL: Duration = Duration::from_secs(6);

struct Shared {
    nodes: Vec<SocketAddr>,
    rough: AtomicBool,
    cuts: AtomicUsize,
    dice: Mutex<Dice>,
}

/// A running network; dropping it cuts everything.
pub struct Network {
    /// Where clients connect.
    pub addr: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Network {
    /// A calm network in front of these nodes.
    pub async fn before(nodes: Vec<SocketAddr>, dice: Dice) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let addr = listener.local_addr().expect("it is bound");
        let shared = Arc::new(Shared {
            nodes,
            rough: AtomicBool::new(false),
            cuts: AtomicUsize::new(0),
            dice: Mutex::new(dice),
        });
        let task = tokio::spawn(accept(listener, shared.clone()));
        Self { addr, shared, task }
    }

    /// From now on connections are treated badly, or no longer.
    pub fn set_rough(&self, rough: bool) {
        self.shared.rough.store(rough, Ordering::Relaxed);
    }

    /// How many connections it has cut.
    pub fn cuts(&self) -> usize {
        self.shared.cuts.load(Ordering::Relaxed)
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    fn dice(&self) -> Dice {
        let mut dice = self.dice.lock().unwrap_or_else(PoisonError::into_inner);
        let seed = dice.next();
        Dice::new(seed, "connection")
    }

    fn is_rough(&self) -> bool {
        self.rough.load(Ordering::Relaxed)
    }

    fn cut(&self) {
        self.cuts.fetch_add(1, Ordering::Relaxed);
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => if let Ok((client, _)) = accepted {
                connections.spawn(carry(client, shared.clone()));
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn carry(client: TcpStream, shared: Arc<Shared>) {
    let mut dice = shared.dice();
    if shared.is_rough() && dice.chance(10) {
        return shared.cut();
    }
    let Some(server) = reach(&shared.nodes, &mut dice).await else {
        return;
    };
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let (up, down) = (Dice::new(dice.next(), "up"), Dice::new(dice.next(), "down"));
    // Whichever way ends first takes the other with it.
    tokio::select! {
        () = pump(from_client, to_server, &shared, up) => {}
        () = pump(from_server, to_client, &shared, down) => {}
    }
}

/// Any node that takes the connection.
async fn reach(nodes: &[SocketAddr], dice: &mut Dice) -> Option<TcpStream> {
    let first = dice.below(nodes.len());
    for turn in 0..nodes.len() {
        let node = nodes[(first + turn) % nodes.len()];
        if let Ok(stream) = TcpStream::connect(node).await {
            return Some(stream);
        }
    }
    None
}

async fn pump(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, shared: &Shared, mut dice: Dice) {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let Ok(length @ 1..) = from.read(&mut buffer).await else {
            return;
        };
        let mut bytes = &buffer[..length];
        let mut ends = false;
        if shared.is_rough() {
            match dice.below(1_000) {
                // In the middle of what is under way.
                0..12 => (bytes, ends) = (&bytes[..dice.below(length)], true),
                12..16 => {
                    shared.cut();
                    return tokio::time::sleep(STALL).await;
                }
                16..120 => tokio::time::sleep(dice.millis(5, 400)).await,
                _ => {}
            }
        }
        if to.write_all(bytes).await.is_err() {
            return;
        }
        if ends {
            return shared.cut();
        }
    }
}
