//! The scenarios. Each ends by count, and by time if the server stalls.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use futures_util::stream::{self, StreamExt};

use crate::Plan;
use crate::client::{Socket, post, webhook};
use crate::figures::Report;
use crate::server::Server;

/// No scenario takes longer.
const LIMIT: Duration = Duration::from_mins(2);

async fn bounded<T>(name: &str, scenario: impl Future<Output = T>) -> T {
    let done = tokio::time::timeout(LIMIT, scenario).await;
    done.unwrap_or_else(|_| panic!("{name} took more than {} s", LIMIT.as_secs()))
}

/// Opens sockets that joined `room`, a hundred at a time.
async fn sockets(server: &Server, room: &str, count: usize) -> Vec<Socket> {
    let open = stream::iter(0..count).map(|_| Socket::joined(server, room));
    open.buffer_unordered(100).collect().await
}

/// Memory per authenticated, joined connection that does nothing.
pub async fn idle(server: &Server, plan: Plan, report: &mut Report) {
    bounded("idle", async {
        post(server, webhook("Uidle", 0, "hello")).await;
        // The first sockets pay for what the process needs once.
        let warm = sockets(server, "conversation:Uidle", 100).await;
        let before = server.memory();
        let started = Instant::now();
        let open = sockets(server, "conversation:Uidle", plan.sockets).await;
        let took = started.elapsed().as_secs_f64();
        let grown = server.memory().saturating_sub(before);
        #[expect(clippy::cast_precision_loss, reason = "figures for people")]
        {
            let each = grown as f64 / open.len() as f64 / 1_024.0;
            report.add("idle", "memory per connection", each, "KiB");
            report.add("idle", "connections opened", open.len() as f64 / took, "/s");
        }
        drop((warm, open));
    })
    .await;
}

/// From posting a webhook to each operator's socket.
pub async fn latency(server: &Server, plan: Plan, report: &mut Report) {
    bounded("latency", async {
        post(server, webhook("Ulatency", 0, "start")).await;
        let listening = sockets(server, "conversation:Ulatency", plan.operators).await;
        let started = Instant::now();
        let listeners: Vec<_> = listening
            .into_iter()
            .map(|socket| tokio::spawn(arrivals(socket, plan.webhooks)))
            .collect();
        let pause = Duration::from_secs(1) / plan.rate;
        let mut tick = tokio::time::interval(pause);
        let mut posted = Vec::with_capacity(plan.webhooks);
        let mut answers = Vec::with_capacity(plan.webhooks);
        for number in 1..=plan.webhooks {
            tick.tick().await;
            let signed = webhook("Ulatency", number, &format!("at {number}."));
            posted.push(started.elapsed());
            answers.push(post(server, signed));
            if answers.len() == 4 {
                join_all(answers.drain(..)).await;
            }
        }
        join_all(answers).await;
        let mut latencies = Vec::new();
        for listener in listeners {
            for (number, at) in listener.await.expect("the listener ends") {
                latencies.push((at - started).saturating_sub(posted[number - 1]));
            }
        }
        report.add_latencies("latency", "webhook to socket", &mut latencies);
    })
    .await;
}

/// When each of the numbered messages arrived.
async fn arrivals(mut socket: Socket, count: usize) -> Vec<(usize, Instant)> {
    let mut arrived = Vec::with_capacity(count);
    while arrived.len() < count {
        let frame = socket.next().await;
        if !frame.starts_with(r#"{"type":"new_message""#) {
            continue;
        }
        let number = frame
            .split_once("\"text\":\"at ")
            .and_then(|(_, rest)| rest.split_once('.'));
        if let Some(number) = number.and_then(|(number, _)| number.parse().ok()) {
            arrived.push((number, Instant::now()));
        }
    }
    arrived
}

/// Deliveries of one room's events to everyone in it.
pub async fn fan_out(server: &Server, plan: Plan, report: &mut Report) {
    const EVENTS: usize = 60;
    bounded("fan-out", async {
        post(server, webhook("Ufan", 0, "start")).await;
        let listening = sockets(server, "conversation:Ufan", plan.sockets).await;
        let cpu = server.cpu();
        let started = Instant::now();
        let listeners: Vec<_> = listening
            .into_iter()
            .map(|socket| tokio::spawn(arrivals(socket, EVENTS)))
            .collect();
        for number in 1..=EVENTS {
            post(server, webhook("Ufan", number, &format!("at {number}."))).await;
        }
        for listener in listeners {
            listener.await.expect("the listener ends");
        }
        // Each webhook is two frames a socket: the message, and the list's update.
        #[expect(clippy::cast_precision_loss, reason = "figures for people")]
        let deliveries = (plan.sockets * EVENTS * 2) as f64;
        report.add(
            "fan-out",
            "deliveries",
            deliveries / started.elapsed().as_secs_f64(),
            "/s",
        );
        let used = server.cpu() - cpu;
        report.add(
            "fan-out",
            "deliveries per server CPU-second",
            deliveries / used,
            "/s",
        );
    })
    .await;
}

/// Signed webhooks stored durably, over 16 connections.
pub async fn ingest(server: &Server, plan: Plan, report: &mut Report) {
    bounded("ingest", async {
        let all: Vec<_> = (0..plan.ingest)
            .map(|n| {
                webhook(
                    &format!("Uingest{:03}", n % 500),
                    n,
                    "How much is the red one?",
                )
            })
            .collect();
        let started = Instant::now();
        stream::iter(all)
            .for_each_concurrent(16, |signed| post(server, signed))
            .await;
        #[expect(clippy::cast_precision_loss, reason = "figures for people")]
        let rate = plan.ingest as f64 / started.elapsed().as_secs_f64();
        report.add("ingest", "durable webhooks", rate, "/s");
    })
    .await;
}
