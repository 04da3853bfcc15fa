//! Load: what one release server does with webhooks, sockets and idle connections.
//!
//! Starts its own server on a free loopback port and an empty database, runs each scenario once,
//! bounded in count and time, and prints a JSON line for each and a table at the end:
//! `make bench`, or `make bench ARGS="--sockets 5000"`. `make bench ARGS=list` measures lists
//! and threads in a large installation instead.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot be made ends the program"
)]

mod client;
mod figures;
mod list;
mod scenarios;
mod server;

use figures::Report;
use server::Server;

/// What to run; every number is a bound.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Idle sockets, and receivers of the fan-out.
    pub sockets: usize,
    /// Webhooks of the latency scenario.
    pub webhooks: usize,
    /// Webhooks a second of the latency scenario.
    pub rate: u32,
    /// Sockets that listen in the latency scenario.
    pub operators: usize,
    /// Webhooks of the ingest scenario.
    pub ingest: usize,
}

impl Plan {
    fn from_args() -> Self {
        let mut plan = Self {
            sockets: 1_000,
            webhooks: 1_000,
            rate: 200,
            operators: 200,
            ingest: 20_000,
        };
        let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
        while let Some(name) = args.next() {
            let value = args.next().and_then(|value| value.parse().ok());
            let Some(value) = value else { usage(&name) };
            match name.as_str() {
                "--sockets" => plan.sockets = value,
                "--webhooks" => plan.webhooks = value,
                "--rate" => plan.rate = u32::try_from(value).unwrap().max(1),
                "--operators" => plan.operators = value,
                "--ingest" => plan.ingest = value,
                _ => usage(&name),
            }
        }
        plan
    }
}

fn usage(what: &str) -> ! {
    eprintln!(
        "load: what is {what}? --sockets --webhooks --rate --operators --ingest, a number each"
    );
    std::process::exit(2);
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut args = std::env::args().skip(1).filter(|arg| arg != "--bench");
    if args.next().is_some_and(|first| first == "list") {
        return list::run(args).await;
    }
    let plan = Plan::from_args();
    let server = Server::start().await;
    let mut report = Report::default();
    scenarios::idle(&server, plan, &mut report).await;
    scenarios::latency(&server, plan, &mut report).await;
    scenarios::fan_out(&server, plan, &mut report).await;
    scenarios::ingest(&server, plan, &mut report).await;
    report.print();
    server.stop().await;
}
