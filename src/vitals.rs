//! What serves everybody, and whether it still does. A process that has lost some of it ends, so
//! that whoever supervises it starts another one.

use std::sync::Arc;

use tokio::sync::{Notify, watch};

/// What was lost; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Vitals {
    inner: Arc<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    lost: watch::Sender<Vec<&'static str>>,
    seen: Notify,
}

impl Vitals {
    /// This has ended, and nobody had asked it to.
    pub fn lose(&self, name: &'static str) {
        tracing::error!(task = name, "what serves everybody has ended; Sala ends");
        self.inner.lost.send_modify(|lost| lost.push(name));
    }

    /// What was lost, for readiness.
    pub fn lost(&self) -> Vec<&'static str> {
        let lost = self.inner.lost.borrow().clone();
        if !lost.is_empty() {
            self.inner.seen.notify_one();
        }
        lost
    }

    /// Waits for the first loss.
    pub async fn loss(&self) -> &'static str {
        let mut lost = self.inner.lost.subscribe();
        let first = lost.wait_for(|lost| !lost.is_empty()).await;
        match first.ok().and_then(|lost| lost.first().copied()) {
            Some(name) => name,
            // The sender lives as long as this does.
            None => std::future::pending().await,
        }
    }

    /// Waits until somebody who asked for readiness has heard of a loss.
    pub async fn seen(&self) {
        self.inner.seen.notified().await;
    }
}
