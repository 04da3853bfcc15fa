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

/// Characters of the texts beside which sockets stall.
const LONG: usize = 4_500;

/// Seconds in which they are closed; the server gives them some time to read what waits.
const PATIENCE: usize = 30;

pub async fn run(plan: &Plan, sala: Hall<'_>, bare: Hall<'_>, report: &mut Report) {
    let sala = measure(plan, sala, (0, "")).await;
    let bare = measure(plan, bare, (0, "")).await;
    let what = ("latency", "webhook to socket");
    let aim = if plan.servers { 25.0 } else { 6.0 };
    report.add_latencies(what, &sala, &bare, Aim::AtMost(aim));
}

/// The same with longer texts, without and with sockets in the room that read nothing until they
/// are closed; the limit beside it is the same without them.
pub async fn beside_stalled(plan: &Plan, sala: Hall<'_>, report: &mut Report) {
    let long = "x".repeat(LONG);
    let alone = measure(plan, sala, (0, &long)).await;
    let stalled = sala.stall(plan.stalled).await;
    let beside = measure(plan, sala, (plan.webhooks, &long)).await;
    let what = ("stalled", "webhook to the others (bare: none stalled)");
    report.add_latencies(what, &beside, &alone, Aim::None);
    let mut closed = 0;
    if let Hall::Sala(server) = sala {
        for _ in 0..PATIENCE {
            closed = server.closed_as_too_slow().await;
            if closed == plan.stalled {
                break;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
    drop(stalled);
    let figure = ("stalled", "stalled sockets that were closed", "");
    let all = Aim::AtLeast(plan.stalled as f64);
    report.add(figure, closed as f64, None, all);
}

/// Posts webhooks, the first of which is LINE's `first`, with `more` at the end of each text.
pub(super) async fn measure(
    plan: &Plan,
    hall: Hall<'_>,
    (first, more): (usize, &str),
) -> Vec<Duration> {
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
        posting.post((first, number), more).await;
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

    async fn post(&mut self, (first, number): (usize, usize), more: &str) {
        let text = format!("{MARK}{number}.{more}");
        match self {
            Self::Webhooks(queues) => {
                let request = webhook(&customer(0), first + number + 1, &text);
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
