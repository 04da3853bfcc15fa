//! From the first request to the last.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::App;
use super::background::Ending;
use crate::protocol::close::CloseCode;
use crate::realtime::Hub;

/// How long the end may take in all: first the sockets, then requests, then the rest, and last
/// words to other nodes.
const GRACE: Duration = Duration::from_secs(10);
const SOCKETS: Duration = Duration::from_secs(4);
const REQUESTS: Duration = Duration::from_secs(7);
const WORK: Duration = Duration::from_secs(9);

/// How often the hub is asked whether all sockets are gone.
const LOOK_EVERY: Duration = Duration::from_millis(20);

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
    let ending = Ending::default();
    background.start(&state, &ending);
    let mut servers = JoinSet::new();
    servers.spawn(serve(listener, router, shutdown.clone()));
    if let Some(metrics) = metrics {
        servers.spawn(serve(metrics, metrics_router, shutdown.clone()));
    }
    let failed = tokio::select! {
        () = shutdown.cancelled() => None,
        ended = servers.join_next() => ended,
    };
    shutdown.cancel();
    let began = Instant::now();
    close_sockets(&state.hub, began + SOCKETS).await;
    let all_served = async { while servers.join_next().await.is_some() {} };
    if tokio::time::timeout_at(began + REQUESTS, all_served)
        .await
        .is_err()
    {
        tracing::warn!("some requests did not end in time");
    }
    for ((tasks, stop), limit) in [(ending.work, WORK), (ending.word, GRACE)] {
        stop.cancel();
        tasks.close();
        if tokio::time::timeout_at(began + limit, tasks.wait())
            .await
            .is_err()
        {
            tracing::warn!("some background work did not end in time");
        }
    }
    state.db.close().await;
    match failed {
        Some(Ok(Err(error))) => Err(error),
        Some(Err(panicked)) => Err(std::io::Error::other(panicked)),
        Some(Ok(Ok(()))) | None => Ok(()),
    }
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

/// Tells every socket that the server goes away, and waits until they have heard.
async fn close_sockets(hub: &Hub, deadline: Instant) {
    while Instant::now() < deadline {
        hub.close_where(CloseCode::GoingAway, |_| true);
        if hub.size().0 == 0 {
            return;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
