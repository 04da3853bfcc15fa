//! Clients that mean no good, and events that make no sense.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures_util::SinkExt as _;
use sala::line::signature;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::Message;

use super::dice::Dice;
use super::line::SECRET;

/// So many of them are there at a time; operators' own sockets must still find room.
const AT_ONCE: usize = 40;

/// How long one holds its connection.
const HOLDS: (u64, u64) = (500, 9_000);

/// Nobody whom the team knows writes from here.
pub const STRANGER: &str = "Ubadbadbadbadbadbadbadbadbadbadbad";

/// What LINE's "Verify" button sends instead of customers.
const DUMMY: &str = "Udeadbeefdeadbeefdeadbeefdeadbeef";

/// Whose log-in they have got hold of, and what they look at with it.
#[derive(Clone)]
pub struct Prey {
    /// Of an operator.
    pub token: Arc<str>,
    /// All of them.
    pub rooms: Arc<[String]>,
}

/// Connections that are begun and not gone on with, until it is dropped.
pub async fn loiter(addr: SocketAddr, prey: &Prey, mut dice: Dice) {
    let mut visits = JoinSet::new();
    loop {
        tokio::time::sleep(dice.millis(30, 300)).await;
        while visits.try_join_next().is_some() {}
        if visits.len() < AT_ONCE {
            let dice = Dice::new(dice.next(), "visit");
            visits.spawn(visit(addr, prey.clone(), dice));
        }
    }
}

async fn visit(addr: SocketAddr, prey: Prey, mut dice: Dice) {
    let Ok(mut stream) = TcpStream::connect(addr).await else {
        return;
    };
    let hold = dice.millis(HOLDS.0, HOLDS.1);
    let bytes: &[u8] = match dice.below(6) {
        0 => b"",
        1 => b"GET / HTTP/1.1\r\nHost: loc",
        2 => b"POST /line/webhook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n{",
        3 => b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        4 => return read_nothing(addr, stream, &prey, hold).await,
        _ => return talk_nonsense(addr, stream, hold).await,
    };
    let _ = stream.write_all(bytes).await;
    tokio::time::sleep(hold).await;
}

/// Signs in, looks on everywhere, and takes nothing from the wire.
async fn read_nothing(addr: SocketAddr, stream: TcpStream, prey: &Prey, hold: Duration) {
    let Ok((mut socket, _)) =
        tokio_tungstenite::client_async(format!("ws://{addr}/ws/live-chat"), stream).await
    else {
        return;
    };
    let auth = json!({ "type": "auth", "payload": { "token": &*prey.token } });
    let _ = socket.send(Message::text(auth.to_string())).await;
    for room in prey.rooms.iter() {
        let join = json!({ "type": "join_room", "payload": { "room": room } });
        if socket.send(Message::text(join.to_string())).await.is_err() {
            return;
        }
    }
    tokio::time::sleep(hold).await;
}

async fn talk_nonsense(addr: SocketAddr, stream: TcpStream, hold: Duration) {
    let Ok((mut socket, _)) =
        tokio_tungstenite::client_async(format!("ws://{addr}/ws/live-chat"), stream).await
    else {
        return;
    };
    let nested = "[".repeat(4_000);
    for text in [
        "",
        "null",
        r#"{"type":7}"#,
        r#"{"type":"claim_session"}"#,
        &nested,
    ] {
        for _ in 0..4 {
            if socket.send(Message::text(text)).await.is_err() {
                return;
            }
        }
    }
    tokio::time::sleep(hold).await;
}

/// Signed webhooks that hold what must not do harm, until it is dropped.
pub async fn post_nonsense(addr: SocketAddr, http: reqwest::Client, mut dice: Dice) {
    loop {
        tokio::time::sleep(dice.millis(50, 400)).await;
        let body = absurd(&mut dice);
        let request = http
            .post(format!("http://{addr}/line/webhook"))
            .header("x-line-signature", signature::sign(SECRET, body.as_bytes()))
            .body(body);
        let _ = request.send().await;
    }
}

fn absurd(dice: &mut Dice) -> String {
    let now = sala::clock::now().0;
    let events = match dice.below(8) {
        0 => return format!(r#"{{"destination":"U","events":[{}]}}"#, "[".repeat(20_000)),
        1 => vec![json!({}); 1_000],
        2 => vec![json!({}); 1_001],
        3 => vec![
            says(dice, STRANGER, i64::MAX),
            says(dice, STRANGER, i64::MIN),
        ],
        4 => vec![
            says(dice, STRANGER, now + 86_400_000),
            says(dice, STRANGER, -1),
        ],
        5 => vec![says(dice, DUMMY, now)],
        6 => vec![
            json!({ "type": "beacon", "timestamp": now, "mode": "active",
            "webhookEventId": dice.uuid().to_string(),
            "source": { "type": "user", "userId": STRANGER },
            "beacon": { "type": "stay", "hwid": "0" } }),
        ],
        _ => vec![
            json!({ "type": "unsend", "timestamp": now, "mode": "active",
            "webhookEventId": dice.uuid().to_string(),
            "source": { "type": "user", "userId": STRANGER },
            "unsend": { "messageId": (dice.next() % 1_000).to_string() } }),
        ],
    };
    json!({ "destination": "U", "events": events }).to_string()
}

fn says(dice: &mut Dice, who: &str, at: i64) -> Value {
    json!({ "type": "message", "timestamp": at, "mode": "active",
        "webhookEventId": dice.uuid().to_string(),
        "deliveryContext": { "isRedelivery": false },
        "source": { "type": "user", "userId": who },
        "replyToken": dice.uuid().simple().to_string(),
        "message": { "type": "text", "id": (dice.next() % 1_000).to_string(),
            "text": "nonsense \u{200b}\u{202e}" } })
}
