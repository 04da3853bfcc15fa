//! Operators who send at the same moment, each in a conversation of their own.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;

use crate::figures::{Aim, Report};
use crate::hall::{Hall, room_name};
use crate::plan::Plan;
use crate::socket::Socket;

/// How often each sends; within the burst of 100 that an operator may make.
const ROUNDS: usize = 40;

/// Between the moments at which all send.
const PAUSE: Duration = Duration::from_millis(150);

pub async fn run(plan: &Plan, sala: Hall<'_>, bare: Hall<'_>, report: &mut Report) {
    let sala = measure(plan, sala).await;
    let bare = measure(plan, bare).await;
    let what = ("send", "send to message_sent");
    report.add_latencies(what, &sala, &bare, Aim::AtMost(10.0));
}

async fn measure(plan: &Plan, hall: Hall<'_>) -> Vec<Duration> {
    hall.add_rooms(plan.senders).await;
    let mut sockets = hall.fill(plan.senders, |n| n).await;
    if let Hall::Sala(_) = hall {
        for (room, socket) in sockets.iter_mut().enumerate() {
            let payload = json!({ "room": room_name(room) });
            let claim = json!({ "type": "claim_session", "payload": payload });
            socket.send(&claim.to_string()).await;
            socket.until(r#"{"type":"session_claimed""#).await;
        }
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let began = Instant::now() + PAUSE;
    let tasks = sockets.into_iter().enumerate().map(|(room, socket)| {
        let (frame, answer) = match hall {
            Hall::Sala(_) => (None, r#"{"type":"message_sent""#),
            Hall::Bare(_) => (Some(format!("{}{:>300}", crate::bare::ECHO, ' ')), "echo"),
        };
        tokio::spawn(send(socket, room, (frame, answer), began))
    });
    let took = join_all(tasks).await;
    took.into_iter().flat_map(Result::unwrap).collect()
}

async fn send(
    mut socket: Socket,
    room: usize,
    (frame, answer): (Option<String>, &'static str),
    began: Instant,
) -> Vec<Duration> {
    let mut ticks = tokio::time::interval_at(began.into(), PAUSE);
    let mut took = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        // What others do is read while it is waited.
        loop {
            tokio::select! {
                _ = ticks.tick() => break,
                _ = socket.next() => {}
            }
        }
        let text = frame.clone().unwrap_or_else(|| {
            let client_id = format!("00000000-0000-4000-8000-{room:06}{round:06}");
            let text = "The red one is 250 baht, and it comes with a box.";
            let payload = json!({ "room": room_name(room), "client_id": client_id, "text": text });
            json!({ "type": "send_message", "payload": payload }).to_string()
        });
        let sent = Instant::now();
        socket.send(&text).await;
        socket.until(answer).await;
        took.push(sent.elapsed());
    }
    took
}
