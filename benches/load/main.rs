//! Load: what one release server does with sockets, webhooks and messages.
//!
//! Starts its own server on a free loopback port and an empty database, and beside it a bare
//! tokio-tungstenite broadcaster that gets the same traffic, so that every figure has its limit
//! next to it. Each scenario is bounded in count and time and prints JSON lines; a table ends the
//! run: `make bench`, or `make bench ARGS="fan-out storm --storm 1000"`. `make bench ARGS="postgres latency"`
//! measures a node on PostgreSQL and Redis. `make bench ARGS=list` measures lists and threads in a
//! large installation instead, and `make bench ARGS=search` searching one.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot be made ends the program"
)]
#![expect(
    clippy::cast_precision_loss,
    reason = "figures for people, far below 2^52"
)]
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "whoever runs it reads along"
)]

mod bare;
mod figures;
mod hall;
mod http;
mod limits;
mod list;
mod plan;
#[path = "../../tests/chaos/postgres.rs"]
#[expect(dead_code, reason = "here it is never stopped under load")]
mod postgres;
mod process;
mod scenarios;
mod search;
mod server;
mod socket;
mod stores;

use bare::Bare;
use figures::Report;
use plan::Plan;
use server::Server;

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    args.retain(|arg| arg != "--bench");
    if args.first().is_some_and(|first| first == bare::ARGUMENT) {
        return bare::serve();
    }
    if args.first().is_some_and(|first| first == "search") {
        // The server itself is in this process.
        let runtime = tokio::runtime::Runtime::new().unwrap();
        return runtime.block_on(search::run(args.into_iter().skip(1)));
    }
    // One core for the client; the server has its own threads.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    if args.first().is_some_and(|first| first == "list") {
        return runtime.block_on(list::run(args.into_iter().skip(1)));
    }
    let plan = Plan::from_args(args);
    limits::allow_files(plan.sockets());
    runtime.block_on(run(&plan));
}

async fn run(plan: &Plan) {
    let mut report = Report::default();
    for scenario in plan.scenarios() {
        // A server for each, so that none measures what another left behind.
        let server = Server::start(plan.operators, plan.servers).await;
        if plan.cores > 0 {
            server.process().keep_to(plan.cores);
        }
        let bare = Bare::start().await;
        scenarios::run(scenario, plan, (&server, &bare), &mut report).await;
        bare.stop().await;
        server.stop().await;
    }
    report.print();
}
