//! From the first request to the last.

use std::future::Future;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::background::Ending;
use super::crew::Crew;
use super::{App, farewell};
use crate::http::{Deadlines, Places, raise_descriptors, serve};
use crate::state::AppState;

/// How long the end may take in all: first the sockets, then requests, then the work behind
/// them, then last words to other nodes, then the store. What is left of ten seconds is the
/// runtime's.
const SOCKETS: Duration = Duration::from_secs(5);
const REQUESTS: Duration = Duration::from_secs(7);
const WORK: Duration = Duration::from_millis(8_500);
const WORD: Duration = Duration::from_secs(9);
const STORE: Duration = Duration::from_millis(9_500);

/// How long a node that has lost what everything needs waits to be asked whether it is ready.
const LAST_READINESS: Duration = Duration::from_secs(3);

/// Most connections to the address of `/metrics`, if it has one of its own.
const METRICS: usize = 64;

pub(super) async fn run(app: App, shutdown: CancellationToken) -> std::io::Result<()> {
    let App {
        listener,
        metrics,
        router,
        metrics_router,
        state,
        background,
    } = app;
    // Background work ends after the last request, which may still need it.
    let mut ending = Ending {
        shutdown: shutdown.clone(),
        work: Crew::new(shutdown.clone(), state.vitals.clone()),
        word: Crew::new(shutdown.clone(), state.vitals.clone()),
    };
    background.start(&state, &mut ending);
    let mut servers = JoinSet::new();
    let places = |most| {
        let proxies = state.config.trusted_proxies.clone();
        Places::new(most, proxies, Deadlines::default())
    };
    let connections = places(raise_descriptors());
    servers.spawn(serve(listener, router, connections, shutdown.clone()));
    if let Some(metrics) = metrics {
        let few = places(METRICS);
        servers.spawn(serve(metrics, metrics_router, few, shutdown.clone()));
    }
    let failed = tokio::select! {
        () = shutdown.cancelled() => None,
        Some(ended) = servers.join_next() => ended.err().map(std::io::Error::other),
        lost = lost(&state) => Some(lost),
    };
    // From here on nothing is accepted.
    shutdown.cancel();
    end(&state, servers, ending).await;
    failed.map_or(Ok(()), Err)
}

/// Waits until something that serves everybody has ended, and a moment longer, so that whoever
/// asks whether this node is ready hears why it ends.
async fn lost(state: &AppState) -> std::io::Error {
    let name = state.vitals.loss().await;
    let _ = tokio::time::timeout(LAST_READINESS, state.vitals.seen()).await;
    std::io::Error::other(format!(
        "{name} has ended, which everything needs; Sala ends, so that it can be started again"
    ))
}

/// Ends everything in order, within ten seconds whatever hangs.
async fn end(state: &AppState, mut servers: JoinSet<()>, ending: Ending) {
    let began = Instant::now();
    if !in_time(began + SOCKETS, farewell::close_sockets(state)).await {
        tracing::warn!(
            sockets = state.sockets.len(),
            "some sockets did not end in time"
        );
        state.sockets.cut();
    }
    let all_served = async { while servers.join_next().await.is_some() {} };
    if !in_time(began + REQUESTS, all_served).await {
        tracing::warn!("some requests did not end in time");
    }
    ending.work.end(began + WORK).await;
    ending.word.end(began + WORD).await;
    if !in_time(began + STORE, state.db.close()).await {
        tracing::warn!("the store did not end in time");
    }
}

async fn in_time(limit: Instant, what: impl Future<Output = ()>) -> bool {
    tokio::time::timeout_at(limit, what).await.is_ok()
}
