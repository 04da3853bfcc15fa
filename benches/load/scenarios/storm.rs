//! All come back at once after the connection broke, and have missed something.

use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt};

use crate::figures::{Aim, Report};
use crate::hall::{Hall, customer};
use crate::http::{Http, webhook};
use crate::plan::Plan;

/// Rooms that the sockets share.
const ROOMS: usize = 100;

/// Clients wait for a random part of a second before their first try.
const JITTER: Duration = Duration::from_secs(1);

pub async fn run(plan: &Plan, sala: Hall<'_>, bare: Hall<'_>, report: &mut Report) {
    let (sala_all, sala_each) = measure(plan, sala).await;
    let (bare_all, bare_each) = measure(plan, bare).await;
    let all = ("storm", "all are back, starts spread over 1 s", "s");
    report.add(all, sala_all, Some(bare_all), Aim::AtMost(5.0));
    let each = ("storm", "from connect to resumed");
    report.add_latencies(each, &sala_each, &bare_each, Aim::None);
}

async fn measure(plan: &Plan, hall: Hall<'_>) -> (f64, Vec<Duration>) {
    hall.add_rooms(ROOMS).await;
    let open =
        stream::iter(0..plan.storm).map(|n| async move { hall.join(n, n % ROOMS, None).await });
    let (sockets, revs): (Vec<_>, Vec<_>) = open.buffered(64).unzip().await;
    drop(sockets);
    if let Hall::Sala(server) = hall {
        let mut http = Http::connect(server.addr).await;
        for room in 0..ROOMS {
            let missed = webhook(&customer(room), 1, "Are you still there?");
            http.ask(&missed).await;
        }
    }
    // The server has noticed that they are gone.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let count = u32::try_from(plan.storm).unwrap();
    let began = Instant::now();
    let back = (0..).zip(revs).map(|(n, rev): (u32, u64)| async move {
        tokio::time::sleep_until((began + JITTER * n / count).into()).await;
        let started = Instant::now();
        let (socket, _) = hall.join(n as usize, n as usize % ROOMS, Some(rev)).await;
        let took = started.elapsed();
        // It reads on, as a console does.
        (took, tokio::spawn(socket.discard()))
    });
    let back: Vec<_> = stream::iter(back)
        .buffer_unordered(plan.storm)
        .collect()
        .await;
    let all = began.elapsed().as_secs_f64();
    let mut each = Vec::new();
    for (took, reading) in back {
        reading.abort();
        each.push(took);
    }
    (all, each)
}
