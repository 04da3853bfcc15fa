//! Sockets that do nothing but beat.

use std::time::{Duration, Instant};

use crate::figures::{Aim, Report};
use crate::hall::Hall;
use crate::plan::Plan;
use crate::socket::Socket;

/// A client's.
const HEARTBEAT: Duration = Duration::from_secs(25);

/// Rooms that the sockets share.
const ROOMS: usize = 100;

struct Idle {
    /// KiB each.
    memory: f64,
    /// Of one core, in hundredths.
    cpu: f64,
}

pub async fn run(plan: &Plan, sala: Hall<'_>, bare: Hall<'_>, report: &mut Report) {
    let sala = watch(plan, sala).await;
    let bare = watch(plan, bare).await;
    let memory = ("idle", "memory for each socket", "KiB");
    report.add(memory, sala.memory, Some(bare.memory), Aim::AtMost(14.0));
    let cpu = ("idle", "processor time, 25 s heartbeats", "% of a core");
    report.add(cpu, sala.cpu, Some(bare.cpu), Aim::AtMost(2.0));
}

async fn watch(plan: &Plan, hall: Hall<'_>) -> Idle {
    hall.add_rooms(ROOMS).await;
    // The first sockets pay for what the process needs once.
    let warm = hall.fill(200, |n| n % ROOMS).await;
    let before = hall.process().memory();
    let sockets = hall.fill(plan.idle, |n| n % ROOMS).await;
    // Operators who have just come are told to all; let that pass.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let memory = (hall.process().memory() - before) / sockets.len() as f64;
    let count = u32::try_from(sockets.len()).unwrap();
    let beating: Vec<_> = warm
        .into_iter()
        .map(|socket| tokio::spawn(socket.discard()))
        .chain((0..).zip(sockets).map(|(n, socket)| {
            let after = HEARTBEAT * n / count;
            tokio::spawn(beat(socket, hall.ping(), after))
        }))
        .collect();
    let (cpu, began) = (hall.process().cpu(), Instant::now());
    tokio::time::sleep(Duration::from_secs(plan.seconds as u64)).await;
    let cpu = (hall.process().cpu() - cpu) / began.elapsed().as_secs_f64() * 100.0;
    for task in beating {
        task.abort();
    }
    Idle { memory, cpu }
}

async fn beat(mut socket: Socket, ping: &'static str, after: Duration) {
    let mut beats = tokio::time::interval_at((Instant::now() + after).into(), HEARTBEAT);
    loop {
        tokio::select! {
            _ = beats.tick() => socket.send(ping).await,
            _ = socket.next() => {}
        }
    }
}
