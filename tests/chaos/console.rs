//! A console as the contract wants clients to be: it queues what its operator writes, sends it
//! with the same `client_id` until it is answered, joins again with `after_rev`, and notices
//! holes by `rev`. JSON by hand, none of our own types.

mod acts;
mod incoming;
mod room;

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::Phase;
use super::dice::Dice;
use super::record;
use room::Room;

/// How long a console waits for a connection, for an answer to `auth`, and for any sign of life.
const PATIENCE: Duration = Duration::from_secs(4);

/// The heartbeat: as in the contract, only faster.
const HEARTBEAT: Duration = Duration::from_millis(700);

/// How often it looks at what is due.
const TICK: Duration = Duration::from_millis(50);

type Socket = WebSocketStream<TcpStream>;

/// Somebody who signs in.
#[derive(Clone, Debug)]
pub struct Operator {
    /// Sala's id.
    pub id: String,
    /// From `/api/login`.
    pub token: String,
    /// May take chats over.
    pub supervises: bool,
}

/// What a console knows of the world.
#[derive(Clone)]
pub struct World {
    /// Where it connects.
    pub addr: SocketAddr,
    /// The room of each customer.
    pub rooms: Arc<[String]>,
    /// All operators.
    pub team: Arc<[Operator]>,
    /// Where the run stands.
    pub phase: watch::Receiver<Phase>,
}

/// A message that is not answered yet.
struct Outgoing {
    /// Its place in the record.
    sending: usize,
    /// The connections on which it was sent, by their number.
    sent_on: Vec<usize>,
    /// Not before.
    due: Instant,
}

/// What a `ref` of ours asked.
enum Asked {
    Join { room: usize, after: Option<i64> },
    Send { client_id: String },
    Retry { sending: usize },
    Other,
}

/// A running console.
pub struct Console {
    number: usize,
    me: Operator,
    world: World,
    dice: Dice,
    record: Arc<Mutex<record::Console>>,
    rooms: Vec<Room>,
    outgoing: Vec<Outgoing>,
    written: u32,
    /// Of the present connection: its number, what it asked, what it was told, what it says next.
    connection: usize,
    asked: HashMap<String, Asked>,
    told: HashSet<(String, usize, i64, String)>,
    out: Vec<String>,
    references: u32,
    heard: Instant,
    pinged: Instant,
}

impl Console {
    /// The console `number`, of this operator; what it sees goes to `record`.
    pub fn new(
        number: usize,
        me: Operator,
        world: World,
        dice: Dice,
        record: Arc<Mutex<record::Console>>,
    ) -> Self {
        let rooms = world.rooms.iter().map(|_| Room::default()).collect();
        {
            let mut seen = record.lock().unwrap_or_else(PoisonError::into_inner);
            seen.operator.clone_from(&me.id);
            seen.views = vec![record::View::default(); world.rooms.len()];
        }
        let now = Instant::now();
        Self {
            number,
            me,
            world,
            dice,
            record,
            rooms,
            outgoing: Vec::new(),
            written: 0,
            connection: 0,
            asked: HashMap::new(),
            told: HashSet::new(),
            out: Vec::new(),
            references: 0,
            heard: now,
            pinged: now,
        }
    }

