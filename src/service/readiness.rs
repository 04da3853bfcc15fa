//! Whether the store takes what is written.
//!
//! Trying costs a durable write, and anybody may ask: so one task tries, when somebody asks and
//! at most once a second, and whoever asks within that second gets the same answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, watch};

use crate::db::Db;

/// How long an answer holds.
const HOLDS: Duration = Duration::from_secs(1);

/// How long the store may take for a sign of life.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a try has found, and when.
#[derive(Clone, Debug)]
struct Found {
    at: Instant,
    wrong: Option<String>,
}

/// Asks the store; cheap to clone.
#[derive(Clone)]
pub struct Readiness {
    db: Db,
    asked: Arc<Notify>,
    found: watch::Sender<Option<Found>>,
    tries: Arc<AtomicU64>,
}

impl Readiness {
    /// Of this store.
    pub fn new(db: Db) -> Self {
        Self {
            db,
            asked: Arc::default(),
            found: watch::Sender::new(None),
            tries: Arc::default(),
        }
    }

    /// Tries the store whenever somebody asks, until the future is dropped.
    pub async fn answer_all(&self) {
        loop {
            self.asked.notified().await;
            self.tries.fetch_add(1, Ordering::Relaxed);
            let wrong = match tokio::time::timeout(PATIENCE, self.db.ping()).await {
                Ok(Ok(())) => None,
                Ok(Err(error)) => Some(error.to_string()),
                Err(_) => Some(format!("no answer within {} s", PATIENCE.as_secs())),
            };
            if let Some(error) = &wrong {
                tracing::warn!(%error, "the database takes no writes");
            }
            let at = Instant::now();
            self.found.send_replace(Some(Found { at, wrong }));
            // Whoever asks meanwhile is answered at the end of it, or with this.
            tokio::time::sleep(HOLDS).await;
        }
    }

    /// How often the store was tried.
    pub fn tries(&self) -> u64 {
        self.tries.load(Ordering::Relaxed)
    }

    /// What is wrong with the store, if anything is.
    pub async fn wrong(&self) -> Option<String> {
        let mut found = self.found.subscribe();
        let recent = |found: &Option<Found>| {
            found
                .as_ref()
                .is_some_and(|found| found.at.elapsed() < HOLDS)
        };
        if !recent(&found.borrow_and_update()) {
            self.asked.notify_one();
        }
        let waiting = async {
            let found = found.wait_for(recent).await;
            found.map(|found| found.as_ref().and_then(|found| found.wrong.clone()))
        };
        match tokio::time::timeout(HOLDS + 2 * PATIENCE, waiting).await {
            Ok(Ok(wrong)) => wrong,
            Ok(Err(_)) | Err(_) => Some("nobody tries the store".to_owned()),
        }
    }
}
