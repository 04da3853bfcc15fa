//! From posting a webhook to each operator's socket.

use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::figures::{Aim, Report};
use crate::hall::{Hall, customer};
use crate::http::{Http, webhook};
use crate::plan::Plan;
use crate::socket::Socket;

/// Connections on which webhooks are posted.
const CONNECTIONS: usize = 16;

/// Before the number of a message.
const MARK: &str = "at number ";

pub async fn run(plan: &Plan, sala: Hall<'_>, bare: Hall<'_>, report: &mut Report) {
    let sala = measure(plan, sala).await;
    let bare = measure(plan, bare).await;
    let what = ("latency", "webhook to socket");
    report.add_latencies(what, &sala, &bare, Aim::AtMost(6.0));
}

async fn measure(plan: &Plan, hall: Hall<'_>) -> Vec<Duration> {
    hall.add_rooms(1).await;
    let sockets = hall.fill(plan.operators, |_| 0).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut listening: JoinSet<Vec<(usize, Instant)>> = sockets
        .into_iter()
        .map(|socket| arrivals(socket, plan.webhooks))
        .collect();
    let mut posting = Posting::start(hall).await;
    let mut ticks =
        tokio::time::interval(Duration::from_secs(1) / u32::try_from(plan.webhook_rate).unwrap());
    let mut posted = Vec::with_capacity(plan.webhooks);
    for number in 0..plan.webhooks {
        ticks.tick().await;
        posted.push(Instant::now());
        posting.post(number).await;
    }
    let mut latencies = Vec::new();
    while let Some(arrived) = listening.join_next().await {
        let arrived = arrived.unwrap().into_iter();
        latencies.extend(arrived.map(|(number, at)| at - posted[number]));
    }
    latencies
}

/// The way in.
enum Posting {
    /// A queue for each connection.
    Webhooks(Vec<mpsc::UnboundedSender<Vec<u8>>>),
    Frames(Socket),
}

impl Posting {
    async fn start(hall: Hall<'_>) -> Self {
        let Hall::Sala(server) = hall else {
            return Self::Frames(hall.open(0, 0).await);
        };
        let mut queues = Vec::new();
        for _ in 0..CONNECTIONS {
            let mut http = Http::connect(server.addr).await;
            let (queue, mut requests) = mpsc::unbounded_channel::<Vec<u8>>();
            tokio::spawn(async move {
                while let Some(request) = requests.recv().await {
                    http.ask(&request).await;
                }
            });
            queues.push(queue);
        }
        Self::Webhooks(queues)
    }

    async fn post(&mut self, number: usize) {
        let text = format!("{MARK}{number}.");
        match self {
            Self::Webhooks(queues) => {
                let request = webhook(&customer(0), number + 1, &text);
                queues[number % CONNECTIONS].send(request).unwrap();
            }
            // As much as Sala's events of a line and of its conversation.
            Self::Frames(socket) => {
                let line = format!(r#"{{"type":"new_message","text":"{text}{:>600}"#, ' ');
                socket.send(&line).await;
            }
        }
    }
}

/// When each of the numbered messages arrived.
async fn arrivals(mut socket: Socket, count: usize) -> Vec<(usize, Instant)> {
    let mut arrived = Vec::with_capacity(count);
    while arrived.len() < count {
        let frame = socket.next().await;
        if !frame.starts_with(br#"{"type":"new_message""#) {
            continue;
        }
        let now = Instant::now();
        let text = std::str::from_utf8(frame).unwrap();
        let number = text.split_once(MARK).and_then(|(_, n)| n.split_once('.'));
        if let Some((number, _)) = number {
            arrived.push((number.parse().unwrap(), now));
        }
    }
    arrived
}