    fn record(&self) -> MutexGuard<'_, record::Console> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn phase(&self) -> Phase {
        *self.world.phase.borrow()
    }

    /// Connects again and again until the run is over.
    pub async fn run(mut self) {
        while self.phase() != Phase::Over {
            if let Some(socket) = self.connect().await {
                self.exchange(socket).await;
            }
            self.record().settled = false;
            if self.phase() == Phase::Traffic {
                // Operators write on while they are offline.
                self.write_offline();
            }
            tokio::time::sleep(self.dice.millis(10, 300)).await;
        }
    }

    /// A connection that is authenticated.
    async fn connect(&mut self) -> Option<Socket> {
        let stream = TcpStream::connect(self.world.addr).await.ok()?;
        stream.set_nodelay(true).ok()?;
        let url = format!("ws://{}/ws/live-chat", self.world.addr);
        let opening = tokio_tungstenite::client_async(url, stream);
        let (mut socket, _) = tokio::time::timeout(PATIENCE, opening).await.ok()?.ok()?;
        let auth = json!({ "type": "auth", "payload": { "token": self.me.token } });
        socket.send(Message::text(auth.to_string())).await.ok()?;
        let answer = tokio::time::timeout(PATIENCE, next_frame(&mut socket));
        let answer = answer.await.ok()??;
        if answer["type"] != "auth_success" {
            let code = answer["payload"]["code"].as_str().unwrap_or_default();
            // The store may be away; a token that is good is never refused for good.
            if code != "internal_error" {
                let what = format!("auth was answered with {answer}");
                self.record().unwanted.push(what);
            }
            return None;
        }
        self.connection += 1;
        self.asked.clear();
        self.told.clear();
        self.out.clear();
        for room in &mut self.rooms {
            room.disconnected();
        }
        let now = Instant::now();
        (self.heard, self.pinged) = (now, now);
        self.record().connections += 1;
        Some(socket)
    }

    /// Reads, writes and looks at what is due, until the connection ends.
    async fn exchange(&mut self, mut socket: Socket) {
        let mut tick = tokio::time::interval(TICK);
        let mut phase = self.world.phase.clone();
        while self.phase() != Phase::Over {
            tokio::select! {
                frame = next_frame(&mut socket) => match frame {
                    Some(frame) => {
                        self.heard = Instant::now();
                        self.take(&frame);
                    }
                    None => return,
                },
                _ = tick.tick() => {
                    if self.heard.elapsed() > PATIENCE {
                        return;
                    }
                    self.look();
                }
                _ = phase.changed() => {}
            }
            for frame in std::mem::take(&mut self.out) {
                let sending = socket.send(Message::text(frame));
                if !matches!(tokio::time::timeout(PATIENCE, sending).await, Ok(Ok(()))) {
                    return;
                }
            }
        }
        let _ = tokio::time::timeout(PATIENCE, socket.close(None)).await;
    }

    /// Sends what is due.
    fn look(&mut self) {
        let now = Instant::now();
        if self.pinged.elapsed() > HEARTBEAT {
            self.pinged = now;
            self.say("ping", json!({}), Asked::Other);
        }
        for number in 0..self.rooms.len() {
            let known = self.record().views[number].rev;
            if self.rooms[number].wants_join(now) {
                self.join(number, known);
            }
        }
        self.flush(now);
        if self.phase() == Phase::Traffic {
            self.act();
        }
        let settled = self.outgoing.is_empty() && self.rooms.iter().all(Room::is_settled);
        self.record().settled = settled;
    }

    fn join(&mut self, number: usize, after: Option<i64>) {
        let mut payload = json!({ "room": self.world.rooms[number] });
        if let Some(after) = after {
            payload["after_rev"] = after.into();
            self.record().resumes += 1;
        }
        if self.rooms[number].asked(Instant::now()) {
            self.record().holes += 1;
        }
        let room = number;
        self.say("join_room", payload, Asked::Join { room, after });
    }

    /// Sends every message that was not sent on this connection, in order, into rooms that are
    /// joined.
    fn flush(&mut self, now: Instant) {
        let due: Vec<usize> = self
            .outgoing
            .iter_mut()
            .filter(|it| it.due <= now && it.sent_on.last() != Some(&self.connection))
            .map(|it| it.sending)
            .collect();
        for sending in due {
            let (mark, client_id) = {
                let record = self.record();
                let sending = &record.sendings[sending];
                (sending.mark, sending.client_id.clone())
            };
            if !self.rooms[mark.customer].is_joined() {
                continue;
            }
            let place = self.outgoing.iter_mut().find(|it| it.sending == sending);
            if let Some(outgoing) = place {
                outgoing.sent_on.push(self.connection);
            }
            self.send(mark, client_id);
        }
    }

    fn say(&mut self, kind: &str, payload: Value, asked: Asked) {
        self.references += 1;
        let reference = format!("r{}", self.references);
        let frame = json!({ "type": kind, "payload": payload, "ref": reference });
        self.out.push(frame.to_string());
        self.asked.insert(reference, asked);
    }
}

/// The next frame of the contract; `None` when the connection has ended.
async fn next_frame(socket: &mut Socket) -> Option<Value> {
    loop {
        match socket.next().await? {
            Ok(Message::Text(text)) => return serde_json::from_str(&text).ok(),
            Ok(Message::Ping(_) | Message::Pong(_)) => {}
            Ok(_) | Err(_) => return None,
        }
    }
}
