//! Events of 200 bytes to everyone in a room.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::figures::{Aim, Report};
use crate::hall::{EVENT, Hall};
use crate::plan::Plan;
use crate::socket::{Socket, append_frame};

/// How long steady traffic is measured.
const STEADY: Duration = Duration::from_secs(5);

/// Cues a second of one sender: an operator may type no faster than 20 times a second.
const CUES_PER_SECOND: usize = 10;

/// Rounds of the backlog, and the cues of one sender in each; in all an operator's burst of 60.
const ROUNDS: usize = 5;
const BURST: usize = 10;

/// Senders of the backlog. A round's events must fit a slow client's queue of 256.
const BURSTING: usize = 20;

/// Events in a room a second, where there are many.
const ROOM_RATE: usize = 4;

/// What was delivered, and at what cost.
#[derive(Clone, Copy)]
struct Done {
    deliveries: usize,
    seconds: f64,
    cpu: f64,
}

impl Done {
    fn per_second(self) -> f64 {
        self.deliveries as f64 / self.seconds
    }

    fn per_cpu_second(self) -> f64 {
        self.deliveries as f64 / self.cpu
    }
}

/// All in one room, steady and then as a backlog.
pub async fn one_room(plan: &Plan, sala: Hall<'_>, bare: Hall<'_>, report: &mut Report) {
    let senders = plan.rate.div_ceil(CUES_PER_SECOND);
    let mut steady = Vec::new();
    let mut backlog = Vec::new();
    for hall in [sala, bare] {
        hall.add_rooms(1).await;
        let receivers = hall.fill(plan.receivers, |_| 0).await;
        let senders = hall.fill(senders, |_| 0).await;
        let period = Duration::from_secs(1) * u32::try_from(senders.len()).unwrap()
            / u32::try_from(plan.rate).unwrap();
        let cues = usize::try_from(STEADY.as_nanos() / period.as_nanos()).unwrap();
        let senders = senders.into_iter().map(|socket| (socket, 0)).collect();
        let (done, receivers) = steadily(hall, senders, receivers, (cues, period)).await;
        steady.push(done);
        backlog.push(in_bursts(hall, receivers).await);
    }
    let row = |figure, unit| ("fan-out", figure, unit);
    let figure = row("steady, deliveries for a CPU-second", "/s");
    let bare = Some(steady[1].per_cpu_second());
    report.add(figure, steady[0].per_cpu_second(), bare, Aim::Share(1.0));
    let figure = row("backlog, deliveries for a CPU-second", "/s");
    let bare = Some(backlog[1].per_cpu_second());
    report.add(figure, backlog[0].per_cpu_second(), bare, Aim::Share(0.6));
    let figure = row("backlog, deliveries a second", "/s");
    let bare = Some(backlog[1].per_second());
    report.add(figure, backlog[0].per_second(), bare, Aim::Share(0.6));
}

/// The same sockets in many rooms.
pub async fn many_rooms(plan: &Plan, sala: Hall<'_>, bare: Hall<'_>, report: &mut Report) {
    let mut steady = Vec::new();
    for hall in [sala, bare] {
        hall.add_rooms(plan.rooms).await;
        let receivers = hall.fill(plan.receivers, |n| n % plan.rooms).await;
        // Operators in turn, so that each types no faster than one may.
        let senders = hall.fill(plan.rooms, |n| n).await;
        let senders = senders.into_iter().zip(0..).collect();
        let period = Duration::from_secs(1) / u32::try_from(ROOM_RATE).unwrap();
        let counts = (
            ROOM_RATE * usize::try_from(STEADY.as_secs()).unwrap(),
            period,
        );
        let (done, _) = steadily(hall, senders, receivers, counts).await;
        steady.push(done);
    }
    let figure = ("rooms", "deliveries for a CPU-second", "/s");
    let bare = Some(steady[1].per_cpu_second());
    report.add(figure, steady[0].per_cpu_second(), bare, Aim::None);
}

/// Each sender gives so many cues, one a period, in its room.
async fn steadily(
    hall: Hall<'_>,
    senders: Vec<(Socket, usize)>,
    receivers: Vec<Socket>,
    (cues, period): (usize, Duration),
) -> (Done, Vec<Socket>) {
    settle().await;
    let in_room_0 = senders.iter().filter(|(_, room)| *room == 0).count();
    let each = in_room_0 * cues;
    let deliveries = each * receivers.len() + in_room_0.saturating_sub(1) * cues * senders.len();
    let (cpu, began) = (hall.process().cpu(), Instant::now());
    let mut receiving: JoinSet<Socket> = receivers
        .into_iter()
        .map(|socket| receive(socket, each))
        .collect();
    let count = u32::try_from(senders.len()).unwrap();
    let mut sending: JoinSet<()> = (0..)
        .zip(senders)
        .map(|(n, (socket, room))| {
            let texts = [hall.cue(room, 0), hall.cue(room, 1)];
            let start = began + period * n / count;
            send(socket, texts, cues, (start, period))
        })
        .collect();
    let mut received = Vec::new();
    while let Some(socket) = receiving.join_next().await {
        received.push(socket.unwrap());
    }
    let seconds = began.elapsed().as_secs_f64();
    let cpu = hall.process().cpu() - cpu;
    sending.shutdown().await;
    let done = Done {
        deliveries,
        seconds,
        cpu,
    };
    (done, received)
}

async fn send(
    mut socket: Socket,
    texts: [String; 2],
    cues: usize,
    (start, period): (Instant, Duration),
) {
    let mut ticks = tokio::time::interval_at(start.into(), period);
    let mut given = 0;
    loop {
        tokio::select! {
            _ = ticks.tick(), if given < cues => {
                socket.send(&texts[given % 2]).await;
                given += 1;
            }
            _ = socket.next() => {}
        }
    }
}

/// Reads until so many events have come.
async fn receive(mut socket: Socket, events: usize) -> Socket {
    let mut seen = 0;
    while seen < events {
        seen += usize::from(socket.next().await.starts_with(EVENT.as_bytes()));
    }
    socket
}

/// Bursts of events, each of which all have received before the next begins.
async fn in_bursts(hall: Hall<'_>, mut receivers: Vec<Socket>) -> Done {
    // Operators whose allowance of signals is whole.
    let mut senders = Vec::new();
    for nth in 0..BURSTING {
        senders.push(hall.join(nth + BURSTING, 0, None).await.0);
    }
    settle().await;
    let mut burst = Vec::new();
    for nth in 0..BURST {
        append_frame(&mut burst, &hall.cue(0, nth));
    }
    let mut deliveries = 0;
    let (cpu, began) = (hall.process().cpu(), Instant::now());
    for _ in 0..ROUNDS {
        let events = BURSTING * BURST;
        deliveries += events * receivers.len() + (events - BURST) * senders.len();
        for sender in &mut senders {
            sender.send_frames(&burst).await;
        }
        let mut receiving: JoinSet<Socket> = receivers
            .drain(..)
            .map(|socket| receive(socket, events))
            .collect();
        let mut own: JoinSet<Socket> = senders
            .drain(..)
            .map(|socket| receive(socket, events - BURST))
            .collect();
        while let Some(socket) = receiving.join_next().await {
            receivers.push(socket.unwrap());
        }
        while let Some(socket) = own.join_next().await {
            senders.push(socket.unwrap());
        }
    }
    Done {
        deliveries,
        seconds: began.elapsed().as_secs_f64(),
        cpu: hall.process().cpu() - cpu,
    }
}

/// What coming and joining stirred up is over.
async fn settle() {
    tokio::time::sleep(Duration::from_secs(1)).await;
}
