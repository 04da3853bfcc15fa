//! Tasks that end together, are ended if they do not, and are missed if they end before.

use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::metrics::{self, Broken};
use crate::vitals::Vitals;

/// Owns its tasks; they end with it at the latest.
pub(super) struct Crew {
    tasks: JoinSet<()>,
    stop: CancellationToken,
    /// The server's own end: from then on any task may end.
    shutdown: CancellationToken,
    vitals: Vitals,
}

impl Crew {
    /// Nobody yet; whoever ends before `shutdown` is lost to `vitals`.
    pub(super) fn new(shutdown: CancellationToken, vitals: Vitals) -> Self {
        Self {
            tasks: JoinSet::new(),
            stop: CancellationToken::new(),
            shutdown,
            vitals,
        }
    }

    /// What its tasks are asked to end by.
    pub(super) fn stop(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Starts a task that hears [`Crew::stop`] by itself.
    pub(super) fn spawn(
        &mut self,
        name: &'static str,
        work: impl Future<Output = ()> + Send + 'static,
    ) {
        let (shutdown, vitals) = (self.shutdown.clone(), self.vitals.clone());
        self.tasks.spawn(async move {
            if AssertUnwindSafe(work).catch_unwind().await.is_err() {
                metrics::broke(Broken::Task);
            }
            if !shutdown.is_cancelled() {
                vitals.lose(name);
            }
        });
    }

    /// Starts a task that may be dropped wherever it is when it is to end.
    pub(super) fn until_stop(
        &mut self,
        name: &'static str,
        work: impl Future<Output = ()> + Send + 'static,
    ) {
        let stop = self.stop();
        self.spawn(name, async move {
            stop.run_until_cancelled(work).await;
        });
    }

    /// Starts a task that ends when it is done, and that nobody would miss.
    pub(super) fn once(&mut self, work: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop();
        self.tasks.spawn(async move {
            stop.run_until_cancelled(work).await;
        });
    }

    /// Asks all to end, waits until they have, and drops those that have not by `limit`.
    pub(super) async fn end(mut self, limit: Instant) {
        self.stop.cancel();
        let all_done = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout_at(limit, all_done).await.is_err() {
            tracing::warn!("some background work did not end in time");
            self.tasks.shutdown().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crew() -> (Crew, CancellationToken, Vitals) {
        let (shutdown, vitals) = (CancellationToken::new(), Vitals::default());
        (
            Crew::new(shutdown.clone(), vitals.clone()),
            shutdown,
            vitals,
        )
    }

    #[tokio::test]
    async fn what_does_not_end_is_dropped() {
        let (mut crew, _, _) = crew();
        let (kept, dropped) = tokio::sync::oneshot::channel::<()>();
        crew.spawn("hanging", async move {
            let _kept = kept;
            std::future::pending::<()>().await;
        });
        let stop = crew.stop();
        crew.end(Instant::now()).await;
        assert!(stop.is_cancelled());
        assert!(dropped.await.is_err());
    }

    #[tokio::test]
    async fn a_task_that_ends_before_the_shutdown_is_lost() {
        let (mut crew, _, vitals) = crew();
        crew.spawn("short", async {});
        assert_eq!(vitals.loss().await, "short");
        assert_eq!(vitals.lost(), ["short"]);
    }

    #[tokio::test]
    async fn a_task_that_panics_is_lost() {
        let (mut crew, _, vitals) = crew();
        crew.until_stop("unlucky", async { panic!("on purpose") });
        assert_eq!(vitals.loss().await, "unlucky");
    }

    #[tokio::test]
    async fn nobody_is_lost_who_ends_with_the_server_or_is_done() {
        let (mut crew, shutdown, vitals) = crew();
        crew.once(async {});
        crew.until_stop("sweep", std::future::pending());
        let ends = shutdown.clone();
        crew.spawn("outbox", async move { ends.cancelled().await });
        shutdown.cancel();
        crew.end(Instant::now() + std::time::Duration::from_secs(10))
            .await;
        assert!(vitals.lost().is_empty());
    }
}
