//! The scenarios. Each ends by count, and by time if the server stalls.

mod fan_out;
mod idle;
mod ingest;
mod latency;
mod sending;
mod storm;
mod timers;
mod upload;

use std::time::Duration;

use crate::bare::Bare;
use crate::figures::Report;
use crate::hall::Hall;
use crate::plan::{Plan, Scenario};
use crate::server::Server;

/// No scenario takes longer.
const LIMIT: Duration = Duration::from_mins(4);

/// Runs one on either side and reports.
pub async fn run(
    scenario: Scenario,
    plan: &Plan,
    (server, bare): (&Server, &Bare),
    report: &mut Report,
) {
    let (sala, bare) = (Hall::Sala(server), Hall::Bare(bare));
    let running = async {
        match scenario {
            Scenario::Idle => idle::run(plan, sala, bare, report).await,
            Scenario::FanOut => fan_out::one_room(plan, sala, bare, report).await,
            Scenario::Rooms => fan_out::many_rooms(plan, sala, bare, report).await,
            Scenario::Latency => latency::run(plan, sala, bare, report).await,
            Scenario::Stalled => latency::beside_stalled(plan, sala, report).await,
            Scenario::Send => sending::run(plan, sala, bare, report).await,
            Scenario::Ingest => ingest::run(plan, sala, report).await,
            Scenario::Beside => ingest::beside_consoles(plan, sala, report).await,
            Scenario::Storm => storm::run(plan, sala, bare, report).await,
            Scenario::Upload => upload::run(plan, sala, report).await,
            Scenario::Timers => timers::run(plan, sala, report).await,
        }
    };
    let done = tokio::time::timeout(LIMIT, running).await;
    done.unwrap_or_else(|_| panic!("{scenario:?} took more than {} s", LIMIT.as_secs()));
}
