//! Signed webhooks stored durably, over 16 connections; alone, and beside consoles that hear of each.

use std::net::SocketAddr;
use std::time::Instant;

use futures_util::future::join_all;

use crate::figures::{Aim, Report};
use crate::hall::{Hall, customer};
use crate::http::{Http, alive, webhook};
use crate::plan::Plan;

const CONNECTIONS: usize = 16;

/// Customers whom the webhooks are from.
const CUSTOMERS: usize = 500;

/// Beside one console of each operator, all of which have the list and one of the chats open. The limit
/// beside it is the same without them.
pub async fn beside_consoles(plan: &Plan, sala: Hall<'_>, report: &mut Report) {
    let text = |n: usize| {
        let customer = customer(n % CUSTOMERS);
        webhook(&customer, n, "How much is the red one?")
    };
    post_all(sala.addr(), (0..CUSTOMERS).map(text).collect()).await;
    let half = plan.ingest / 2;
    let webhooks = |first: usize| (first..first + half).map(text).collect();
    let alone = post_all(sala.addr(), webhooks(CUSTOMERS)).await;
    let consoles = sala.fill(plan.operators, |n| n % CUSTOMERS).await;
    let listening: Vec<_> = consoles
        .into_iter()
        .map(|console| tokio::spawn(console.discard()))
        .collect();
    let beside = post_all(sala.addr(), webhooks(CUSTOMERS + half)).await;
    for console in listening {
        console.abort();
    }
    let figure = (
        "beside",
        "durable webhooks beside consoles (bare: none)",
        "/s",
    );
    report.add(figure, beside, Some(alone), Aim::None);
}

/// The limit beside it is what the same connections make of requests that do nothing.
pub async fn run(plan: &Plan, sala: Hall<'_>, report: &mut Report) {
    let text = |n: usize| {
        let customer = format!("Uingest{:03}", n % CUSTOMERS);
        webhook(&customer, n, "How much is the red one?")
    };
    // Customers who write for the first time cost more; they are not what is measured.
    post_all(sala.addr(), (0..CUSTOMERS).map(text).collect()).await;
    let webhooks = (CUSTOMERS..CUSTOMERS + plan.ingest).map(text).collect();
    let cpu = sala.process().cpu();
    let rate = post_all(sala.addr(), webhooks).await;
    let cpu = (sala.process().cpu() - cpu) / plan.ingest as f64 * 1e6;
    let limit = post_all(sala.addr(), vec![alive(); plan.ingest]).await;
    let figure = ("ingest", "durable webhooks (bare: GET /healthz)", "/s");
    report.add(figure, rate, Some(limit), Aim::AtLeast(10_000.0));
    let figure = ("ingest", "processor time for a webhook", "us");
    report.add(figure, cpu, None, Aim::None);
}

/// Posts all; answers how many a second.
async fn post_all(addr: SocketAddr, requests: Vec<Vec<u8>>) -> f64 {
    let connections = join_all((0..CONNECTIONS).map(|_| Http::connect(addr))).await;
    let (count, next) = (requests.len(), std::cell::Cell::new(0));
    let began = Instant::now();
    join_all(connections.into_iter().map(|mut http| {
        let (requests, next) = (&requests, &next);
        async move {
            while let Some(request) = requests.get(next.replace(next.get() + 1)) {
                http.ask(request).await;
            }
        }
    }))
    .await;
    count as f64 / began.elapsed().as_secs_f64()
}
