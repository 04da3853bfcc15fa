//! What all tasks of the outbox share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::breaker::Breakers;
use super::compose::Links;
use crate::db::Db;
use crate::realtime::Hub;
use crate::service::LineAccess;

/// What all tasks of the outbox share.
pub(super) struct Shared {
    pub(super) db: Db,
    pub(super) line: Arc<dyn LineAccess>,
    /// Tells the consoles.
    pub(super) hub: Hub,
    /// Poked by whoever queues a message.
    pub(super) wake: Arc<Notify>,
    /// To the files in messages.
    pub(super) links: Links,
    /// A name for this run of this node, for leases.
    pub(super) node: String,
    /// A std mutex: nothing awaits under it.
    breakers: Mutex<Breakers>,
}

impl Shared {
    pub(super) fn new(
        db: Db,
        line: Arc<dyn LineAccess>,
        hub: Hub,
        wake: Arc<Notify>,
        links: Links,
    ) -> Self {
        Self {
            db,
            line,
            hub,
            wake,
            links,
            node: uuid::Uuid::new_v4().to_string(),
            breakers: Mutex::default(),
        }
    }

    pub(super) fn breakers(&self) -> MutexGuard<'_, Breakers> {
        self.breakers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
