//! Tasks that end together, and are ended if they do not.

use std::future::Future;

use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Owns its tasks; they end with it at the latest.
#[derive(Default)]
pub(super) struct Crew {
    tasks: JoinSet<()>,
    stop: CancellationToken,
}

impl Crew {
    /// What its tasks are asked to end by.
    pub(super) fn stop(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Starts a task that hears [`Crew::stop`] by itself.
    pub(super) fn spawn(&mut self, work: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(work);
    }

    /// Starts a task that may be dropped wherever it is when it is to end.
    pub(super) fn until_stop(&mut self, work: impl Future<Output = ()> + Send + 'static) {
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

    #[tokio::test]
    async fn what_does_not_end_is_dropped() {
        let mut crew = Crew::default();
        let (kept, dropped) = tokio::sync::oneshot::channel::<()>();
        crew.spawn(async move {
            let _kept = kept;
            std::future::pending::<()>().await;
        });
        let stop = crew.stop();
        crew.end(Instant::now()).await;
        assert!(stop.is_cancelled());
        assert!(dropped.await.is_err());
    }
}
