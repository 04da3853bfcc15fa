//! From the first request to the last.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::background::Ending;
use super::crew::Crew;
use super::{App, farewell};
use crate::state::AppState;

/// How long the end may take in all: first the sockets, then requests, then the work behind
/// them, then last words to other nodes, then the store. What is left of ten seconds is the
/// runtime's.
const SOCKETS: Duration = Duration::from_secs(5);
const REQUESTS: Duration = Duration::from_secs(7);
const WORK: Duration = Duration::from_millis(8_500);
const WORD: Duration = Duration::from_secs(9);
const STORE: Duration = Duration::from_millis(9_500);

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
        work: Crew::default(),
        word: Crew::default(),
    };
    background.start(&state, &mut ending);
    let mut servers = JoinSet::new();
    servers.spawn(serve(listener, router, shutdown.clone()));
    if let Some(metrics) = metrics {
        servers.spawn(serve(metrics, metrics_router, shutdown.clone()));
    }
    let failed = tokio::select! {
        () = shutdown.cancelled() => None,
        ended = servers.join_next() => ended,
    };
    // From here on nothing is accepted.
    shutdown.cancel();
    end(&state, servers, ending).await;
    match failed {
        Some(Ok(Err(error))) => Err(error),
        Some(Err(panicked)) => Err(std::io::Error::other(panicked)),
        Some(Ok(Ok(()))) | None => Ok(()),
    }
}

/// Ends everything in order, within ten seconds whatever hangs.
async fn end(state: &AppState, mut servers: JoinSet<std::io::Result<()>>, ending: Ending) {
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

async fn serve(
    listener: TcpListener,
    router: axum::Router,
    shutdown: CancellationToken,
) -> std::io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move { shutdown.cancelled().await })
        .await
}
